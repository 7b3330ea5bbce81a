import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type Day, plusDays } from '../base/time.ts'
import { fairDays } from '../speakers/burden-rules.ts'

export type Served = { talkMinutes: number; travelMinutes: number }

/** Minutes at talks and on the way, there and back, that each person of a House gave in the days before today. */
export async function findServed(db: Db | Trx, houseId: string, today: Day): Promise<Map<string, Served>> {
  const { rows } = await sql<{ speaker_id: string } & Served>`
    select a.speaker_id, sum(t.minutes)::int as "talkMinutes", sum(2 * a.travel_minutes)::int as "travelMinutes"
    from talks t join assignments a on a.talk_id = t.id
    where t.house_id = ${houseId} and t.held_on >= ${plusDays(today, -fairDays)}::date and t.held_on < ${today}::date
      and t.state in ('booked', 'held') and a.state in ('invited', 'accepted')
    group by a.speaker_id`.execute(db)
  return new Map(rows.map(({ speaker_id, ...its }) => [speaker_id, its]))
}
