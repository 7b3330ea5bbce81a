import type { Insertable } from 'kysely'
import type { Db } from '../../base/db/open.ts'
import type { Tables } from '../../base/db/tables.ts'
import { type Trx, transact } from '../../base/db/transact.ts'
import type { Rows } from './rows.ts'

/** Children after their parents. */
const order = [
  'contacts',
  'requests',
  'request_languages',
  'request_windows',
  'talks',
  'assignments',
  'changes',
  'messages',
  'feeds',
  'feedback',
] as const
const most = 400

/** Writes many rows with few statements, in one transaction. */
export async function writeAll(db: Db, list: Rows[]): Promise<void> {
  await transact(db, async trx => {
    for (const table of order) await writeTable(trx, table, list)
  })
}

async function writeTable<Table extends (typeof order)[number]>(trx: Trx, table: Table, list: Rows[]): Promise<void> {
  const rows = list.flatMap((rows): Insertable<Tables[Table]>[] => rows[table] ?? [])
  for (let from = 0; from < rows.length; from += most)
    await trx
      .insertInto(table)
      .values(rows.slice(from, from + most) as never)
      .execute()
}
