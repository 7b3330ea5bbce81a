import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type Day, type Span, wallOf } from '../base/time.ts'
import type { Engagement } from '../speakers/rules.ts'
import { point } from './read-store.ts'

/** A House's own speaker by the row that another House keeps of the same person. */
export type Twins = Map<string, string>

export async function findTwins(db: Db | Trx, houseId: string): Promise<Twins> {
  const rows = await db
    .selectFrom('speakers as own')
    .innerJoin('speakers as other', join =>
      join.onRef('other.person_id', '=', 'own.person_id').onRef('other.id', '<>', 'own.id'),
    )
    .select(['own.id', 'other.id as twin'])
    .where('own.house_id', '=', houseId)
    .execute()
  return new Map(rows.map(({ id, twin }) => [twin, id]))
}

/**
 * When the House's people speak for other Houses, and where, as far as a journey must know it; who listens to what there is
 * no business of this House. No query where nobody serves two Houses.
 */
export async function findElsewhere(
  db: Db | Trx,
  { twins, zone }: { twins: Twins; zone: string },
  days: { from: Day; to: Day },
): Promise<Map<string, Engagement[]>> {
  if (twins.size === 0) return new Map()
  const { rows } = await sql<Row>`
    select a.speaker_id, t.during, t.mode::text as mode, h.district, h.lat, h.lon
    from assignments a join talks t on t.id = a.talk_id join hosts h on h.id = t.host_id
    where a.speaker_id = any(${[...twins.keys()]}::uuid[]) and t.held_on between ${days.from}::date - 1 and ${days.to}::date + 1
      and t.state in ('booked', 'held') and a.state in ('invited', 'accepted')`.execute(db)
  return Map.groupBy(
    rows.map(row => engagementOf(row, zone)),
    (_, at) => twins.get(rows[at]?.speaker_id ?? '') ?? '',
  )
}

type Row = {
  speaker_id: string
  during: Span
  mode: string
  district: string
  lat: number | null
  lon: number | null
}

function engagementOf(row: Row, zone: string): Engagement {
  const { day, minute } = wallOf(row.during.from, zone)
  const length = row.during.to.diff(row.during.from, 'minutes').minutes
  const online = row.mode !== 'onsite'
  const place = { district: row.district, point: point(row), online }
  return { talkId: '', day, from: minute, to: minute + length, ...place, elsewhere: true }
}

/** The same list where there is nothing to add: who keeps it knows it again. */
export const withElsewhere = (own: Engagement[], others: Engagement[] | undefined): Engagement[] =>
  others ? [...own, ...others].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.from - b.from)) : own
