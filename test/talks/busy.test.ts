import fc from 'fast-check'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { answer } from '../../src/talks/answer-actions.ts'
import { approaches } from '../../src/talks/busy-rules.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { world } from '../world.ts'
import { ask, at, bookTalk, names } from './situation.ts'

const travel = {
  table: [{ from: 'a', to: 'b', transport: 'car' as const, minutes: 40 }],
  speeds: {
    walk: { kmh: 4, fixedMinutes: 0, detour: 1 },
    transit: { kmh: 14, fixedMinutes: 0, detour: 1 },
    car: { kmh: 20, fixedMinutes: 0, detour: 1 },
  },
  centres: [],
}
const car = { homeDistrict: 'a', home: undefined, transport: 'car' as const }
const talk = (talkId: string, from: number, to: number, district: string, online = false) => ({
  talkId,
  day: '2026-11-26',
  from,
  to,
  district,
  point: undefined,
  online,
})

t.test('the first talk of a day needs no journey; the next one begins with it', async t => {
  const day = [talk('one', 600, 645, 'a'), talk('two', 720, 765, 'b')]
  t.same(approaches(day, car, travel, 10), [
    { talkId: 'one', leadMinutes: 0, travelMinutes: 6 },
    { talkId: 'two', leadMinutes: 50, travelMinutes: 40 },
  ])
})

t.test('nobody travels while speaking online: the journey lies in a pause that holds it', async t => {
  const late = [talk('one', 600, 645, 'a'), talk('online', 720, 765, 'b', true), talk('two', 780, 825, 'b')]
  t.same(
    approaches(late, car, travel, 10).map(({ leadMinutes }) => leadMinutes),
    [0, 50, 0],
  )
  const early = [talk('one', 600, 645, 'a'), talk('online', 650, 695, 'b', true), talk('two', 780, 825, 'b')]
  t.same(
    approaches(early, car, travel, 10).map(({ leadMinutes }) => leadMinutes),
    [0, 0, 50],
  )
})

t.test('an old journey that no longer fits gives way, except round the talk that was just judged', async t => {
  const day = [talk('one', 600, 645, 'a'), talk('two', 660, 705, 'b')]
  t.same(
    approaches(day, car, travel, 10).map(({ leadMinutes }) => leadMinutes),
    [0, 15],
  )
  t.same(
    approaches(day, car, travel, 10, 'one').map(({ leadMinutes }) => leadMinutes),
    [0, 50],
  )
})

t.test(
  'after whatever people do, stored busy times are those of the talks that stand, and nobody overlaps',
  async t => {
    const here = await world(t)
    const named = await names(here)
    const { db, app, clock } = here
    const { secret } = app.config
    const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
    const people = ['zhunisov', 'suleimenova', 'baizhan', 'bekuly']
    const hosts = ['school-907', 'school-908', 'school-912', 'school-913', 'school-917', 'school-918']
    const times = ['08:30', '09:20', '10:20', '11:20', '12:15', '13:10']
    const days = ['2026-12-01', '2026-12-02']
    const step = fc.record({
      what: fc.constantFrom('book', 'book', 'book', 'move', 'swap', 'cancel', 'decline', 'accept'),
      host: fc.constantFrom(...hosts),
      day: fc.constantFrom(...days),
      time: fc.constantFrom(...times),
      person: fc.constantFrom(...people),
      which: fc.nat(20),
      online: fc.constantFrom(false, false, true),
    })
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async steps => {
        for (const { what, host, day, time, person, which, online } of steps) {
          if (what === 'book') {
            const number = await ask(here, named, {
              host,
              mode: online ? 'online' : 'onsite',
              windows: [{ from: '2026-12-01', to: '2026-12-02' }],
            })
            const booked = await bookTalk(here, named, number, `${day}T${time}`, [person])
            if ('id' in booked) done++
            continue
          }
          const talks = await db
            .selectFrom('talks')
            .select('id')
            .where('state', '=', 'booked')
            .orderBy('created_at')
            .orderBy('id')
            .execute()
          const id = talks[which % Math.max(1, talks.length)]?.id
          if (!id) continue
          const revision = { by, talkId: id, location: '/x' }
          const seat = await db
            .selectFrom('assignments')
            .select('speaker_id')
            .where('talk_id', '=', id)
            .where('state', '!=', 'replaced')
            .orderBy('invited_at', 'desc')
            .limit(1)
            .executeTakeFirst()
          if (what === 'move')
            await move(
              db,
              sleeping,
              secret,
              { ...revision, startsAt: at(`${day}T${time}`), waived: { windows: true } },
              clock.now,
            )
          else if (what === 'swap')
            await swap(
              db,
              sleeping,
              secret,
              { ...revision, out: seat?.speaker_id ?? '', in: named.speaker(person) },
              clock.now,
            )
          else if (what === 'cancel') await cancel(db, sleeping, { ...revision, reason: 'weather' }, clock.now)
          else if (seat)
            await answer(
              db,
              sleeping,
              {
                which: { talkId: id, speakerId: seat.speaker_id },
                response: what === 'decline' ? 'decline' : 'accept',
                reason: undefined,
                seen: undefined,
                accountId: undefined,
                location: '/x',
                form: { key: undefined, url: '', by: '', body: {}, now: clock.now },
              },
              clock.now,
            )
          clock.now = clock.now.plus({ seconds: 1 })
          await check()
        }
        for (const { id } of await db.selectFrom('talks').select('id').where('state', '=', 'booked').execute())
          await cancel(db, sleeping, { by, talkId: id, location: '/x', reason: 'host' }, clock.now)
      }),
      { numRuns: 8 },
    )
    t.ok(done > 5, `${done} talks were booked`)

    /** Judged anew from the talks alone: distance and speed by a formula of its own. */
    async function check() {
      const rows = await db
        .selectFrom('assignments')
        .innerJoin('talks', 'talks.id', 'assignments.talk_id')
        .innerJoin('hosts', 'hosts.id', 'talks.host_id')
        .select([
          'assignments.speaker_id',
          'assignments.busy',
          'talks.during',
          'talks.mode',
          'hosts.lat',
          'hosts.lon',
          'talks.id',
          'talks.held_on',
        ])
        .where('assignments.state', 'in', ['invited', 'accepted'])
        .where('talks.state', '=', 'booked')
        .orderBy('talks.during')
        .execute()
      for (const day of Map.groupBy(rows, row => `${row.speaker_id} ${row.held_on}`).values())
        for (const [place, row] of day.entries()) {
          const next = day[place + 1]
          if (next && next.busy.from < row.during.to)
            t.fail(`two talks of one person overlap: ${row.during.to.toISO()} ${next.busy.from.toISO()}`)
          const site = day.slice(0, place).findLast(({ mode }) => mode === 'onsite')
          if (row.mode !== 'onsite' || !site) continue
          const needed = way(site, row) + 10
          const pauses = day
            .slice(day.indexOf(site), place)
            .map((each, at) =>
              minutesBetween(each.during.to, day[day.indexOf(site) + at + 1]?.during.from ?? each.during.to),
            )
          if (Math.max(...pauses) < needed) t.fail(`no pause of ${needed} minutes between ${site.id} and ${row.id}`)
          const leads = day
            .slice(day.indexOf(site) + 1, place + 1)
            .map(each => minutesBetween(each.busy.from, each.during.from))
          if (Math.max(...leads) !== needed)
            t.fail(`the journey to ${row.id} is stored as ${leads.join(', ')}, not ${needed} minutes`)
        }
    }
  },
)

const minutesBetween = (from: { toMillis: () => number }, to: { toMillis: () => number }) =>
  (to.toMillis() - from.toMillis()) / 60_000

/** Public transport: 14 km/h, twelve minutes, a third and a little more than the straight line. */
function way(from: { lat: number | null; lon: number | null }, to: { lat: number | null; lon: number | null }): number {
  const [lat, lon, lat2, lon2] = [from.lat ?? 0, from.lon ?? 0, to.lat ?? 0, to.lon ?? 0].map(
    degrees => (degrees * Math.PI) / 180,
  ) as [number, number, number, number]
  if (lat === lat2 && lon === lon2) return 0
  const angle = Math.acos(
    Math.min(1, Math.sin(lat) * Math.sin(lat2) + Math.cos(lat) * Math.cos(lat2) * Math.cos(lon - lon2)),
  )
  return Math.ceil(12 + ((angle * 6371 * 1.35) / 14) * 60 - 1e-6)
}
