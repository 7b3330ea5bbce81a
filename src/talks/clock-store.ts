import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, minuteOf } from '../base/time.ts'
import { isQuiet, quietEnds } from '../messages/reminder-rules.ts'
import type { Promised } from './clock-rules.ts'

/** What is promised from a day on. */
export async function findPromises(db: Db, from: Day): Promise<Promised[]> {
  const rows = await db
    .selectFrom('talks')
    .select(['id', 'house_id', 'zone', 'held_on', 'from_time', 'during'])
    .where('state', '=', 'booked')
    .where('held_on', '>=', from)
    .execute()
  return rows.map(row => ({
    id: row.id,
    houseId: row.house_id,
    zone: row.zone,
    day: row.held_on,
    from: row.from_time,
    startsAt: row.during.from,
  }))
}

/** Who stands for a talk stands as before, answers and all, busy during the talk alone; `settle` adds the journeys. */
export const keepSeats = (trx: Trx, talkId: string) =>
  sql`update assignments a set busy = t.during from talks t
    where t.id = a.talk_id and t.id = ${talkId} and a.state in ('invited', 'accepted')`.execute(trx)

/** Now, or when the quiet hours of a House are over. */
export async function afterQuiet(trx: Trx, houseId: string, now: DateTime): Promise<DateTime> {
  const { zone, ...house } = await trx
    .selectFrom('houses')
    .select(['zone', 'quiet_from', 'quiet_until'])
    .where('id', '=', houseId)
    .executeTakeFirstOrThrow()
  const quiet = { from: minuteOf(house.quiet_from) ?? 0, until: minuteOf(house.quiet_until) ?? 0 }
  const here = now.setZone(zone)
  return isQuiet(here.hour * 60 + here.minute, quiet) ? quietEnds(here, quiet) : now
}
