import t from 'tap'
import { hashOf } from '../../src/base/secrets.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, bookedTalk, ledger, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { app, db, clock } = here
const linked = async (number: number, token: string) => {
  await db
    .updateTable('requests')
    .set({ token_hash: hashOf(token) })
    .where('number', '=', number)
    .execute()
  return `/r/${token}`
}

t.test('a school moves its talk to a time at which the same people can come', async t => {
  const number = await ask(here, named, { host: 'school-912', windows: [{ from: '2026-11-30', to: '2026-12-01' }] })
  const talk = await bookedTalk(here, named, number, '2026-11-30T10:20', ['zhunisov'])
  const link = await linked(number, 'school-one')
  const page = await app.inject(`${link}/reschedule`)
  t.equal(page.statusCode, 200)
  const times = [...page.body.matchAll(/name="startsAt" value="([^"]+)"/g)].map(([, time]) => time ?? '')
  t.ok(times.length > 3 && !times.includes('2026-11-30T10:20'))
  const [same = ''] = page.body.split('</fieldset>')
  const days = [...same.matchAll(/name="startsAt" value="([^T]+)/g)].map(([, day]) => day)
  t.strictSame(days, days.toSorted(), 'day by day')
  t.ok(new Set(days).size >= 4, 'whoever looks for another day finds one')
  t.match(page.body, `href="${link}/message"`, 'and who finds none writes')
  const form = formOn(page.body, `${link}/reschedule`)
  t.equal((await submit(app, form.action, form.fields)).statusCode, 422, 'nothing chosen')
  const done = await submit(app, form.action, { ...form.fields, startsAt: times[0] ?? '' })
  t.equal(done.statusCode, 303)
  t.equal(done.headers.location, link)
  const row = await db
    .selectFrom('talks')
    .select(['held_on', 'from_time', 'version'])
    .where('id', '=', talk)
    .executeTakeFirstOrThrow()
  t.same(`${row.held_on}T${row.from_time}`, times[0])
  const history = await db
    .selectFrom('changes')
    .select(['kind', 'by_whom'])
    .where('talk_id', '=', talk)
    .orderBy('id')
    .execute()
  t.same(history, [
    { kind: 'booked', by_whom: 'account' },
    { kind: 'moved', by_whom: 'contact' },
  ])
  t.equal((await submit(app, form.action, { startsAt: '2026-12-06T10:20' })).statusCode, 409)
})

t.test('where the same people can not come another team takes over', async t => {
  const number = await ask(here, named, { host: 'school-913', windows: [{ from: '2026-12-02', to: '2026-12-04' }] })
  const talk = await bookedTalk(here, named, number, '2026-12-02T10:20', ['suleimenova'])
  const other = await ask(here, named, { host: 'school-917', windows: [{ from: '2026-12-02', to: '2026-12-04' }] })
  await bookedTalk(here, named, other, '2026-12-03T10:20', ['suleimenova'])
  await db
    .updateTable('messages')
    .set({ state: 'sent', sent_at: clock.now })
    .where('talk_id', '=', talk)
    .where('kind', 'in', ['invitation', 'talk-booked'])
    .execute()
  const link = await linked(number, 'school-two')
  t.equal((await submit(app, `${link}/reschedule`, { startsAt: '2026-12-03T10:20' })).statusCode, 303)
  const letters = (await ledger(here, talk))
    .filter(line => line.startsWith('2') && !/reminder|outcome/.test(line))
    .map(line => line.split(' ')[1])
  t.same(letters, ['invitation', 'invitation-cancellation', 'talk-changed'])
})

t.test('a school calls its talk off, once, and its request ends', async t => {
  const number = await ask(here, named, { host: 'school-908', windows: [{ from: '2026-12-07', to: '2026-12-08' }] })
  const talk = await bookedTalk(here, named, number, '2026-12-07T10:20', ['baizhan'])
  const link = await linked(number, 'school-three')
  const page = await app.inject(`${link}/cancel`)
  const form = formOn(page.body, `${link}/cancel`)
  t.equal(
    (await db.selectFrom('talks').select('state').where('id', '=', talk).executeTakeFirstOrThrow()).state,
    'booked',
    'looking changes nothing',
  )
  t.equal((await submit(app, form.action, { ...form.fields, reason: 'boredom' })).statusCode, 422)
  t.equal((await submit(app, form.action, { ...form.fields, reason: 'timetable' })).statusCode, 303)
  t.equal(
    (await db.selectFrom('talks').select('state').where('id', '=', talk).executeTakeFirstOrThrow()).state,
    'cancelled',
  )
  t.equal(
    (await db.selectFrom('requests').select('state').where('number', '=', number).executeTakeFirstOrThrow()).state,
    'withdrawn',
  )
  t.equal((await app.inject(`${link}/reschedule`)).statusCode, 200)
})

t.test('what a school writes stands in the history and goes to each coordinator', async t => {
  const number = await ask(here, named, { host: 'school-904' })
  const link = await linked(number, 'school-four')
  const form = formOn((await app.inject(`${link}/message`)).body, `${link}/message`)
  t.equal((await submit(app, form.action, { ...form.fields, message: ' ' })).statusCode, 422)
  const long = await submit(app, form.action, { ...form.fields, message: 'ә'.repeat(501) })
  t.equal(long.statusCode, 422)
  t.ok(long.body.includes('ә'.repeat(501)), 'everything typed is kept')
  const sent = await submit(app, form.action, { ...form.fields, message: 'Кіреберіс ауладан\u0000' })
  t.equal(sent.statusCode, 303)
  const notice = (body: string) => /role="status">([^<]*)/.exec(body)?.[1]
  t.match(notice((await app.inject(String(sent.headers.location))).body), 'үйлестірушілерге жіберілді')
  t.equal(notice((await app.inject(`${link}?done=anything`)).body), undefined)
  const [last] = await db
    .selectFrom('changes')
    .select(['kind', 'by_whom', 'detail'])
    .orderBy('id', 'desc')
    .limit(1)
    .execute()
  t.same(last, { kind: 'written', by_whom: 'contact', detail: { text: 'Кіреберіс ауладан' } })
  here.mails.length = 0
  await here.deliver()
  const letters = here.mails.filter(({ text }) => text.includes('Кіреберіс ауладан'))
  const coordinators = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select('email')
    .where('role', '=', 'coordinator')
    .where('house_id', '=', named.house)
    .execute()
  t.same(letters.map(({ to }) => to.address).sort(), coordinators.map(({ email }) => email).sort())
  for (const letter of letters) t.match(letter.text, `/app/requests/${number}`)
})

t.test('a wrong or ended link opens nothing', async t => {
  for (const url of ['reschedule', 'cancel', 'message']) {
    t.equal((await app.inject(`/r/nobody/${url}`)).statusCode, 404)
    t.equal((await submit(app, `/r/nobody/${url}`, {})).statusCode, 404)
  }
  clock.now = clock.now.plus({ days: 60 })
  t.equal((await app.inject('/r/school-one/reschedule')).statusCode, 404)
})
