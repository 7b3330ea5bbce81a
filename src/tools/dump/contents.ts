import { sql, type Transaction } from 'kysely'
import type { Db } from '../../base/db/open.ts'
import type { Tables } from '../../base/db/tables.ts'

/** Sessions, links, counters and files that nobody has imported yet belong to the moment; the revision of the roster and the texts of calendars make themselves, and so does what reports count. */
const momentary = [
  'sessions',
  'sign_in_links',
  'challenges',
  'first_administrator_links',
  'limits',
  'form_answers',
  'roster_revision',
  'diary_marks',
  'talk_calendars',
  'calendar_texts',
  'report_talks',
  'public_feeds',
  'leases',
  'import_rows',
  'word_files',
]

/** All tables whose rows make up the Houses, parents before their children. */
export async function tablesInOrder(db: Db): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely_%' order by relname`.execute(
    db,
  )
  const { rows: references } = await sql<{ child: string; parent: string }>`
    select c.relname as child, p.relname as parent from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and c.oid <> p.oid`.execute(db)
  const left = new Set(tables.map(({ name }) => name).filter(name => !momentary.includes(name)))
  const order: string[] = []
  while (left.size > 0) {
    const ready = [...left].filter(name => references.every(({ child, parent }) => child !== name || !left.has(parent)))
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left].join(', ')}`)
    for (const name of ready) left.delete(name)
    order.push(...ready)
  }
  return order
}

export type Row = Record<string, unknown>
const page = 1000

/** The rows of a table as JSON the database itself wrote, page by page, always in the same order. */
export async function* rowsOf(trx: Transaction<Tables>, table: string): AsyncGenerator<Row[]> {
  const { rows: key } = await sql<{ column: string }>`
    select a.attname as column from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
    where i.indrelid = ${table}::regclass and i.indisprimary order by a.attnum`.execute(trx)
  const by = sql.join(key.map(({ column }) => sql.ref(column)))
  for (let from = 0; ; from += page) {
    const { rows } = await sql<{
      row: Row
    }>`select to_jsonb(t) as row from ${sql.table(table)} t order by ${by} limit ${page} offset ${from}`.execute(trx)
    if (rows.length > 0) yield rows.map(({ row }) => (table === 'messages' ? { ...row, sign_in_link_id: null } : row))
    if (rows.length < page) return
  }
}

/** Puts rows of a backup back; the database reads its own JSON, so every type comes back as it was. */
export async function insertRows(trx: Transaction<Tables>, table: string, rows: Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = sql.join(Object.keys(first).map(column => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    trx,
  )
}

/** Numbers given by the database go on after the highest that is there. */
export async function continueNumbering(trx: Transaction<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attidentity <> '' and c.relnamespace = 'public'::regnamespace`.execute(trx)
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), greatest(1, (select max(${sql.ref(column)}) from ${sql.table(table)})))`.execute(
      trx,
    )
}
