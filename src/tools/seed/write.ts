import { sql } from 'kysely'
import type { Db } from '../../base/db/open.ts'
import { type Trx, transact } from '../../base/db/transact.ts'
import { written } from '../../base/db/values.ts'
import type { Rows } from './rows.ts'

/** Children after their parents. */
const order = [
  'contacts',
  'series',
  'requests',
  'request_languages',
  'request_windows',
  'talks',
  'assignments',
  'changes',
  'messages',
  'feeds',
  'feedback',
  'reporting_bodies',
  'talk_reporters',
] as const
const most = 1000

/** Writes many rows with few statements, in one transaction. */
export async function writeAll(db: Db, list: Rows[]): Promise<void> {
  await transact(db, async trx => {
    for (const table of order) await writeTable(trx, table, list)
  })
}

/** A column that a row does not name keeps its default, so rows go by the columns that they name. */
async function writeTable(trx: Trx, table: (typeof order)[number], list: Rows[]): Promise<void> {
  const rows = list.flatMap((rows): object[] => rows[table] ?? []).map(plain)
  for (const [columns, alike] of Map.groupBy(rows, row => Object.keys(row).join()))
    for (let from = 0; from < alike.length; from += most)
      await writeSome(trx, table, columns.split(','), alike.slice(from, from + most))
}

/** One parameter for all: a statement with ten thousand of them was a seventh of the time of a seeding. */
async function writeSome(trx: Trx, table: string, columns: string[], rows: object[]): Promise<void> {
  const names = sql.join(columns.map(column => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${names})
    select ${names} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`.execute(trx)
}

/** Without what is undefined; `detail` is a text of JSON already. */
function plain(row: object): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(row))
    if (value !== undefined) found[column] = column === 'detail' ? JSON.parse(String(value)) : written(value)
  return found
}
