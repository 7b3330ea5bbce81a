import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, type Minute, minuteOf, type Span } from '../base/time.ts'
import { findRoster, type Roster } from '../matching/roster-store.ts'
import type { Transport } from '../speakers/rules.ts'
import { approaches } from './busy-rules.ts'

export type SpeakerDays = { houseId: string; speakerIds: string[]; days: Day[] }

type Row = {
  id: string
  person_id: string
  talk_id: string
  house_id: string
  host_id: string
  busy: Span
  during: Span
  travel_minutes: number
  held_on: Day
  from_time: string
  minutes: number
  mode: string
  district: string
  lat: number | null
  lon: number | null
  home_district: string
  home_lat: number | null
  home_lon: number | null
  transport: Transport
}

/** Journeys of these days give way, so that a talk can be put where one lies today; `settle` lays them anew. */
export async function clearJourneys(trx: Trx, { speakerIds, days }: SpeakerDays): Promise<void> {
  await sql`
    update assignments a set busy = t.during from talks t
    where t.id = a.talk_id and a.person_id in (${personsOf(speakerIds)}) and t.held_on = any(${days}::date[])
      and t.state in ('booked', 'held') and a.state in ('invited', 'accepted') and a.busy <> t.during`.execute(trx)
}

/**
 * Stores for these people and days what is busy, journeys included, as the talks of all their Houses now stand. Whoever takes a speaker off
 * a talk or puts one on calls it in the same transaction, with the speaker locked.
 */
export async function settle(trx: Trx, which: SpeakerDays, now: DateTime, judged?: string): Promise<void> {
  const rows = await findRows(trx, which)
  const rosters = new Map<string, Roster | undefined>()
  for (const id of new Set([which.houseId, ...rows.map(({ house_id }) => house_id)]))
    rosters.set(id, await findRoster(trx, id, now))
  const wanted = [...Map.groupBy(rows, row => `${row.person_id} ${row.held_on}`).values()].flatMap(day =>
    // each House reckons the ways to its own talks; only the one that asks has judged anything
    [...Map.groupBy(day, row => row.house_id)].flatMap(([houseId, own]) => {
      const [roster, first] = [rosters.get(houseId), own[0]]
      if (!roster || !first) return []
      const traveller = {
        homeDistrict: first.home_district,
        home: pointOf(first.home_lat, first.home_lon),
        transport: first.transport,
      }
      const found = approaches(
        day.map(engagement),
        traveller,
        roster.travel,
        roster.policy.bufferMinutes,
        houseId === which.houseId ? judged : undefined,
      )
      return own.map(row =>
        busyOf(
          row,
          found.find(({ talkId }) => talkId === row.talk_id),
        ),
      )
    }),
  )
  if (wanted.every(({ same }) => same)) return
  await clearJourneys(trx, which)
  await sql`
    update assignments a set busy = v.busy::tstzrange, travel_minutes = v.minutes::int
    from (values ${sql.join(wanted.map(it => sql`(${it.id}, ${it.busy}, ${it.minutes})`))}) as v (id, busy, minutes)
    where a.id = v.id::uuid`.execute(trx)
}

/** A person's day is one day, whichever House the talks are for. */
const personsOf = (speakerIds: string[]) => sql`select person_id from speakers where id = any(${speakerIds}::uuid[])`

async function findRows(trx: Trx, { speakerIds, days }: SpeakerDays): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select a.id, a.person_id, a.talk_id, t.house_id, t.host_id, a.busy, a.travel_minutes, t.during, t.held_on, t.from_time, t.minutes, t.mode::text as mode,
      h.district, h.lat, h.lon, s.home_district, s.lat as home_lat, s.lon as home_lon, s.transport
    from assignments a join talks t on t.id = a.talk_id join hosts h on h.id = t.host_id join speakers s on s.id = a.speaker_id
    where a.person_id in (${personsOf(speakerIds)}) and t.held_on = any(${days}::date[])
      and t.state in ('booked', 'held') and a.state in ('invited', 'accepted')
    order by t.held_on, t.from_time`.execute(trx)
  return rows
}

function engagement(row: Row) {
  const from = minuteOf(row.from_time) ?? 0
  const online = row.mode !== 'onsite'
  return {
    talkId: row.talk_id,
    day: row.held_on,
    from,
    to: from + row.minutes,
    hostId: row.host_id,
    district: row.district,
    point: pointOf(row.lat, row.lon),
    online,
  }
}

function busyOf(row: Row, found: { leadMinutes: Minute; travelMinutes: Minute } | undefined) {
  const busy = { from: row.during.from.minus({ minutes: found?.leadMinutes ?? 0 }), to: row.during.to }
  const minutes = found?.travelMinutes ?? 0
  const same = +row.busy.from === +busy.from && +row.busy.to === +busy.to && row.travel_minutes === minutes
  return { id: row.id, busy, minutes, same }
}

const pointOf = (lat: number | null, lon: number | null) => (lat === null || lon === null ? undefined : { lat, lon })
