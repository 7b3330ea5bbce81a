import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Day } from '../base/time.ts'

const daysToConfirm = 3
const daysAfterTheLastWish = 14

/**
 * Ends what nobody can fulfil any more in this zone: a request past its latest day, or two weeks past its last wish (until
 * then a coordinator may still propose another time; one whose talk a closure took counts from the end of that), and one whose address was never confirmed. One statement, whatever the number.
 */
export async function endOverdue(
  trx: Trx,
  zone: string,
  today: Day,
  now: DateTime,
): Promise<{ id: string; houseId: string }[]> {
  const lastWish = sql`(select max(to_on) from request_windows w where w.request_id = r.id)`
  const { rows } = await sql<{ id: string; houseId: string }>`
    update requests r set state = 'expired', ended_at = ${now.toISO()}::timestamptz, version = version + 1
    where house_id in (select id from houses where zone = ${zone}) and (
      state = 'unconfirmed' and asked_at < ${now.minus({ days: daysToConfirm }).toISO()}::timestamptz
      or state = 'waiting' and coalesce(latest_on, ${lastWish} + ${daysAfterTheLastWish}::int) < ${today}::date
        and (postponed_from is null or postponed_from + ${daysAfterTheLastWish}::int < ${today}::date))
    returning id, house_id as "houseId"`.execute(trx)
  return rows
}

/** The zones in which Houses of this system work. */
export async function findZones(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('houses').select('zone').distinct().orderBy('zone').execute()
  return rows.map(row => row.zone)
}
