import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Tables } from './tables.ts'
import type { Trx } from './transact.ts'

type Row = Record<string, unknown>

// a statement may last five seconds, and the embedded database lets nobody in while one runs
const atOnce = 500

const chunks = (rows: Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, at) => rows.slice(at * atOnce, (at + 1) * atOnce))

/** Inserts rows that all have the same columns, some hundred a statement; what a column is typed as, the database knows. */
export async function insertMany(trx: Trx, table: keyof Tables & string, rows: Row[]): Promise<void> {
  for (const part of chunks(rows)) {
    // answers of the embedded database leave no turn to anybody else
    await breathe()
    const columns = sql.join(Object.keys(part[0] ?? {}).map(name => sql.ref(name)))
    await sql`insert into ${sql.table(table)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(part)}::jsonb)`.execute(
      trx,
    )
  }
}

/** Sets the columns that the rows have beside their `id`, some hundred a statement. */
export async function updateMany(
  trx: Trx,
  table: keyof Tables & string,
  rows: (Row & { id: string })[],
): Promise<void> {
  for (const part of chunks(rows)) {
    await breathe()
    const names = Object.keys(part[0] ?? {}).filter(name => name !== 'id')
    const set = sql.join(names.map(name => sql`${sql.ref(name)} = its.${sql.ref(name)}`))
    await sql`update ${sql.table(table)} set ${set}
      from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(part)}::jsonb) its
      where ${sql.table(table)}.id = its.id`.execute(trx)
  }
}
