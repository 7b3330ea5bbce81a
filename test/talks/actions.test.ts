import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { decline } from '../../src/requests/decline-actions.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { world } from '../world.ts'
import { ask, at, bookedTalk, bookTalk, ledger, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, app } = here
const { secret } = app.config
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const sendAll = () =>
  db
    .updateTable('messages')
    .set({ state: 'sent', sent_at: clock.now })
    .where('state', '=', 'waiting')
    .where('due_at', '<=', clock.now)
    .execute()

t.test('a booking takes people, hall and time together and tells exactly those concerned', async t => {
  const number = await ask(here, named)
  const talk = await bookedTalk(here, named, number, '2026-11-26T10:20', ['zhunisov'])
  const row = await db.selectFrom('talks').selectAll().where('id', '=', talk).executeTakeFirstOrThrow()
  t.match(row, {
    held_on: '2026-11-26',
    from_time: '10:20',
    minutes: 45,
    state: 'booked',
    version: 1,
    sequence: 0,
    heads_planned: 40,
  })
  t.equal(row.during.from.toISO(), '2026-11-26T05:20:00.000Z')
  const request = await db
    .selectFrom('requests')
    .select(['state', 'version'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  t.same(request, { state: 'booked', version: 2 })
  t.same(
    await ledger(here, talk),
    [
      '1 invitation zhunisov',
      '1 outcome-asked zhunisov',
      '1 reminder-day contact',
      '1 reminder-day zhunisov',
      '1 reminder-hours contact',
      '1 reminder-hours zhunisov',
      '1 talk-booked contact',
    ].sort(),
  )
  const history = await db
    .selectFrom('changes')
    .select(['kind', 'by_whom', 'account_id'])
    .where('talk_id', '=', talk)
    .execute()
  t.same(history, [{ kind: 'booked', by_whom: 'account', account_id: named.actor.accountId }])
  const again = await bookTalk(here, named, number, '2026-11-26T11:20', ['zhunisov'])
  t.same(again, { refused: { code: 'request-ended', state: 'booked', talkId: talk } })
})

t.test('a request that is not confirmed, of another House or unknown is not there', async t => {
  const unseen = await ask(here, named, { state: 'unconfirmed' })
  t.same(await bookTalk(here, named, unseen, '2026-11-26T10:20', ['baizhan']), { refused: { code: 'missing' } })
  t.same(await bookTalk(here, named, 9999, '2026-11-26T10:20', ['baizhan']), { refused: { code: 'missing' } })
  const house = await db.selectFrom('houses').select('id').where('slug', '=', 'shymkent').executeTakeFirstOrThrow()
  const number = await ask(here, named)
  const foreign = { ...named, actor: { ...named.actor, houseId: house.id } }
  t.same(await bookTalk(here, foreign, number, '2026-11-26T10:20', ['baizhan']), { refused: { code: 'missing' } })
})

t.test('what the engine refuses is not booked, and says why', async t => {
  const number = await ask(here, named, { host: 'school-912' })
  const codes = async (startsAt: string, speakers: string[]) => {
    const done = await bookTalk(here, named, number, startsAt, speakers)
    return 'refused' in done
      ? 'refusals' in done.refused
        ? done.refused.refusals.map(({ code }) => code)
        : [done.refused.code]
      : ['booked']
  }
  t.same(await codes('2026-11-26T10:25', ['baizhan']), ['not-whole-lessons'])
  t.same(await codes('2026-11-23T11:20', ['baizhan']), ['short-notice', 'outside-windows'])
  t.same(await codes('2026-11-26T10:20', ['zhunisov']), ['engaged'])
  t.same(await codes('2026-11-26T11:20', ['zhunisov']), ['travel-before'])
  t.same(await codes('2026-11-26T10:20', ['kim']), ['team-unfilled', 'no-place-for', 'lacks-language'])
  t.equal(
    (await db.selectFrom('talks').select('id').where('host_id', '=', named.host('school-912')).execute()).length,
    0,
  )
})

t.test('an hour that occurred twice is refused in words', async t => {
  clock.now = clock.now.set({ year: 2024, month: 2, day: 20 })
  const number = await ask(here, named, {
    host: 'centre-medeu',
    topic: 'unity-gives-life',
    audience: 'community',
    grades: [],
    windows: [{ from: '2024-02-29', to: '2024-02-29', fromTime: '00:00', toTime: '23:59' }],
  })
  t.same(await bookTalk(here, named, number, '2024-02-29T23:30', ['baizhan']), {
    refused: { code: 'no-such-hour', hour: 'twice' },
  })
  clock.now = clock.now.set({ year: 2026, month: 11, day: 23 })
})

t.test('a move asks those who stay again, tells the host, and lets old letters fall', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, { host: 'school-912' }), '2026-11-27T10:20', [
    'baizhan',
  ])
  await sendAll()
  await db
    .updateTable('assignments')
    .set({ state: 'accepted', answered_at: clock.now })
    .where('talk_id', '=', talk)
    .execute()
  const moving = { by, talkId: talk, location: '/x', startsAt: at('2026-11-30T12:15'), waived: { windows: true } }
  t.same(await move(db, sleeping, secret, moving, clock.now), { location: '/x' })
  const row = await db.selectFrom('talks').selectAll().where('id', '=', talk).executeTakeFirstOrThrow()
  t.match(row, { held_on: '2026-11-30', from_time: '12:15', version: 2, sequence: 1 })
  const seat = await db.selectFrom('assignments').selectAll().where('talk_id', '=', talk).executeTakeFirstOrThrow()
  t.match(seat, { state: 'invited', answered_at: null })
  t.equal(+seat.busy.from, +row.during.from)
  t.same(
    await ledger(here, talk),
    [
      '1 invitation baizhan sent',
      '1 talk-booked contact sent',
      '1 outcome-asked baizhan superseded',
      '1 reminder-day baizhan superseded',
      '1 reminder-day contact superseded',
      '1 reminder-hours baizhan superseded',
      '1 reminder-hours contact superseded',
      '2 invitation-update baizhan',
      '2 outcome-asked baizhan',
      '2 talk-changed contact',
      ...['days', 'day', 'hours'].flatMap(kind => ['baizhan', 'contact'].map(who => `2 reminder-${kind} ${who}`)),
    ].sort(),
  )
  const back = await move(db, sleeping, secret, { ...moving, startsAt: at('2026-11-30T12:20') }, clock.now)
  t.match(back, { refused: { code: 'impossible', refusals: [{ code: 'not-whole-lessons' }] } })
  t.same(await move(db, sleeping, secret, moving, clock.now), { location: '/x' }, 'to the same time: nothing happens')
  t.equal((await db.selectFrom('talks').select('version').where('id', '=', talk).executeTakeFirstOrThrow()).version, 2)
})

t.test('who was not told yet is told once, of the last state', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, { host: 'school-917' }), '2026-11-27T10:20', [
    'bekuly',
  ])
  await move(db, sleeping, secret, { by, talkId: talk, location: '/x', startsAt: at('2026-11-27T11:20') }, clock.now)
  t.same(
    (await ledger(here, talk)).filter(line => !/reminder|outcome/.test(line) && !line.includes('superseded')),
    ['2 invitation bekuly', '2 talk-booked contact'],
  )
  await swap(
    db,
    sleeping,
    secret,
    { by, talkId: talk, location: '/x', out: named.speaker('bekuly'), in: named.speaker('suleimenova') },
    clock.now,
  )
  t.same(
    (await ledger(here, talk)).filter(line => !/reminder|outcome/.test(line) && !line.includes('superseded')),
    ['3 invitation suleimenova', '3 talk-booked contact'],
  )
})

t.test('a swap cancels for one, invites the other and leaves the rest alone', async t => {
  const number = await ask(here, named, {
    host: 'school-904',
    topic: 'parents-responsibility',
    audience: 'parents',
    grades: [],
    windows: [{ from: '2026-11-24', to: '2026-12-04', fromTime: '08:00', toTime: '20:00' }],
  })
  const talk = await bookedTalk(here, named, number, '2026-12-01T15:00', ['isabekova', 'eskendir'])
  await sendAll()
  const before = await db
    .selectFrom('assignments')
    .select(['id', 'token_hash'])
    .where('talk_id', '=', talk)
    .where('speaker_id', '=', named.speaker('eskendir'))
    .executeTakeFirstOrThrow()
  t.same(
    await swap(
      db,
      sleeping,
      secret,
      { by, talkId: talk, location: '/x', out: named.speaker('isabekova'), in: named.speaker('aidarqyzy') },
      clock.now,
    ),
    { location: '/x' },
  )
  const letters = (await ledger(here, talk)).filter(line => line.startsWith('2') && !/reminder|outcome/.test(line))
  t.same(letters, ['2 invitation aidarqyzy', '2 invitation-cancellation isabekova', '2 talk-changed contact'])
  const reminded = (await ledger(here, talk))
    .filter(line => line.startsWith('2 reminder'))
    .map(line => line.split(' ')[2])
  t.same(new Set(reminded), new Set(['aidarqyzy', 'eskendir', 'contact']))
  const seats = await db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'speaker_id')
    .select(['email', 'state'])
    .where('talk_id', '=', talk)
    .execute()
  t.same(seats.map(({ email, state }) => `${email.split('@')[0]} ${state}`).sort(), [
    'aidarqyzy invited',
    'eskendir invited',
    'isabekova replaced',
  ])
  t.match(
    await db
      .selectFrom('assignments')
      .select(['id', 'token_hash'])
      .where('id', '=', before.id)
      .executeTakeFirstOrThrow(),
    before,
  )
  t.match(
    await swap(
      db,
      sleeping,
      secret,
      { by, talkId: talk, location: '/x', out: named.speaker('isabekova'), in: named.speaker('kim') },
      clock.now,
    ),
    { refused: { code: 'not-in-team' } },
  )
  t.match(
    await swap(
      db,
      sleeping,
      secret,
      { by, talkId: talk, location: '/x', out: named.speaker('aidarqyzy'), in: named.speaker('tsoi') },
      clock.now,
    ),
    { refused: { code: 'impossible' } },
  )
})

t.test('a declined place is filled at once, and the one who declined hears no more', async t => {
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { host: 'school-913', windows: [{ from: '2026-12-03', to: '2026-12-04' }] }),
    '2026-12-03T12:15',
    ['zhunisov'],
  )
  await sendAll()
  await db
    .updateTable('assignments')
    .set({ state: 'declined', reason: 'another-time', answered_at: clock.now })
    .where('talk_id', '=', talk)
    .execute()
  t.same(
    await swap(
      db,
      sleeping,
      secret,
      { by, talkId: talk, location: '/x', out: named.speaker('zhunisov'), in: named.speaker('suleimenova') },
      clock.now,
    ),
    { location: '/x' },
  )
  t.same(
    (await ledger(here, talk)).filter(line => line.startsWith('2') && !/reminder|outcome/.test(line)),
    ['2 invitation suleimenova', '2 talk-changed contact'],
  )
  const seats = await db
    .selectFrom('assignments')
    .select(['state', 'reason'])
    .where('talk_id', '=', talk)
    .where('ended_at', 'is not', null)
    .execute()
  t.same(seats, [{ state: 'declined', reason: 'another-time' }])
})

t.test('a cancelled talk frees everybody, tells everybody and leaves nothing to be reminded of', async t => {
  const number = await ask(here, named, { host: 'school-908', windows: [{ from: '2026-12-07', to: '2026-12-09' }] })
  const talk = await bookedTalk(here, named, number, '2026-12-07T10:20', ['zhunisov'])
  await sendAll()
  t.same(await cancel(db, sleeping, { by, talkId: talk, location: '/y', reason: 'weather' }, clock.now), {
    location: '/y',
  })
  t.same(
    await ledger(here, talk),
    [
      '1 invitation zhunisov sent',
      '1 talk-booked contact sent',
      '1 outcome-asked zhunisov superseded',
      ...['days', 'day', 'hours'].flatMap(kind =>
        ['zhunisov', 'contact'].map(who => `1 reminder-${kind} ${who} superseded`),
      ),
      '2 invitation-cancellation zhunisov',
      '2 talk-cancelled contact',
    ].sort(),
  )
  t.match(
    await db
      .selectFrom('requests')
      .select(['state', 'ended_at'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow(),
    { state: 'waiting', ended_at: null },
  )
  t.match(await cancel(db, sleeping, { by, talkId: talk, location: '/y', reason: 'weather' }, clock.now), {
    refused: { code: 'talk-ended', state: 'cancelled' },
  })
  const again = await bookedTalk(here, named, number, '2026-12-07T10:20', ['zhunisov'])
  await cancel(db, sleeping, { by, talkId: again, location: '/y', reason: 'host' }, clock.now)
  t.match(await db.selectFrom('requests').select('state').where('number', '=', number).executeTakeFirstOrThrow(), {
    state: 'withdrawn',
  })
})

t.test('a talk of another House is not there', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, { host: 'school-901' }), '2026-11-27T10:50', [
    'baizhan',
  ])
  const house = await db.selectFrom('houses').select('id').where('slug', '=', 'shymkent').executeTakeFirstOrThrow()
  const foreign = { ...by, houseId: house.id }
  const revision = { by: foreign, talkId: talk, location: '/x' }
  t.same(await move(db, sleeping, secret, { ...revision, startsAt: at('2026-11-27T11:40') }, clock.now), {
    refused: { code: 'missing' },
  })
  t.same(
    await swap(
      db,
      sleeping,
      secret,
      { ...revision, out: named.speaker('baizhan'), in: named.speaker('zhunisov') },
      clock.now,
    ),
    { refused: { code: 'missing' } },
  )
  t.same(await cancel(db, sleeping, { ...revision, reason: 'other' }, clock.now), { refused: { code: 'missing' } })
})

t.test('the same form twice is one booking with one answer', async t => {
  const number = await ask(here, named, { host: 'school-918', windows: [{ from: '2026-12-10', to: '2026-12-11' }] })
  const form = { key: 'k', url: '/booking', by: 'me', body: { a: 1 }, now: clock.now }
  const first = await bookTalk(here, named, number, '2026-12-10T10:20', ['suleimenova'], { form })
  const second = await bookTalk(here, named, number, '2026-12-10T10:20', ['suleimenova'], { form })
  t.same(second, first)
})

t.test('a declined request ends with its reason, and its contact is told once', async t => {
  const number = await ask(here, named)
  const declining = { actor: named.actor, requestNumber: number, reason: 'no-time' as const }
  t.same(await decline(db, sleeping, declining, clock.now), { location: `/app/requests/${number}` })
  const request = await db
    .selectFrom('requests')
    .select(['id', 'state', 'decline_reason', 'version'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  t.match(request, { state: 'declined', decline_reason: 'no-time', version: 2 })
  t.same(
    await db
      .selectFrom('messages')
      .select(['kind', 'version', 'state', 'address'])
      .where('request_id', '=', request.id)
      .execute(),
    [{ kind: 'request-declined', version: 2, state: 'waiting', address: 'school@kezdesu.example' }],
  )
  t.same(await decline(db, sleeping, declining, clock.now), { refused: { code: 'request-ended', state: 'declined' } })
})

t.test(
  'letters of several bookings in one act wait a minute for each other, those of a talk within a day for none',
  async t => {
    const dues = async (startsAt: string, joins?: string) => {
      const number = await ask(here, named, { windows: [{ from: '2026-11-24', to: '2026-11-27' }] })
      const talk = await bookedTalk(here, named, number, startsAt, ['zhunisov'], { ...(joins && { joins }) })
      const letters = await db
        .selectFrom('messages')
        .select('due_at')
        .where('talk_id', '=', talk)
        .where('kind', '=', 'invitation')
        .execute()
      await db.deleteFrom('messages').where('talk_id', '=', talk).execute()
      return letters.map(({ due_at }) => +due_at - +clock.now)
    }
    const policy = (set: { minimum_notice_minutes: number }) => db.updateTable('houses').set(set).execute()
    t.same(await dues('2026-11-26T13:10'), [0])
    t.same(await dues('2026-11-25T13:10', 'series:1'), [60_000])
    await policy({ minimum_notice_minutes: 60 })
    const monday = clock.now
    clock.now = monday.plus({ hours: 30 })
    t.same(await dues('2026-11-25T10:20', 'series:1'), [0])
    clock.now = monday
    await policy({ minimum_notice_minutes: 1440 })
  },
)
