import { DateTime } from 'luxon'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { deliver } from '../../src/messages/actions.ts'
import { tell } from '../../src/messages/store.ts'
import { cancel } from '../../src/talks/change-actions.ts'
import { monday } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, mails } = here
const start = DateTime.fromISO(monday, { zone: 'utc' })
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]
const eve = start.set({ day: 30, hour: 13, minute: 0 })

async function twoTalks() {
  const first = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-01T10:20', [
    'zhunisov',
  ])
  const second = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-12-01T14:00',
    ['zhunisov'],
  )
  await here.deliver()
  mails.length = 0
  return { first, second }
}
const reminders = (recipient: string) =>
  db
    .selectFrom('messages')
    .select(['id', 'state', 'bundle', 'reason', 'attempt'])
    .where('kind', '=', 'reminder-day')
    .where('recipient', '=', recipient)
    .orderBy('created_at')
    .execute()
const speaker = `speaker:${named.speaker('zhunisov')}`

t.beforeEach(() => {
  clock.now = start
})
t.afterEach(async () => {
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('assignments').execute()
  await db.deleteFrom('talks').execute()
})

t.test('two reminders of one evening are one letter that greets and closes once', async t => {
  await twoTalks()
  clock.now = eve
  await here.deliver()
  const its = mails.filter(
    mail => mail.kind === 'reminder-day' && mail.text.includes('Құрметті') && !mail.to.address.includes('school'),
  )
  t.equal(its.length, 1)
  const [mail] = its
  t.match(mail?.subject, /\(\+1\)$/)
  t.equal(mail?.text.match(/Құрметті/g)?.length, 1)
  t.equal(mail?.text.match(/Құрметпен/g)?.length, 1)
  t.equal(mail?.html.match(/Құрметпен/g)?.length, 1)
  t.match(mail?.text, /10:20[\s\S]*14:00/)
  const rows = await reminders(speaker)
  t.same(
    rows.map(row => row.state),
    ['sent', 'sent'],
  )
  t.equal(new Set(rows.map(row => row.bundle)).size, 1)
  t.equal(mail?.messageId, `${rows[0]?.bundle}@kezdesu.example`)
})

t.test('a contact with two talks on a day gets the visitors of both, and a way to leave such letters', async t => {
  const numbers = [await ask(here, named, { windows: wide }), await ask(here, named, { windows: wide })]
  const requests = db.selectFrom('requests').where('number', 'in', numbers)
  const [one] = await requests.select('contact_id').orderBy('number').execute()
  await db
    .updateTable('requests')
    .set({ contact_id: one?.contact_id ?? '' })
    .where('number', 'in', numbers)
    .execute()
  await bookedTalk(here, named, numbers[0] ?? 0, '2026-12-01T10:20', ['zhunisov'])
  await bookedTalk(here, named, numbers[1] ?? 0, '2026-12-01T12:15', ['baizhan'])
  await here.deliver()
  mails.length = 0
  clock.now = eve
  await here.deliver()
  const [mail, ...others] = mails.filter(({ to }) => to.address.includes('school'))
  t.same(others, [])
  t.same(
    mail?.attachments?.map(({ filename, content }) => [filename, /10:20|12:15/.exec(content)?.[0]]),
    [
      ['kelushiler.txt', '10:20'],
      ['kelushiler-2.txt', '12:15'],
    ],
  )
  // once in each half, the header's
  for (const said of [mail?.text, mail?.html]) t.equal(said?.split(mail?.unsubscribe ?? 'none').length, 3)
})

t.test('of several kinds in one letter each can be left, and what one cannot do without has no such line', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-01T10:20', [
    'zhunisov',
  ])
  const house = { houseId: named.house, version: 2, recipient: speaker, address: 'x@kezdesu.example', talkId: talk }
  const [seat] = await db.selectFrom('assignments').select('id').where('talk_id', '=', talk).execute()
  const its = { ...house, language: 'ru' as const, dueAt: eve, assignmentId: seat?.id ?? '' }
  clock.now = eve
  await here.deliver()
  await db.deleteFrom('messages').where('kind', '<>', 'invitation').execute()
  mails.length = 0
  const notAfter = DateTime.fromISO('2026-12-01T04:50:00Z', { zone: 'utc' })
  await transact(db, trx =>
    tell(trx, sleeping, clock.now, [
      { ...its, kind: 'digest-week', cause: `digest-week:${named.house}:2026-11-29`, dueAt: eve.minus({ minutes: 1 }) },
      { ...its, kind: 'reminder-day', cause: `talk:${talk}`, notAfter },
      { ...its, kind: 'reminder-hours', cause: `talk:${talk}x`, notAfter, dueAt: eve.plus({ minutes: 1 }) },
    ]),
  )
  await here.deliver()
  t.equal(mails.length, 1)
  const rows = await db.selectFrom('messages').select(['id', 'kind']).where('version', '=', 2).execute()
  const idOf = (kind: string) => rows.find(row => row.kind === kind)?.id ?? ''
  const links = (said: string) => [...said.matchAll(/\/u\/([0-9a-f-]{36})\//g)].map(([, id]) => id)
  const wanted = [idOf('digest-week'), idOf('reminder-hours')]
  t.same(links(mails[0]?.text ?? ''), wanted)
  t.same(links(mails[0]?.html ?? ''), wanted)
  t.same(links(mails[0]?.unsubscribe ?? ''), [idOf('digest-week')])
})

t.test('what is off by then stays out of the letter', async t => {
  const { second } = await twoTalks()
  await cancel(db, sleeping, { by, talkId: second, location: '/x', reason: 'weather' }, clock.now)
  await here.deliver()
  mails.length = 0
  clock.now = eve
  await here.deliver()
  const [mail, ...others] = mails.filter(each => each.kind === 'reminder-day' && !each.to.address.includes('school'))
  t.same(others, [])
  t.notMatch(mail?.subject, /\(\+/)
  t.notMatch(mail?.text, /14:00/)
})

t.test('a letter that could not leave is the same letter the next time', async t => {
  await twoTalks()
  clock.now = eve
  const copies: { id: string; text: string }[] = []
  const busy = {
    ...here.post,
    mailer: {
      send: async (mail: (typeof mails)[number]) => {
        if (mail.kind === 'reminder-day' && !mail.to.address.includes('school'))
          copies.push({ id: mail.messageId, text: mail.text })
        return { later: '451' }
      },
      close: () => {},
    },
  }
  const [one, two] = await reminders(speaker)
  await deliver(busy, one?.id ?? '', 'a')
  t.same(
    (await reminders(speaker)).map(row => [row.state, row.attempt]),
    [
      ['waiting', 1],
      ['waiting', 1],
    ],
  )
  clock.now = eve.plus({ minutes: 2 })
  await deliver(busy, two?.id ?? '', 'b')
  t.equal(copies.length, 2)
  t.equal(copies[0]?.id, copies[1]?.id)
  t.same(
    (await reminders(speaker)).map(row => [row.state, row.attempt]),
    [
      ['waiting', 2],
      ['waiting', 2],
    ],
  )
})

t.test('while one attempt has a letter in its hands, another leaves all of it', async t => {
  await twoTalks()
  clock.now = eve
  const [one, two] = await reminders(speaker)
  let inside = ''
  const post = {
    ...here.post,
    mailer: {
      send: async () => {
        inside = await deliver(here.post, two?.id ?? '', 'b')
        return { sent: '250' }
      },
      close: () => {},
    },
  }
  t.equal(await deliver(post, one?.id ?? '', 'a'), 'sent')
  t.equal(inside, 'left')
})

t.test('a cancellation goes alone, with its calendar part', async t => {
  const { first, second } = await twoTalks()
  for (const talkId of [first, second])
    await cancel(db, sleeping, { by, talkId, location: `/${talkId}`, reason: 'weather' }, clock.now)
  await here.deliver()
  t.equal(mails.filter(mail => mail.kind === 'invitation-cancellation' && mail.calendar?.method === 'CANCEL').length, 2)
})

t.test('what the mail server takes a minute is shared by all, and what is needed at once does not wait', async t => {
  await transact(db, trx =>
    tell(
      trx,
      sleeping,
      clock.now,
      (['account-added', 'account-added', 'account-added', 'sign-in'] as const).map((kind, at) => ({
        houseId: named.house,
        kind,
        cause: `test:${at}`,
        version: 1,
        recipient: `account:${named.actor.accountId}`,
        address: 'somebody@kezdesu.example',
        language: 'kk',
        dueAt: clock.now,
        accountId: named.actor.accountId,
      })),
    ),
  )
  const ids = await db.selectFrom('messages').select(['id', 'kind']).orderBy('cause').execute()
  const post = { ...here.post, mostAMinute: 2 }
  const ended = []
  for (const { id } of ids) ended.push(await deliver(post, id, 'a'))
  t.same(ended, ['sent', 'sent', 'waiting', 'superseded'])
  const [late] = await db
    .selectFrom('messages')
    .select(['reason', 'attempt', 'next_try_at'])
    .where('state', '=', 'waiting')
    .execute()
  t.same([late?.reason, late?.attempt], ['pace', 0])
  clock.now = clock.now.plus({ minutes: 2 })
  t.equal(await deliver(post, ids[2]?.id ?? '', 'b'), 'sent')
})
