import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import fc from 'fast-check'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t from 'tap'
import { brokenConstraint } from '../../src/base/db/errors.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { publish } from '../../src/calendars/publish.ts'
import { deskOf } from '../../src/calendars/texts.ts'
import { placed } from '../../src/hosts/hall-rules.ts'
import { hallFor, hallOf } from '../../src/matching/hall-rules.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { timesOf } from '../../src/talks/store.ts'
import { undo } from '../../src/talks/undo-actions.ts'
import { cast } from '../cast.ts'
import { world as madeUp, request as wanted } from '../matching/worlds.ts'
import { summary, visitor } from '../requests/visitor.ts'
import { formOn, server, world } from '../world.ts'
import { ask, bookedTalk, bookTalk, names } from './situation.ts'

// a real server where there is one: the last word is its constraint
const w = await world(t, server())
const named = await names(w)
const { db, clock } = w
const staff = visitor(w, await w.signIn(cast.coordinator))
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const revision = (talkId: string) => ({ by, talkId, location: '/' })
const { secret } = w.app.config
const fault = (error: unknown) => {
  throw error
}
const people = ['zhunisov', 'suleimenova', 'baizhan', 'bekuly']
const school = named.host('school-907')

/** Halls through the form, as a coordinator keeps them; what the answer is. */
async function keepHalls(host: string, halls: (readonly [name: string, seats: string])[]) {
  await staff.get(`/app/hosts/${host}/edit?l=en`)
  const fields = Object.fromEntries(
    [1, 2, 3].flatMap((row, at) => {
      const [name = '', seats = ''] = halls[at] ?? []
      const names = ['kk', 'ru', 'en'].map(language => [`hall-name-${row}_${language}`, name && `${name} ${language}`])
      return [...names, [row === 1 ? 'seats' : `hall-seats-${row}`, seats]]
    }),
  )
  return staff.send(/\/edit$/, fields)
}
const rows = (host: string) =>
  db
    .selectFrom('host_halls')
    .select(['name_ru', 'seats', 'gone'])
    .where('host_id', '=', host)
    .orderBy('gone')
    .orderBy('position')
    .execute()
const hallIn = async (talkId: string) =>
  (
    await db
      .selectFrom('talks')
      .leftJoin('host_halls', 'host_halls.id', 'hall_id')
      .select('name_ru')
      .where('talks.id', '=', talkId)
      .executeTakeFirstOrThrow()
  ).name_ru
const on = (day: string, more = {}) => ask(w, named, { windows: [{ from: day, to: day }], ...more })
const codes = (done: object) =>
  'refused' in done && done.refused && typeof done.refused === 'object' && 'refusals' in done.refused
    ? (done.refused.refusals as { code: string }[]).map(({ code }) => code)
    : done

t.test('a hall is named in the form of its host, keeps its row, and alone needs no name', async t => {
  const before = await bookedTalk(w, named, await on('2026-12-01'), '2026-12-01T09:20', ['zhunisov'])
  t.equal((await keepHalls(school, [['', '90']])).statusCode, 303)
  t.same(await rows(school), [], 'one hall has only seats')
  t.equal(await hallIn(before), null)
  t.equal(
    (
      await keepHalls(school, [
        ['Big', '120'],
        ['', '30'],
      ])
    ).statusCode,
    422,
  )
  t.same(summary(staff.page()).length, 3, 'of two halls each has its names')
  t.equal(
    (
      await keepHalls(school, [
        ['Big', '20'],
        ['Big', '60'],
      ])
    ).statusCode,
    422,
  )
  t.equal(
    (
      await keepHalls(school, [
        ['Small', '20'],
        ['Big', '60'],
      ])
    ).statusCode,
    303,
  )
  t.same(await rows(school), [
    { name_ru: 'Small ru', seats: 20, gone: false },
    { name_ru: 'Big ru', seats: 60, gone: false },
  ])
  t.equal(await hallIn(before), 'Big ru', 'what is to come moves into the first hall that seats it')
  await staff.get(`/app/hosts/${school}?l=ru`)
  t.match(staff.page(), 'Small ru (20), Big ru (60)')
  t.equal((await keepHalls(school, [['Big', '60']])).statusCode, 422, 'row one was the small hall, row two has talks')
  t.match(summary(staff.page()).join(), /Зал 2.*здесь ещё пройдут встречи.*1/)
  t.match(formOn(staff.page(), `/app/hosts/${school}/edit`).fields, {
    'hall-name-1_ru': 'Big ru',
    'hall-name-2_ru': '',
  })
})

t.test('a talk takes the first hall that is free and seats everybody; with none it is refused', async t => {
  const day = '2026-12-02'
  const first = await bookedTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['zhunisov'])
  const second = await bookedTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['suleimenova'])
  t.same([await hallIn(first), await hallIn(second)], ['Small ru', 'Big ru'])
  t.same(codes(await bookTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['baizhan'])), ['hall-taken'])
  t.same(codes(await bookTalk(w, named, await on(day, { heads: 70 }), `${day}T10:20`, ['baizhan'])), ['no-hall-for'])
  const large = await bookedTalk(w, named, await on(day, { heads: 40 }), `${day}T10:20`, ['baizhan'])
  t.equal(await hallIn(large), 'Big ru', 'the small hall is free and too small')
  t.same(codes(await bookTalk(w, named, await on(day, { heads: 40 }), `${day}T10:20`, ['bekuly'])), ['hall-taken'])

  const moving = { startsAt: { day, minute: 10 * 60 + 20 }, waived: { windows: true } }
  await move(db, sleeping, secret, { ...revision(second), ...moving }, clock.now)
  t.equal(await hallIn(second), 'Small ru', 'moved, it takes the first free one there')
  t.same(codes(await move(db, sleeping, secret, { ...revision(first), ...moving }, clock.now)), ['hall-taken'])
  await undo(db, sleeping, revision(second), clock.now)
  t.equal(await hallIn(second), 'Big ru', 'taken back, what is free there')
  await swap(
    db,
    sleeping,
    secret,
    { ...revision(second), out: named.speaker('suleimenova'), in: named.speaker('bekuly') },
    clock.now,
  )
  t.equal(await hallIn(second), 'Big ru', 'another team stays where it is')
  await cancel(db, sleeping, { ...revision(first), reason: 'other' }, clock.now)
  const instead = await bookedTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['suleimenova'])
  t.equal(await hallIn(instead), 'Small ru')
  t.same(codes(await undo(db, sleeping, revision(first), clock.now)), ['hall-taken'], 'both halls are taken again')
  await cancel(db, sleeping, { ...revision(instead), reason: 'other' }, clock.now)
  await undo(db, sleeping, revision(first), clock.now)
  t.equal(await hallIn(first), 'Small ru')
})

t.test('speakers and school are told the hall wherever the place is said', async t => {
  const number = await on('2026-12-03', { heads: 30 })
  const id = await bookedTalk(w, named, number, '2026-12-03T09:20', ['zhunisov'])
  await w.deliver()
  const told = w.mails.filter(({ text }) => text.includes('Big kk'))
  t.same([...new Set(told.map(({ kind }) => kind))].sort(), ['invitation', 'talk-booked'])
  t.match(told.find(({ kind }) => kind === 'invitation')?.calendar?.content, /LOCATION:[^\n]*Big/)
  await publish(db, deskOf(w.app.config), named.house, clock.now, fault)
  const events = async () =>
    (
      await db
        .selectFrom('calendar_texts')
        .select('event')
        .where('talk_id', '=', id)
        .where('language', '=', 'ru')
        .execute()
    ).map(({ event }) => event.replaceAll('\r\n ', ''))
  t.ok((await events()).every(event => /LOCATION:[^\r\n]*Big ru/.test(event)))
  const { nonce } = await db
    .selectFrom('requests')
    .select('nonce')
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  for (const page of [`/r/${nonce}`, `/app/talks/${id}`, '/app/day?date=2026-12-03', `/app/talks/${id}/visitors`]) {
    await staff.get(`${page}${page.includes('?') ? '&' : '?'}l=ru`)
    t.match(staff.page(), 'Big ru', page)
  }
  await db.updateTable('host_halls').set({ name_ru: 'Grand ru' }).where('name_ru', '=', 'Big ru').execute()
  await publish(db, deskOf(w.app.config), named.house, clock.now, fault)
  t.ok(
    (await events()).every(event => event.includes('Grand ru')),
    'a new name reaches calendars',
  )
  await db.updateTable('host_halls').set({ name_ru: 'Big ru' }).where('name_ru', '=', 'Grand ru').execute()
})

t.test('a closure empties the halls, and who comes back finds one', async t => {
  const day = '2026-12-04'
  const talks = [
    await bookedTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['zhunisov']),
    await bookedTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['suleimenova']),
  ]
  const { district } = await db
    .selectFrom('hosts')
    .select('district')
    .where('id', '=', school)
    .executeTakeFirstOrThrow()
  for (const outcome of ['online', 'cancelled']) {
    const query = new URLSearchParams({
      from: day,
      to: day,
      cause: 'frost',
      outcome,
      kinds: 'school',
      districts: district,
    })
    await staff.get(`/app/closures/new?${query}&link=https://meet.example/a`)
    const done = await staff.send('/app/closures', {})
    if (outcome === 'online') t.same([await hallIn(talks[0] ?? ''), await hallIn(talks[1] ?? '')], [null, null])
    const path = String(done.headers.location)
    await staff.get(`${path}/lifting?l=en`)
    await staff.send(`${path}/lifting`, {})
    t.same([await hallIn(talks[0] ?? ''), await hallIn(talks[1] ?? '')].sort(), ['Big ru', 'Small ru'], outcome)
  }
})

t.test('two entries of one host become one with a hall for each talk, and two again', async t => {
  const [other, day] = [named.host('school-901'), '2026-12-08']
  const { district } = await db
    .selectFrom('hosts')
    .select('district')
    .where('id', '=', school)
    .executeTakeFirstOrThrow()
  await db.updateTable('hosts').set({ district }).where('id', '=', other).execute()
  const here = await bookedTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['zhunisov'])
  const there = await bookedTalk(w, named, await on(day, { heads: 15, host: 'school-901' }), `${day}T09:45`, [
    'suleimenova',
  ]).catch(async () =>
    bookedTalk(w, named, await on(day, { heads: 15, host: 'school-901' }), `${day}T09:50`, ['suleimenova']),
  )
  const { folded } = await db.selectFrom('hosts').select('folded').where('id', '=', school).executeTakeFirstOrThrow()
  await db.updateTable('hosts').set({ folded }).where('id', '=', other).execute()
  await staff.get(`/app/hosts/${school}?l=ru`)
  t.equal((await staff.send(/merge$/, { duplicate: other })).statusCode, 303)
  t.same([await hallIn(here), await hallIn(there)], ['Small ru', 'Big ru'])
  await staff.get(`/app/hosts/${school}?l=ru`)
  t.equal((await staff.send(/merge\/undo$/, {})).statusCode, 303)
  t.same([await hallIn(here), await hallIn(there)], ['Small ru', null])
  const third = await bookedTalk(w, named, await on(day, { heads: 15 }), `${day}T09:20`, ['baizhan'])
  await staff.get(`/app/hosts/${school}?l=ru`)
  t.equal((await staff.send(/merge$/, { duplicate: other })).statusCode, 409, 'both halls are taken')
  t.same([await hallIn(third), await hallIn(there)], ['Big ru', null])
})

t.test('judge and constraint agree over random halls and talks', async () => {
  const hosts = [named.host('school-904'), named.host('school-909')]
  const model = await db.selectFrom('talks').selectAll().where('host_id', '=', school).executeTakeFirstOrThrow()
  class Back extends Error {}
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.constantFrom(10, 30, 60), { nil: undefined }), { maxLength: 3 }),
      fc.array(
        fc.record({
          from: fc.integer({ min: 32, max: 40 }),
          quarters: fc.integer({ min: 1, max: 3 }),
          heads: fc.constantFrom(8, 25, 50),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      async (seats, talks) => {
        await db
          .transaction()
          .execute(async trx => {
            const [hostId = ''] = hosts
            const halls: { id: string; seats: number | undefined }[] = []
            for (const [at, each] of seats.entries()) {
              const said = { name_kk: `${at}`, name_ru: `${at}`, name_en: `${at}` }
              const { id } = await trx
                .insertInto('host_halls')
                .values({ host_id: hostId, position: at + 1, seats: each ?? null, ...said })
                .returning('id')
                .executeTakeFirstOrThrow()
              halls.push({ id, seats: each })
            }
            let hallTaken = madeUp().hallTaken
            for (const [at, { from, quarters, heads }] of talks.entries()) {
              const moment = { day: '2027-01-20', from: from * 15, to: (from + quarters) * 15 }
              const place = { host: { ...madeUp().host, halls }, hallTaken }
              const asked = wanted({ heads })
              const room = hallFor(place, asked, moment)
              const startsAt = DateTime.fromISO('2027-01-20T00:00Z', { zone: 'utc' }).plus({ minutes: moment.from })
              const stored = async (hall_id: string | null) => {
                try {
                  await sql`savepoint one`.execute(trx)
                  await trx
                    .insertInto('talks')
                    .values({
                      house_id: model.house_id,
                      host_id: hostId,
                      topic_id: model.topic_id,
                      zone: model.zone,
                      ...timesOf(moment, startsAt),
                      mode: 'onsite',
                      hall_id,
                      heads_planned: heads,
                      created_at: clock.now,
                      revised_at: clock.now,
                    })
                    .execute()
                  return true
                } catch (error) {
                  await sql`rollback to savepoint one`.execute(trx)
                  strictEqual(brokenConstraint(error), 'a_hall_holds_one_talk_at_a_time')
                  return false
                }
              }
              if (room && 'hallId' in room) {
                ok(await stored(room.hallId ?? null), 'what is judged possible is stored')
                hallTaken = [...hallTaken, { ...moment, talkId: `${at}`, hallId: room.hallId }]
              } else {
                const seating =
                  halls.length === 0 ? [null] : halls.filter(it => !it.seats || it.seats >= heads).map(({ id }) => id)
                for (const id of seating) ok(!(await stored(id)), 'what is judged impossible is refused in every hall')
              }
            }
            throw new Back()
          })
          .catch(error => {
            if (!(error instanceof Back)) throw error
          })
      },
    ),
    { numRuns: 25 },
  )
})

t.test('what moves in with others is placed without an overlap, where it stood before if it can', async () => {
  const span = fc.record({
    from: fc.integer({ min: 0, max: 12 }),
    long: fc.integer({ min: 1, max: 4 }),
    heads: fc.constantFrom(5, 50),
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(span, { maxLength: 6 }), (count, spans) => {
      const halls = Array.from({ length: count }, (_, at) => ({ id: `${at}`, seats: at === 0 ? 10 : 100 }))
      const talks = spans.map(({ from, long, heads }, at) => ({
        id: `t${at}`,
        from,
        to: from + long,
        heads,
        before: undefined,
      }))
      const found = placed(halls, [], talks)
      const crowd = (at: number) => talks.filter(({ from, to }) => from <= at && at < to).length
      if (!found) return ok([...Array(20).keys()].some(at => crowd(at) > count))
      for (const a of talks)
        for (const b of talks) ok(a === b || found.get(a.id) !== found.get(b.id) || a.to <= b.from || b.to <= a.from)
      return
    }),
  )
  const own = placed(
    [
      { id: 'a', seats: 9 },
      { id: 'b', seats: 9 },
    ],
    [],
    [{ id: 't', from: 0, to: 1, heads: 5, before: 'b' }],
  )
  deepStrictEqual([...(own ?? [])], [['t', 'b']])
  strictEqual(
    hallOf({ host: { halls: [] }, hallTaken: [] }, wanted(), { day: '2026-12-01', from: 0, to: 9 }),
    undefined,
  )
})

t.test('of twenty bookings at once at a host of two halls exactly two stand', async t => {
  t.equal(
    (
      await keepHalls(named.host('school-912'), [
        ['One', '60'],
        ['Two', '60'],
      ])
    ).statusCode,
    303,
  )
  const numbers: number[] = []
  for (let each = 0; each < 20; each++) numbers.push(await on('2026-12-14', { host: 'school-912', heads: 20 }))
  const done = await Promise.all(
    numbers.map((number, at) => bookTalk(w, named, number, '2026-12-14T09:20', [people[at % 4] ?? ''])),
  )
  const stand = done.flatMap(each => ('id' in each ? [each.id] : []))
  t.equal(stand.length, 2)
  t.same((await Promise.all(stand.map(hallIn))).sort(), ['One ru', 'Two ru'])
})
