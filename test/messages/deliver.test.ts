import { DateTime } from 'luxon'
import t from 'tap'
import { askToSignIn } from '../../src/accounts/actions.ts'
import { dropSetting, keepSetting } from '../../src/base/db/settings.ts'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import type { Handed } from '../../src/base/mail.ts'
import { deliver, deliverDue } from '../../src/messages/actions.ts'
import { tell } from '../../src/messages/store.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { cast, monday } from '../cast.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]
const { db, clock, app, mails } = here
const { secret } = app.config
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const start = DateTime.fromISO(monday, { zone: 'utc' })
const sent = () =>
  mails
    .splice(0)
    .map(mail => `${mail.kind} ${mail.to.address}${mail.calendar ? ` ${mail.calendar.method}` : ''}`)
    .sort()
const stateOf = async (kind: string, talk: string) =>
  (
    await db
      .selectFrom('messages')
      .select(['recipient', 'state', 'reason'])
      .where('talk_id', '=', talk)
      .where('kind', '=', kind)
      .orderBy('version')
      .execute()
  )
    .map(row => `${row.recipient.split(':')[0]} ${row.state}${row.reason ? ` ${row.reason}` : ''}`)
    .sort()
const mailing = (handed: () => Handed) => ({ ...here.post, mailer: { send: async () => handed(), close: () => {} } })

t.beforeEach(() => {
  clock.now = start
  mails.length = 0
})
t.afterEach(async () => {
  await db.deleteFrom('messages').execute()
})

t.test('a booking is told at once, and reminded of in time', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
  const speaker = (
    await db
      .selectFrom('speakers')
      .select('email')
      .where('id', '=', named.speaker('zhunisov'))
      .executeTakeFirstOrThrow()
  ).email
  t.equal(await here.deliver(), 2)
  t.same(sent(), [`invitation ${speaker} REQUEST`, 'talk-booked school@kezdesu.example REQUEST'])
  t.equal(await here.deliver(), 0)
  clock.now = start.set({ day: 25, hour: 13, minute: 0 })
  t.equal(await here.deliver(), 2)
  t.same(sent(), ['reminder-day school@kezdesu.example', `reminder-day ${speaker}`])
  clock.now = start.set({ day: 26, hour: 3, minute: 20 })
  t.equal(await here.deliver(), 2)
  t.same(sent(), ['reminder-hours school@kezdesu.example', `reminder-hours ${speaker}`])
  clock.now = start.set({ day: 26, hour: 7, minute: 30 })
  t.equal(await here.deliver(), 1)
  t.same(sent(), [`outcome-asked ${speaker}`])
  const rows = await db
    .selectFrom('messages')
    .select(['state', 'smtp_reply', 'attempt'])
    .where('talk_id', '=', talk)
    .execute()
  t.same(
    rows,
    Array.from({ length: 7 }, () => ({ state: 'sent', smtp_reply: '250 kept', attempt: 1 })),
  )
})

t.test('after a cancellation nothing reminds', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T11:20', ['baizhan'])
  await here.deliver()
  mails.length = 0
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'weather' }, clock.now)
  await here.deliver()
  t.same(mails.map(mail => `${mail.kind} ${mail.calendar?.method ?? ''}`).sort(), [
    'invitation-cancellation CANCEL',
    'talk-cancelled CANCEL',
  ])
  mails.length = 0
  clock.now = start.set({ day: 26, hour: 3, minute: 30 })
  await here.deliver()
  t.same(sent(), [])
})

t.test('who never heard of a talk does not hear that it is off', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-11-26T12:15',
    ['baizhan'],
  )
  const seat = await db
    .selectFrom('assignments')
    .select(['id', 'speaker_id'])
    .where('talk_id', '=', talk)
    .executeTakeFirstOrThrow()
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
  await transact(db, trx =>
    tell(trx, sleeping, clock.now, [
      {
        houseId: named.house,
        kind: 'invitation-cancellation',
        cause: `talk:${talk}`,
        version: 3,
        recipient: `speaker:${seat.speaker_id}`,
        address: 'x@kezdesu.example',
        language: 'kk',
        dueAt: clock.now,
        talkId: talk,
        assignmentId: seat.id,
      },
    ]),
  )
  await here.deliver()
  t.same(sent(), ['talk-cancelled school@kezdesu.example'])
  t.same(await stateOf('invitation-cancellation', talk), ['speaker skipped never-told'])
})

t.test('a talk moved while its letter waited for the mail server is told as it is now', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-11-27T10:20',
    ['baizhan'],
  )
  t.equal(await deliverDue(mailing(() => ({ later: '451 later' }))), 2)
  await move(
    db,
    sleeping,
    secret,
    { by, talkId: talk, location: '/x', startsAt: at('2026-11-30T12:15'), waived: { windows: true } },
    clock.now,
  )
  clock.now = start.plus({ minutes: 2 })
  await here.deliver()
  t.same(
    mails.map(mail => [mail.kind, mail.text.includes('30 қараша, 12:15')]),
    mails.map(mail => [mail.kind, true]),
  )
  const invitations = mails.filter(mail => mail.calendar && mail.kind === 'invitation')
  t.equal(invitations.length, 1)
  t.match(invitations[0]?.calendar?.content, /SEQUENCE:1\r\n[\s\S]*DTSTART;TZID=Asia\/Almaty:20261130T121500/)
})

t.test('a row that fell behind while it was being sent is superseded, not sent', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-11-27T11:20',
    ['baizhan'],
  )
  await db
    .updateTable('messages')
    .set({ state: 'sending', claim: 'dead#0', claimed_until: start.plus({ minutes: 1 }) })
    .where('talk_id', '=', talk)
    .where('kind', '=', 'invitation')
    .execute()
  await move(
    db,
    sleeping,
    secret,
    { by, talkId: talk, location: '/x', startsAt: at('2026-11-30T10:20'), waived: { windows: true } },
    clock.now,
  )
  clock.now = start.plus({ minutes: 2 })
  await here.deliver()
  t.same(await stateOf('invitation', talk), ['speaker superseded newer'])
  t.same(
    mails
      .filter(mail => mail.calendar)
      .map(mail => mail.kind)
      .sort(),
    ['invitation-update', 'talk-booked'],
  )
})

t.test('a swap tells the leaver and the newcomer, and asks nobody else again', async t => {
  const number = await ask(here, named, { windows: wide, host: 'school-912', grades: [9] })
  const talk = await bookedTalk(here, named, number, '2026-12-01T10:20', ['baizhan'])
  await here.deliver()
  mails.length = 0
  const free = await db
    .selectFrom('speakers')
    .select(['id', 'email'])
    .where('house_id', '=', named.house)
    .where('id', '<>', named.speaker('baizhan'))
    .orderBy('email')
    .execute()
  for (const other of free) {
    const done = await swap(
      db,
      sleeping,
      secret,
      { by, talkId: talk, location: '/x', out: named.speaker('baizhan'), in: other.id },
      clock.now,
    )
    if ('refused' in done) continue
    await here.deliver()
    const uids = mails.map(mail => /UID:(.*)\r\n/.exec(mail.calendar?.content ?? '')?.[1]).filter(Boolean)
    t.same(
      mails
        .filter(mail => mail.calendar)
        .map(mail => [mail.kind, mail.calendar?.method, mail.to.address === other.email])
        .sort(),
      [
        ['invitation', 'REQUEST', true],
        ['invitation-cancellation', 'CANCEL', false],
      ],
    )
    t.equal(new Set(uids).size, 1)
    return
  }
  t.fail('nobody could take over')
})

t.test('refused, put off, broken: each has its own consequence', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-12-02T10:20',
    ['baizhan'],
  )
  await deliverDue(mailing(() => ({ broken: '535 who are you' })))
  t.same(await stateOf('invitation', talk), ['speaker waiting broken'])
  t.same(
    (
      await db
        .selectFrom('messages')
        .select('attempt')
        .where('talk_id', '=', talk)
        .where('kind', '=', 'invitation')
        .executeTakeFirstOrThrow()
    ).attempt,
    0,
  )
  clock.now = start.plus({ minutes: 1 })
  await deliverDue(mailing(() => ({ later: '451 greylisted' })))
  t.same(await stateOf('invitation', talk), ['speaker waiting later'])
  t.equal(await here.deliver(), 0)
  clock.now = start.plus({ minutes: 2 })
  await deliverDue(mailing(() => ({ never: '550 no such box' })))
  t.same(await stateOf('invitation', talk), ['speaker failed refused'])
  clock.now = start.plus({ days: 1 })
  await here.deliver()
  t.same(await stateOf('invitation', talk), ['speaker failed refused'])
})

t.test('a fault of ours keeps the letter for later', async t => {
  await bookedTalk(here, named, await ask(here, named, { windows: wide, host: 'school-912' }), '2026-12-03T10:20', [
    'baizhan',
  ])
  const faults: unknown[] = []
  const post = {
    ...here.post,
    onFault: (error: unknown) => faults.push(error),
    mailer: {
      send: async () => {
        throw new Error('disk full')
      },
      close: () => {},
    },
  }
  await deliverDue(post)
  t.same(faults.map(String), ['Error: disk full', 'Error: disk full'])
  clock.now = start.plus({ minutes: 1 })
  t.equal(await here.deliver(), 2)
})

t.test('too late is skipped, and nobody is reminded at night', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-12-04T10:20',
    ['baizhan'],
  )
  await here.deliver()
  mails.length = 0
  clock.now = DateTime.fromISO('2026-12-03T22:00:00+05:00', { zone: 'utc' })
  await here.deliver()
  t.same(sent(), [])
  t.same(await stateOf('reminder-day', talk), ['contact waiting quiet', 'speaker waiting quiet'])
  clock.now = DateTime.fromISO('2026-12-04T07:00:00+05:00', { zone: 'utc' })
  await here.deliver()
  t.same(
    mails.map(mail => mail.kind),
    ['reminder-day', 'reminder-day'],
  )
  clock.now = DateTime.fromISO('2026-12-04T09:51:00+05:00', { zone: 'utc' })
  await here.deliver()
  t.same(await stateOf('reminder-hours', talk), ['contact skipped too-late', 'speaker skipped too-late'])
})

t.test('on hold nothing leaves, and afterwards all of it', async t => {
  await bookedTalk(here, named, await ask(here, named, { windows: wide, host: 'school-912' }), '2026-12-07T10:20', [
    'baizhan',
  ])
  await keepSetting(db, 'mail_hold', 'on')
  t.equal(await here.deliver(), 0)
  await dropSetting(db, 'mail_hold')
  t.equal(await here.deliver(), 2)
})

t.test(
  'on hold the letter that signs in leaves all the same: only an administrator who is in can end the hold',
  async t => {
    await keepSetting(db, 'mail_hold', 'on')
    await askToSignIn(db, sleeping, secret, { email: cast.administrator, browser: 'a browser' }, clock.now)
    t.equal(await here.deliver(), 1)
    t.same(sent(), [`sign-in ${cast.administrator}`])
    await dropSetting(db, 'mail_hold')
  },
)

t.test('one address gets thirty letters an hour, the rest are held and shown', async t => {
  const account = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', cast.coordinator)
    .executeTakeFirstOrThrow()
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-12-08T10:20',
    ['baizhan'],
  )
  await transact(db, trx =>
    tell(
      trx,
      sleeping,
      clock.now,
      Array.from({ length: 32 }, (_, index) => ({
        houseId: named.house,
        kind: 'account-added' as const,
        cause: `assignment:${index}`,
        version: 1,
        recipient: `account:${account.id}`,
        address: cast.coordinator,
        language: 'ru' as const,
        dueAt: clock.now,
        talkId: talk,
        accountId: account.id,
      })),
    ),
  )
  await here.deliver()
  t.equal(mails.filter(mail => mail.kind === 'account-added').length, 30)
  t.same(
    (await stateOf('account-added', talk)).filter(state => state !== 'account sent'),
    ['account held many', 'account held many'],
  )
})

t.test('each copy of a letter has the same Message-ID and the same date', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-12-09T10:20',
    ['baizhan'],
  )
  const { id } = await db
    .selectFrom('messages')
    .select('id')
    .where('talk_id', '=', talk)
    .where('kind', '=', 'invitation')
    .executeTakeFirstOrThrow()
  await deliver(here.post, id, 'first')
  await db
    .updateTable('messages')
    .set({ state: 'sending', sent_at: null, claimed_until: clock.now })
    .where('id', '=', id)
    .execute()
  clock.now = start.plus({ minutes: 9 })
  await deliver(here.post, id, 'second')
  t.equal(mails.length, 2)
  t.same(mails[0], mails[1])
})

t.test('an attempt that was taken over notes nothing', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-12-10T10:20',
    ['baizhan'],
  )
  const { id } = await db
    .selectFrom('messages')
    .select('id')
    .where('talk_id', '=', talk)
    .where('kind', '=', 'invitation')
    .executeTakeFirstOrThrow()
  const slow = {
    ...here.post,
    mailer: {
      close: () => {},
      send: async () => {
        await db.updateTable('messages').set({ claim: 'other#0' }).where('id', '=', id).execute()
        return { sent: '250' }
      },
    },
  }
  t.equal(await deliver(slow, id, 'mine'), 'left')
  t.equal(
    (await db.selectFrom('messages').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state,
    'sending',
  )
})
