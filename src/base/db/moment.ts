import { sql } from 'kysely'
import type { DateTime } from '../time.ts'
import type { Db } from './open.ts'
import type { Trx } from './transact.ts'

/** Now by the one clock that all processes share: the database's, shifted as far as the demonstration's is. */
export async function databaseNow(db: Db | Trx): Promise<DateTime> {
  const { rows } = await sql<{ now: DateTime; shift: string | null }>`
    select clock_timestamp() as now, (select value from settings where key = 'clock_shift_ms') as shift`.execute(db)
  const [row] = rows
  if (!row) throw new Error('the database told no time')
  return row.now.plus({ milliseconds: Number(row.shift ?? 0) })
}
