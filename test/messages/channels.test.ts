import { DateTime } from 'luxon'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import type { Handed } from '../../src/base/mail.ts'
import { newNonce, seal, tokenOf } from '../../src/base/secrets.ts'
import { deliverDue } from '../../src/messages/actions.ts'
import { turnToMail } from '../../src/messages/channel-store.ts'
import { gatewaySecret, shortMailer } from '../../src/messages/channel-webhook.ts'
import type { MessageKind } from '../../src/messages/rules.ts'
import { decline } from '../../src/requests/decline-actions.ts'
import { cancel, move } from '../../src/talks/change-actions.ts'
import { close } from '../../src/talks/closing-actions.ts'
import { findToCall } from '../../src/talks/closure-progress-store.ts'
import { notices } from '../../src/talks/notice-rules.ts'
import { cast, monday } from '../cast.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { submit, world } from '../world.ts'
import { gatewayServer, genuine } from './gateway-server.ts'

const here = await world(t)
const named = await names(here)
const { db, app, clock, mails } = here
const { secret } = app.config
const start = DateTime.fromISO(monday, { zone: 'utc' })
const nonce = newNonce()
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const { address, taken } = await gatewayServer(t)
const post = { ...here.post, shortMailer: shortMailer(app.config, { loopback: true }) }
const handing = (mail: Handed, short: Handed) => ({
  ...post,
  mailer: { send: async () => mail, close: () => {} },
  shortMailer: { send: async () => short },
})
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]

const connect = (house = named.house) =>
  db
    .insertInto('gateways')
    .values({ house_id: house, sealed_address: seal(secret, address), nonce, kept_at: start, secret_at: start })
    .execute()
const prefer = async (
  speaker: string,
  channel: 'mail' | 'webhook' = 'webhook',
  phone: string | null = '+77010000001',
) => db.updateTable('speakers').set({ channel, phone }).where('id', '=', named.speaker(speaker)).execute()
const rows = async (cause: string) =>
  (
    await db
      .selectFrom('messages')
      .select(['version', 'kind', 'channel', 'recipient', 'address', 'state'])
      .where('cause', 'like', `${cause}%`)
      .execute()
  )
    .map(
      row =>
        `${row.version} ${row.kind} ${row.channel} ${row.recipient.split(':')[0]}${row.state === 'waiting' ? '' : ` ${row.state}`}`,
    )
    .sort()
const about = async (talk: string, kind: string) =>
  (await rows(`talk:${talk}`)).filter(row => row.includes(` ${kind} `))

t.beforeEach(async () => {
  clock.now = start
  mails.length = 0
  taken.length = 0
})
t.afterEach(async () => {
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('gateways').execute()
  await db.updateTable('speakers').set({ channel: 'mail' }).execute()
  await db.updateTable('contacts').set({ channel: 'mail' }).execute()
  await db.updateTable('accounts').set({ channel: 'mail' }).execute()
})

t.test('a closure reaches a phone at once, beside the letter, and says what becomes of the talk', async t => {
  await connect()
  await prefer('zhunisov')
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-27T10:20', ['zhunisov'])
  const contact = await db
    .selectFrom('talks')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['contact_id', 'talks.host_id'])
    .where('talks.id', '=', talk)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('contacts')
    .set({ email: null, channel: 'webhook', phone: '+77010000002' })
    .where('id', '=', contact.contact_id)
    .execute()
  await deliverDue(post)
  taken.length = 0
  mails.length = 0
  const { district } = await db
    .selectFrom('hosts')
    .select('district')
    .where('id', '=', contact.host_id)
    .executeTakeFirstOrThrow()
  const value = {
    ...{ districts: [district], hostKinds: ['school' as const], shifts: [], grades: [] },
    ...{ from: '2026-11-27', to: '2026-11-27', outcome: 'postponed' as const, cause: 'frost' as const, link: null },
    names: { kk: '', ru: '', en: '' },
  }
  const form = { key: 'a closure', url: '/app/closures', by: by.accountId, body: {}, now: clock.now }
  await close(db, sleeping, { by: named.actor, value, fates: new Map(), links: new Map(), form })
  await deliverDue(post)
  t.strictSame(
    mails.map(({ kind, calendar }) => `${kind} ${calendar?.method}`),
    ['closure CANCEL'],
    'the calendar hears of it by mail',
  )
  const said = taken.map(({ body }) => JSON.parse(body) as { to: string; kind: string; text: string })
  t.strictSame(said.map(({ kind, to }) => `${kind} ${to}`).sort(), ['closure +77010000001', 'closure +77010000002'])
  for (const { text } of said) {
    t.match(text, 'Сабақ тоқтатылды, кездесу кейінге қалды: 27 қараша, 10:20')
    t.ok(text.length <= 160)
  }
  const closure = await db.selectFrom('closures').select('id').orderBy('created_at', 'desc').executeTakeFirstOrThrow()
  t.strictSame(await findToCall(db, closure.id, 'kk'), [], 'nobody is left to be called')
  const closures = db.updateTable('messages').where('kind', '=', 'closure').where('channel', '=', 'mail')
  await closures.set({ state: 'skipped', reason: 'too-late', sent_at: null }).execute()
  t.equal((await findToCall(db, closure.id, 'kk'))[0]?.why, 'failed', 'but who could not be told in time')
})

t.test('without a gateway everybody gets letters, whatever they prefer', async t => {
  await prefer('zhunisov')
  const other = await db.selectFrom('houses').select('id').where('id', '<>', named.house).executeTakeFirstOrThrow()
  await connect(other.id)
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
  t.same(
    (await rows(`talk:${talk}`)).filter(row => row.includes('webhook')),
    [],
  )
  t.equal((await rows(`talk:${talk}`)).length, 7)
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
})

t.test('who prefers short messages gets reminders by them alone, and an invitation twice', async t => {
  await connect()
  await prefer('zhunisov')
  const number = await ask(here, named)
  const talk = await bookedTalk(here, named, number, '2026-11-26T10:20', ['zhunisov'])
  t.same(await rows(`talk:${talk}`), [
    '1 invitation mail speaker',
    '1 invitation webhook speaker',
    '1 outcome-asked webhook speaker',
    '1 reminder-day mail contact',
    '1 reminder-day webhook speaker',
    '1 reminder-hours mail contact',
    '1 reminder-hours webhook speaker',
    '1 talk-booked mail contact',
  ])
  t.equal(await deliverDue(post), 3)
  t.same(
    mails.map(mail => `${mail.kind} ${mail.calendar?.method ?? ''}`).sort(),
    ['invitation REQUEST', 'talk-booked REQUEST'],
    'calendars hear of it by mail',
  )
  const [one] = taken
  if (!one) return t.fail('nothing came to the gateway')
  t.ok(genuine(gatewaySecret(secret, nonce), one, start.toSeconds()))
  const body = JSON.parse(one.body) as Record<string, string>
  const row = await db
    .selectFrom('messages')
    .selectAll()
    .where('talk_id', '=', talk)
    .where('kind', '=', 'invitation')
    .where('channel', '=', 'webhook')
    .executeTakeFirstOrThrow()
  t.match(body, { id: row.id, kind: 'invitation', language: row.language, to: '+77010000001' })
  t.match(body['text'], /26 .+, 10:20\. «.+№ ?907.*http:\/\/127\.0\.0\.1:3000\/i\/\S+$/)
  t.ok((body['text'] ?? '').length <= 160)
  t.match(body['url'], /\/i\/[\w-]{43}$/)
  t.equal((await app.inject({ url: new URL(body['url'] ?? '').pathname })).statusCode, 200, 'where it is answered')
  t.notMatch(body['text'], 'Мұхтарқызы', 'no name of the contact')
  t.match(row, { state: 'sent', smtp_reply: '200', attempt: 1, address: '+77010000001' })
  t.equal(await deliverDue(post), 0)
  const replies = await db.selectFrom('reply_addresses').select('address').where('talk_id', '=', talk).execute()
  t.notMatch(replies, [{ address: '+77010000001' }], 'a phone is no address of a calendar')
  taken.length = 0
  clock.now = start.set({ day: 25, hour: 13, minute: 0 })
  await deliverDue(post)
  t.match(JSON.parse(taken[0]?.body ?? '{}'), { kind: 'reminder-day', to: '+77010000001' })
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'weather' }, clock.now)
  taken.length = 0
  await deliverDue(post)
  const gone = JSON.parse(taken[0]?.body ?? '{}') as Record<string, string>
  t.match(gone, { kind: 'invitation-cancellation' })
  t.notOk('url' in gone)
  t.notMatch(gone['text'], /ауа райы|погода|weather/, 'a reason is for the letter')
  t.equal(taken.length, 1)
  return
})

t.test('without a phone, or with one that is none, it stays with letters', async t => {
  await connect()
  await prefer('zhunisov', 'webhook', null)
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T11:20', ['zhunisov'])
  t.same(
    (await rows(`talk:${talk}`)).filter(row => row.includes('webhook')),
    [],
  )
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
})

t.test('a contact with a phone alone is told by short messages, one with both also by mail', async t => {
  await connect()
  for (const email of [null, 'school@kezdesu.example']) {
    const number = await ask(here, named, { email, windows: wide })
    await db.updateTable('contacts').set({ channel: 'webhook' }).execute()
    const talk = await bookedTalk(here, named, number, email ? '2026-11-30T10:20' : '2026-12-01T10:20', ['zhunisov'])
    t.same(
      (await rows(`talk:${talk}`)).filter(row => row.includes('contact') && !row.includes('reminder')),
      email ? ['1 talk-booked mail contact', '1 talk-booked webhook contact'] : ['1 talk-booked webhook contact'],
    )
    await deliverDue(post)
    const body = JSON.parse(taken.at(-1)?.body ?? '{}') as Record<string, string>
    t.match(body, { kind: 'talk-booked', to: '+77010000031', language: 'kk' })
    t.match(body['url'], /\/r\/[\w-]{43}$/)
    clock.now = clock.now.plus({ minutes: 1 })
    await move(
      db,
      sleeping,
      secret,
      { by, talkId: talk, location: '/x', startsAt: at(email ? '2026-12-02T10:20' : '2026-12-03T10:20'), waived: {} },
      clock.now,
    )
    mails.length = 0
    clock.now = clock.now.plus({ minutes: 5 })
    await deliverDue(post)
    t.same(
      mails.filter(mail => mail.kind === 'talk-changed').map(mail => mail.calendar?.method),
      email ? ['REQUEST'] : [],
      'the short message before it takes nothing from the calendar',
    )
    await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
  }
})

t.test('a refusal goes to a coordinator as preferred, and a declined request to its contact', async t => {
  await connect()
  await db
    .updateTable('accounts')
    .set({ channel: 'webhook', phone: '+77010000009' })
    .where('email', '=', cast.coordinator)
    .execute()
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T12:15', ['zhunisov'])
  await deliverDue(post)
  taken.length = 0
  const seat = await db.selectFrom('assignments').select('nonce').where('talk_id', '=', talk).executeTakeFirstOrThrow()
  const link = `/i/${tokenOf(secret, 'invitation', seat.nonce)}`
  t.equal((await submit(app, `${link}/response`, { response: 'decline', reason: 'other' })).statusCode, 303)
  t.same(
    (await rows('answer:')).filter(row => row.includes('webhook')),
    ['1 answer-declined webhook account'],
  )
  await deliverDue(post)
  t.match(JSON.parse(taken[0]?.body ?? '{}'), { kind: 'answer-declined', to: '+77010000009', url: /\/app\/talks\// })
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
  const number = await ask(here, named, { email: null })
  await db.updateTable('contacts').set({ channel: 'webhook' }).execute()
  await decline(db, sleeping, { actor: named.actor, requestNumber: number, reason: 'no-speakers' }, clock.now)
  clock.now = start.plus({ minutes: 10 })
  taken.length = 0
  mails.length = 0
  await deliverDue(post)
  const body = JSON.parse(taken.find(one => one.body.includes('request-declined'))?.body ?? '{}') as Record<
    string,
    string
  >
  t.match(body['text'], `№ ${number}`)
  t.notMatch(body['text'], 'бос дәріскер жоқ', 'no reason of a request')
  t.equal(mails.filter(mail => mail.kind === 'request-declined').length, 0)
})

t.test('a gateway that refuses, waits or is wrong decides about its row alone', async t => {
  await connect()
  await prefer('zhunisov')
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
  await deliverDue(handing({ sent: '250' }, { later: '429' }))
  const state = () =>
    db
      .selectFrom('messages')
      .select(['state', 'reason', 'attempt', 'smtp_reply', 'next_try_at'])
      .where('talk_id', '=', talk)
      .where('kind', '=', 'invitation')
      .where('channel', '=', 'webhook')
      .executeTakeFirstOrThrow()
  t.match(await state(), { state: 'waiting', reason: 'later', attempt: 1, smtp_reply: '429' })
  t.equal(+(await state()).next_try_at! - +start, 60_000)
  clock.now = start.plus({ minutes: 2 })
  await deliverDue(handing({ sent: '250' }, { broken: 'TLS: CERT_HAS_EXPIRED' }))
  t.match(await state(), { state: 'waiting', reason: 'broken', attempt: 1 }, 'a fault of ours is no attempt')
  clock.now = start.plus({ minutes: 4 })
  await deliverDue(handing({ sent: '250' }, { never: '400 no such phone' }))
  t.match(await state(), { state: 'failed', reason: 'refused', smtp_reply: '400 no such phone' })
  const coordinator = await here.signIn(cast.coordinator)
  const page = await app.inject({ url: '/app/messages?state=failed', headers: { cookie: coordinator } })
  t.match(page.body, /Короткое сообщение/)
  t.match(page.body, /шлюз не принял/)
  t.match(page.body, '+7\u00a0701\u00a0000\u00a000\u00a001')
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
})

t.test('what one channel has told is told, though the other still waits', async t => {
  await connect()
  await prefer('zhunisov')
  await prefer('baizhan')
  const talk = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-11-26T10:20', [
    'zhunisov',
  ])
  await deliverDue(handing({ later: '451' }, { sent: '200' }))
  t.same(await about(talk, 'invitation'), ['1 invitation mail speaker', '1 invitation webhook speaker sent'])
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
  t.same(await about(talk, 'invitation-cancellation'), [
    '2 invitation-cancellation mail speaker',
    '2 invitation-cancellation webhook speaker',
  ])
  clock.now = start.plus({ minutes: 10 })
  await deliverDue(post)
  t.same(await about(talk, 'invitation-cancellation'), [
    '2 invitation-cancellation mail speaker sent',
    '2 invitation-cancellation webhook speaker sent',
  ])
})

t.test('who was told by no channel hears nothing of the end, by none', async t => {
  await connect()
  await prefer('zhunisov')
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T11:20', ['zhunisov'])
  const told = await db
    .selectFrom('messages')
    .select(['recipient', 'assignment_id', 'talk_id'])
    .where('talk_id', '=', talk)
    .where('kind', '=', 'invitation')
    .executeTakeFirstOrThrow()
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
  t.same(await about(talk, 'invitation-cancellation'), [])
  for (const [channel, to] of [
    ['mail', 'x@kezdesu.example'],
    ['webhook', '+77010000001'],
  ] as const)
    await db
      .insertInto('messages')
      .values({
        house_id: named.house,
        kind: 'invitation-cancellation',
        cause: `talk:${talk}`,
        version: 3,
        ...told,
        channel,
        address: to,
        language: 'kk',
        created_at: start,
        due_at: start,
      })
      .execute()
  await deliverDue(post)
  t.same(await about(talk, 'invitation-cancellation'), [
    '3 invitation-cancellation mail speaker skipped',
    '3 invitation-cancellation webhook speaker skipped',
  ])
})

t.test('a calendar that no letter reached gets the whole of it with the next change', async t => {
  const wishes = { quiet: { from: 0, until: 0 }, days: 0, dayBeforeAt: 0, hours: 0 }
  const reader = { address: 'a@kezdesu.example', language: 'kk' as const, wishes, untold: [] }
  const told = (event: 'moved' | 'team' | 'cancelled', unmailed: MessageKind[], contactUnmailed: MessageKind[]) =>
    notices({
      talk: {
        id: 'x',
        houseId: named.house,
        requestId: undefined,
        version: 2,
        zone: 'Asia/Almaty',
        startsAt: start.plus({ days: 9 }),
        endsAt: start.plus({ days: 9, hours: 1 }),
      },
      event,
      team: [{ ...reader, recipient: 'speaker:a', assignmentId: 'a', news: 'stays', unmailed }],
      contact: { ...reader, recipient: 'contact:b', unmailed: contactUnmailed },
      dueAt: start,
      now: start,
    })
      .filter(it => !it.kind.startsWith('reminder') && it.kind !== 'outcome-asked')
      .map(it => it.kind)
  t.same(told('team', ['invitation'], ['talk-booked']), ['invitation', 'talk-booked'])
  t.same(told('team', ['invitation-update'], []), ['invitation-update', 'talk-changed'])
  t.same(told('team', [], []), ['talk-changed'])
  t.same(told('moved', ['invitation'], []), ['invitation', 'talk-changed'])
  t.same(told('cancelled', ['invitation'], ['talk-booked']), ['invitation-cancellation', 'talk-cancelled'])
})

t.test('when the gateway is taken away, what waits for it leaves as letters', async t => {
  await connect()
  await prefer('zhunisov')
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
  await transact(db, trx => turnToMail(trx, named.house))
  t.same(
    (await rows(`talk:${talk}`)).filter(row => row.includes('speaker')),
    [
      '1 invitation mail speaker',
      '1 invitation webhook speaker superseded',
      '1 outcome-asked mail speaker',
      '1 reminder-day mail speaker',
      '1 reminder-hours mail speaker',
    ],
  )
  const { email } = await db
    .selectFrom('speakers')
    .select('email')
    .where('id', '=', named.speaker('zhunisov'))
    .executeTakeFirstOrThrow()
  clock.now = start.set({ day: 25, hour: 13, minute: 0 })
  await deliverDue(post)
  t.ok(mails.some(mail => mail.kind === 'reminder-day' && mail.to.address === email))
  t.equal(taken.length, 0)
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'host' }, clock.now)
})
