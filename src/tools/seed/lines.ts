import { sql } from 'kysely'
import type { Db } from '../../base/db/open.ts'
import type { DateTime } from '../../base/time.ts'
import { coordinatorOf } from './coordinator.ts'

/** The country's help lines as a coordinator has called them one after another: none is overdue, some are due soon. */
export async function checkLines(db: Db, houseId: string, now: DateTime): Promise<void> {
  const coordinator = await coordinatorOf(db, houseId)
  await db
    .updateTable('support_lines')
    .set({
      checked_at: sql`${now}::timestamptz - make_interval(days => 3 + 4 * position % 26)`,
      checked_by: coordinator,
    })
    .where('house_id', 'is', null)
    .execute()
}
