import { DateTime } from 'luxon'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { cancel, move } from '../../src/talks/change-actions.ts'
import { cast, monday } from '../cast.ts'
import { ask, at, bookedTalk, ledger, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, app, clock, mails } = here
const start = DateTime.fromISO(monday, { zone: 'utc' })
let coordinator = ''
const location = '/app/talks'
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const get = (url: string) => app.inject({ url, headers: { cookie: coordinator } })
/** Sessions end when the clock makes a leap. */
const leap = async (to: DateTime) => {
  clock.now = to
  coordinator = await here.signIn(cast.coordinator)
}
const sent = () =>
  mails
    .splice(0)
    .map(mail => `${mail.kind} ${mail.to.address}${mail.calendar ? ` ${mail.calendar.method}` : ''}`)
    .sort()
const one = (talk: string, kind: string, to = 'speaker') =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('talk_id', '=', talk)
    .where('kind', '=', kind)
    .where('recipient', 'like', `${to}:%`)
    .orderBy('again')
    .orderBy('version')
    .execute()
/** What a press of the button does: the form is taken from the page that offers it. */
const press = async (id: string, url = '/app/messages') => {
  const { action, fields } = formOn((await get(url)).body, `/app/messages/${id}/again`)
  return { done: await submit(app, action, fields, coordinator), action, fields }
}
const offers = async (id: string) => (await get('/app/messages')).body.includes(`/app/messages/${id}/again`)

const book = async (day = '2026-11-26') => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: [{ from: '2026-11-24', to: '2026-12-23' }] }),
    `${day}T10:20`,
    ['zhunisov'],
  )
  await here.deliver()
  mails.length = 0
  return talk
}

t.beforeEach(() => leap(start))
t.afterEach(async () => {
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('talks').execute()
  mails.length = 0
})

t.test(
  'a letter that was sent goes again as another copy, once for each form, and the history says by whom',
  async t => {
    const talk = await book()
    const [first] = await one(talk, 'invitation')
    clock.now = start.plus({ minutes: 30 })
    const { done, action, fields } = await press(first?.id ?? '', `/app/messages?talk=${talk}`)
    t.equal(done.statusCode, 303)
    t.equal(done.headers.location, `/app/messages?talk=${talk}`)
    t.equal((await submit(app, action, fields, coordinator)).headers.location, done.headers.location)
    const [, copy, more] = await one(talk, 'invitation')
    t.notOk(more)
    t.match(copy, { state: 'waiting', again: 1, again_by: named.actor.accountId, version: first?.version, attempt: 0 })
    t.notOk(await offers(first?.id ?? ''), 'only the last copy may go again')
    t.equal((await submit(app, action, { ...fields, _key: 'key of another tab' }, coordinator)).statusCode, 422)
    t.equal(await here.deliver(), 1)
    t.same(sent(), [`invitation ${first?.address} REQUEST`])
    t.ok(await offers(copy?.id ?? ''))
    const { account_id, detail } = await db
      .selectFrom('changes')
      .select(['account_id', 'detail'])
      .where('talk_id', '=', talk)
      .where('kind', '=', 'letter-again')
      .executeTakeFirstOrThrow()
    t.same([account_id, detail], [named.actor.accountId, { letter: 'invitation' }])
    t.match((await get(`/app/talks/${talk}`)).body, 'Письмо отправлено ещё раз вручную')
  },
)

t.test(
  'reminders planned for later go after an invitation was sent again, and copies of reminders outdo none',
  async t => {
    const talk = await book()
    const [invitation] = await one(talk, 'invitation')
    await press(invitation?.id ?? '')
    t.equal(await here.deliver(), 1)
    mails.length = 0
    clock.now = start.set({ day: 25, hour: 13, minute: 0 })
    await here.deliver()
    t.same(sent(), [`reminder-day ${invitation?.address}`, 'reminder-day school@kezdesu.example'].sort())
    const [reminder] = await one(talk, 'reminder-day')
    await leap(start.set({ day: 26, hour: 3, minute: 19 }))
    // the copy leaves when the next reminder has been due for a moment and waits for the mail server
    await db
      .updateTable('messages')
      .set({ due_at: clock.now.minus({ minutes: 1 }), next_try_at: clock.now.plus({ minutes: 5 }) })
      .where('talk_id', '=', talk)
      .where('kind', '=', 'reminder-hours')
      .execute()
    await press(reminder?.id ?? '')
    clock.now = clock.now.plus({ minutes: 6 })
    await here.deliver()
    t.match((await one(talk, 'reminder-hours'))[0], { state: 'sent' })
  },
)

t.test('the next change of the talk is told as if no copy had gone or waited', async t => {
  const talk = await book('2026-12-10')
  const [first] = await one(talk, 'invitation')
  const [booked] = await one(talk, 'talk-booked', 'contact')
  await press(first?.id ?? '')
  await press(booked?.id ?? '')
  clock.now = start.plus({ minutes: 1 })
  const moving = { by, location, talkId: talk, startsAt: at('2026-12-11T10:20') }
  t.notMatch(await move(db, sleeping, app.config.secret, moving, clock.now), { refused: {} })
  const kinds = await ledger(here, talk)
  t.ok(kinds.includes('2 invitation-update zhunisov'), kinds.join('\n'))
  t.ok(kinds.includes('2 talk-changed contact'), kinds.join('\n'))
  t.equal((await one(talk, 'reminder-day')).filter(row => row.state === 'waiting').length, 1)
  clock.now = start.plus({ minutes: 10 })
  await here.deliver()
  const changed = (await one(talk, 'talk-changed', 'contact')).at(-1)
  sent()
  await press(changed?.id ?? '')
  await here.deliver()
  t.match(mails[0]?.text, /10 желтоқсан/, 'it still says from when the talk was moved')
  t.same(sent(), ['talk-changed school@kezdesu.example REQUEST'])
})

t.test('who gets an invitation again is told of the cancellation, too', async t => {
  const talk = await book('2026-12-10')
  const [first] = await one(talk, 'invitation')
  await press(first?.id ?? '')
  clock.now = start.plus({ minutes: 1 })
  t.notMatch(await cancel(db, sleeping, { by, location, talkId: talk, reason: 'host' }, clock.now), { refused: String })
  clock.now = start.plus({ minutes: 10 })
  await here.deliver()
  t.ok(sent().includes(`invitation-cancellation ${first?.address} CANCEL`))
  t.notOk(await offers(first?.id ?? ''), 'a later letter tells more')
})

t.test('what became pointless, was not needed, is too late or opens a door is not sent again', async t => {
  const talk = await book()
  const [first] = await one(talk, 'invitation')
  const id = first?.id ?? ''
  const { action, fields } = formOn((await get('/app/messages')).body, `/app/messages/${id}/again`)
  for (const state of ['superseded', 'skipped', 'waiting', 'sending'] as const) {
    await db.updateTable('messages').set({ state, sent_at: null }).where('id', '=', id).execute()
    t.notOk(await offers(id), state)
    t.equal((await submit(app, action, fields, coordinator)).statusCode, 422, state)
  }
  await db.updateTable('messages').set({ state: 'failed', kind: 'sign-in' }).where('id', '=', id).execute()
  t.notOk(await offers(id))
  t.equal((await submit(app, action, fields, coordinator)).statusCode, 422)
  await db.updateTable('messages').set({ kind: 'invitation' }).where('id', '=', id).execute()
  t.ok(await offers(id))
  await leap(start.set({ day: 26, hour: 12 }))
  const late = formOn((await get('/app/messages')).body, '/sign-out')
  t.notOk(await offers(id))
  t.equal((await submit(app, action, late.fields, coordinator)).statusCode, 422)
  t.equal((await db.selectFrom('messages').select('id').where('again', '>', 0).execute()).length, 0)
})

t.test('a refused letter names the next step and goes to the corrected address', async t => {
  const talk = await book()
  const [first] = await one(talk, 'invitation')
  const speaker = named.speaker('zhunisov')
  await db
    .updateTable('messages')
    .set({ state: 'failed', reason: 'refused', sent_at: null })
    .where('id', '=', first?.id ?? '')
    .execute()
  await db
    .updateTable('speakers')
    .set({ email: 'new-box@kezdesu.example', phone: '+77010000099' })
    .where('id', '=', speaker)
    .execute()
  const page = (await get('/app/messages?state=failed')).body
  t.match(page, `href="/app/speakers/${speaker}/edit#email"`)
  t.match(page, 'href="tel:+77010000099"')
  t.match(page, 'Новый адрес: new-box@kezdesu.example')
  t.match(page, 'Проверьте адрес')
  await press(first?.id ?? '')
  t.equal(await here.deliver(), 1)
  t.same(sent(), ['invitation new-box@kezdesu.example REQUEST'])
  const [contact] = await one(talk, 'talk-booked', 'contact')
  await db
    .updateTable('contacts')
    .set({ email: null })
    .where('id', '=', contact?.recipient.slice(8) ?? '')
    .execute()
  const { done } = await press(contact?.id ?? '')
  t.equal(done.statusCode, 422)
  t.match(done.body, 'У этого человека нет адреса')
  t.match((await get(`/app/messages?person=${contact?.recipient}`)).statusCode, 200)
})

t.test('news that did not leave before it was too late is as red as a refusal, and says whom to call', async t => {
  const talk = await book()
  const [invitation] = await one(talk, 'invitation')
  const [reminder] = await one(talk, 'reminder-day')
  const skipped = (id: string | undefined) =>
    db
      .updateTable('messages')
      .set({ state: 'skipped', reason: 'too-late', sent_at: null })
      .where('id', '=', id ?? '')
      .execute()
  await skipped(reminder?.id)
  const said = async (page: string) => {
    const { body } = await get(page)
    return [/Срок письма прошёл/.test(body), /href="tel:/.test(body), /class="tag bad"/.test(body)]
  }
  t.same(await said('/app/messages?state=skipped'), [false, false, false], 'a reminder is missed by nobody')
  await skipped(invitation?.id)
  t.same(await said('/app/messages?state=failed'), [true, true, true])
  t.same(await said('/app/messages'), [true, true, true])
  t.same(await said('/app/messages?state=skipped'), [false, false, false])
  const shown = [
    ...(await get(`/app/talks/${talk}`)).body.matchAll(/class="tag (\w*)">([^<]*)<\/span>\s*<span[^>]*>срок прошёл/g),
  ]
  t.same(
    shown.map(([, tone, state]) => `${tone} ${state}`),
    ['bad не отправлено', ' не понадобилось'],
  )
})
