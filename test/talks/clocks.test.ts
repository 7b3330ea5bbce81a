import fc from 'fast-check'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t from 'tap'
import { keepSetting, settingOf } from '../../src/base/db/settings.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { cancel } from '../../src/talks/change-actions.ts'
import { keepPromises } from '../../src/talks/clock-actions.ts'
import { inTurn, isNewer, keptAt, type Shifted } from '../../src/talks/clock-rules.ts'
import { feedPath } from '../calendars/feed-path.ts'
import { world } from '../world.ts'
import { ask, bookedTalk, ledger, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, mails, app } = here
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]
const faults: string[] = []
const keep = (edition: string) => keepPromises(db, sleeping, clock.now, edition, error => faults.push(String(error)))
const standing = (id: string) => db.selectFrom('talks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const seats = (id: string) =>
  db.selectFrom('assignments').select(['state', 'busy']).where('talk_id', '=', id).orderBy('id').execute()

/** As if these talks had been booked while the zone was an hour further: the hour on the wall is another instant now. */
async function bookedUnderAnOlderLaw(ids: string[]) {
  for (const id of ids) {
    const hour = "- interval '1 hour'"
    const sooner = (span: string) =>
      sql`tstzrange(lower(${sql.ref(span)}) ${sql.raw(hour)}, upper(${sql.ref(span)}) ${sql.raw(hour)})`
    await sql`update talks set during = ${sooner('during')} where id = ${id}`.execute(db)
    await sql`update assignments set busy = ${sooner('busy')} where talk_id = ${id}`.execute(db)
    await sql`update messages set due_at = due_at ${sql.raw(hour)}, not_after = not_after ${sql.raw(hour)}
      where talk_id = ${id} and kind like 'reminder-%'`.execute(db)
  }
}

t.test(
  'talks keep their hour when the law of a zone changes, answers and all, and everybody’s calendar hears of it',
  async t => {
    const number = await ask(here, named, { windows: wide })
    const first = await bookedTalk(here, named, number, '2026-12-01T10:20', ['zhunisov'])
    const second = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-01T11:20', [
      'zhunisov',
    ])
    const off = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-02T10:20', [
      'baizhan',
    ])
    await here.deliver()
    await cancel(db, sleeping, { by, talkId: off, location: '/x', reason: 'weather' }, clock.now)
    await here.deliver()
    await db
      .updateTable('assignments')
      .set({ state: 'accepted', answered_at: clock.now })
      .where('talk_id', '=', first)
      .execute()
    const wished = await Promise.all([first, second].map(standing))
    const busy = await seats(first)
    await bookedUnderAnOlderLaw([first, second, off])
    const feed = await feedPath(
      db,
      app.config.secret,
      { kind: 'speaker', houseId: named.house, ownerId: named.speaker('zhunisov') },
      clock.now,
    )
    const before = await app.inject(feed)
    t.match(before.body, 'DTSTART;TZID=Asia/Almaty:20261201T092000', 'an hour off')
    mails.length = 0
    clock.now = clock.now.plus({ minutes: 1 })

    t.equal(await keep('2027a'), 2)
    t.same(faults, [])
    for (const [at, talk] of (await Promise.all([first, second].map(standing))).entries()) {
      t.equal(+talk.during.from, Number(wished[at]?.during.from))
      t.same([talk.held_on, talk.from_time, talk.sequence, talk.version], ['2026-12-01', wished[at]?.from_time, 1, 2])
    }
    t.same(await seats(first), busy, 'the way there, and the yes')
    t.match(await standing(off), { sequence: 1, state: 'cancelled' })
    t.same(
      (await ledger(here, first)).filter(row => row.startsWith('2 ')),
      [
        '2 invitation-update zhunisov',
        '2 outcome-asked zhunisov',
        '2 reminder-day contact',
        '2 reminder-day zhunisov',
        '2 reminder-days contact',
        '2 reminder-days zhunisov',
        '2 reminder-hours contact',
        '2 reminder-hours zhunisov',
        '2 talk-changed contact',
      ].sort(),
    )
    await here.deliver()
    const said = mails
      .map(mail =>
        [
          mail.kind,
          mail.calendar?.method,
          /PARTSTAT=([A-Z-]+)/.exec(mail.calendar?.content ?? '')?.[1],
          /SEQUENCE:(\d)/.exec(mail.calendar?.content ?? '')?.[1],
        ].join(' '),
      )
      .sort()
    t.same(said, [
      'invitation-update REQUEST ACCEPTED 1',
      'invitation-update REQUEST NEEDS-ACTION 1',
      'talk-changed REQUEST ACCEPTED 1',
      'talk-changed REQUEST ACCEPTED 1',
    ])
    for (const { text, subject } of mails) {
      t.match(text, /Аймақтың сағаты ауыстырылды. Кездесудің жергілікті уақыты бұрынғыдай: 1 желтоқсан, 1[01]:20/)
      t.match(subject, /1 желтоқсан, 1[01]:20/)
      t.notMatch(text, /09:20|Ескі уақыты|Жаңа уақытта/)
    }
    const after = await app.inject({ url: feed, headers: { 'if-none-match': String(before.headers.etag) } })
    t.equal(after.statusCode, 200)
    t.match(after.body, 'DTSTART;TZID=Asia/Almaty:20261201T102000')
    t.same(
      (await ledger(here, first)).filter(row => row.startsWith('1 reminder') && !row.endsWith('superseded')),
      [],
      'nobody is reminded by the old time, too',
    )
  },
)

t.test('the same edition, an older one, and one that nobody names change nothing', async t => {
  t.equal(await settingOf(db, 'zone_data'), '2027a')
  const talk = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-08T10:20', [
    'zhunisov',
  ])
  await bookedUnderAnOlderLaw([talk])
  for (const edition of ['2027a', '2026c', '']) t.equal(await keep(edition), 0, edition)
  t.match(await standing(talk), { sequence: 0 })
  t.equal(await keep('2027b'), 1)
  t.equal(await keep('2027b'), 0)
  t.match(await standing(talk), { sequence: 1 })
})

t.test('a talk that is over, or has begun, stays as it was: nobody is told of its hour', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-03T10:20', ['baizhan'])
  await bookedUnderAnOlderLaw([talk])
  const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' })
  const nowAt = (now: DateTime, edition: string) =>
    keepPromises(db, sleeping, now, edition, error => faults.push(String(error)))
  t.equal(await nowAt(at('2026-12-03T11:00:00+05:00'), '2027b1'), 0)
  t.match(await standing(talk), { sequence: 0 })
  t.equal(await nowAt(at('2026-12-03T09:50:00+05:00'), '2027b2'), 1, 'by the wall clock it is still to come')
  t.match(await standing(talk), { sequence: 1 })
  t.same(faults, [])
})

t.test('a process that is to end begins with no further talk, and the next one goes on', async t => {
  const talks = [
    await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-14T10:20', ['baizhan']),
    await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-15T10:20', ['baizhan']),
  ]
  await bookedUnderAnOlderLaw(talks)
  const ending = new AbortController()
  const fail = (error: unknown) => {
    throw error
  }
  const jobs = { deliver: async () => ending.abort() }
  t.equal(await keepPromises(db, jobs, clock.now, '2027b3', fail, ending.signal), 1)
  t.equal(await keep('2027b3'), 1)
  t.equal(await keep('2027b3'), 0)
  for (const talk of talks) t.match(await standing(talk), { sequence: 1 })
})

t.test('what cannot be kept is said, hinders no other talk, and is tried again', async t => {
  const [stuck, free] = [
    await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-09T10:20', ['zhunisov']),
    await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-12-10T10:20', ['zhunisov']),
  ]
  await bookedUnderAnOlderLaw([stuck, free])
  // somebody was put there by hand meanwhile
  const other = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: wide, host: 'school-912' }),
    '2026-12-11T10:20',
    ['zhunisov'],
  )
  const { during } = await standing(stuck)
  const late = { from: during.to, to: during.to.plus({ hours: 1 }) }
  await db.updateTable('assignments').set({ busy: late }).where('talk_id', '=', other).execute()
  await keepSetting(db, 'zone_data', '2027b')
  t.equal(await keep('2027c'), 1)
  t.match(faults, [new RegExp(`the hour of talk ${stuck} cannot be kept: .*a_speaker_is_in_one_place`)])
  t.match(await standing(stuck), { sequence: 0 })
  t.match(await standing(free), { sequence: 1 })
  t.equal(await settingOf(db, 'zone_data'), '2027b')
  await db.deleteFrom('assignments').where('talk_id', '=', other).execute()
  t.equal(await keep('2027c'), 1)
  t.equal(await settingOf(db, 'zone_data'), '2027c')
})

t.test('an hour that the clocks skip or repeat is nobody’s to guess', async t => {
  const at = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
  const zone = 'Asia/Almaty'
  t.equal(keptAt({ day: '2024-02-29', from: '23:30', zone, startsAt: at('2024-02-29T17:30:00Z') }), 'unclear')
  t.equal(keptAt({ day: '2024-02-29', from: '22:30', zone, startsAt: at('2024-02-29T16:30:00Z') }), undefined)
  t.equal(
    Number(keptAt({ day: '2024-03-01', from: '10:00', zone, startsAt: at('2024-03-01T04:00:00Z') })),
    +at('2024-03-01T05:00:00Z'),
  )
})

t.test('in turn nobody steps on another’s hour, whichever way the clocks go', async () => {
  const talks = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(talks, fc.constantFrom(-60, -30, 30, 60), (starts, minutes) => {
      const instant = (quarter: number) => DateTime.fromMillis(quarter * 900_000, { zone: 'utc' })
      const shifted = starts.map(
        (start): Shifted => ({
          ...{ id: String(start), houseId: '', zone: '', day: '', from: '' },
          startsAt: instant(start),
          keptAt: instant(start).plus({ minutes }),
        }),
      )
      // a quarter of an hour each: where all stand while each is moved
      const taken = new Map(shifted.map(talk => [talk.id, +talk.startsAt]))
      for (const talk of inTurn(shifted)) {
        const others = [...taken].filter(([id]) => id !== talk.id).map(([, at]) => at)
        if (others.includes(+talk.keptAt)) return false
        taken.set(talk.id, +talk.keptAt)
      }
      return true
    }),
  )
})

t.test('editions follow each other by year and letter', async t => {
  t.same(
    [
      isNewer('2026c', '2026b'),
      isNewer('2027a', '2026g'),
      isNewer('2026b', '2026b'),
      isNewer('2026b', undefined),
      isNewer('', undefined),
    ],
    [true, true, false, true, false],
  )
})
