import { sql } from 'kysely'
import { codeOf } from '../base/db/errors.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { valuesIn } from '../base/text.ts'
import { Mistake } from '../config.ts'

/**
 * Sessions, links, counters and files that nobody has imported yet belong to the moment; the revision of the roster and
 * the texts of calendars make themselves, and so does what reports count; what was backed up where is news of the old machine.
 */
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
  'report_marks',
  'public_feeds',
  'leases',
  'import_rows',
  'word_files',
  'backup_runs',
]

/** All tables whose rows make up the Houses, parents before their children. */
export async function tablesInOrder(db: Db | Trx): Promise<string[]> {
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

const page = 1000
/** A row as the database itself writes it, the same on both; a letter loses its link to sign in with, which is not kept. */
const written = (table: string) =>
  table === 'messages' ? sql`(to_jsonb(t) || '{"sign_in_link_id": null}')::text` : sql`to_jsonb(t)::text`

/** The rows of a table as text, page by page. */
export type Rows = (table: string) => AsyncGenerator<string[]>

/** Gives `work` all tables as they are at one moment, and lets them go afterwards. */
export async function* atOneMoment<Part>(
  { db, embedded }: { db: Db; embedded: boolean },
  work: (tables: string[], rowsOf: Rows) => AsyncGenerator<Part>,
): AsyncGenerator<Part> {
  yield* embedded ? fromCopies(db, work) : fromSnapshot(db, work)
}

async function* fromSnapshot<Part>(
  db: Db,
  work: (tables: string[], rowsOf: Rows) => AsyncGenerator<Part>,
): AsyncGenerator<Part> {
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute()
  try {
    // it reads for longer than a page may, and may wait for a slow disk
    await sql`set local statement_timeout = 0`.execute(trx)
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
    yield* work(await tablesInOrder(trx), async function* (table) {
      await sql`declare rows_of no scroll cursor for select ${written(table)} as row from ${sql.table(table)} t`.execute(
        trx,
      )
      for (;;) {
        const { rows } = await sql<{ row: string }>`fetch forward ${sql.lit(page)} from rows_of`.execute(trx)
        yield rows.map(({ row }) => row)
        if (rows.length < page) break
      }
      await sql`close rows_of`.execute(trx)
    })
  } finally {
    await trx.rollback().execute()
  }
}

const copyOf = (table: string) => sql.table(`pg_temp.copy_of_${table}`)
// some 15 ms of reading: then somebody else has the connection
const blocks = 4

/**
 * The embedded database has one connection, and a transaction that reads everything would keep all pages waiting for
 * seconds. So the tables are copied within the database, at city size in half a second, and the copies are read bit by bit.
 */
async function* fromCopies<Part>(
  db: Db,
  work: (tables: string[], rowsOf: Rows) => AsyncGenerator<Part>,
): AsyncGenerator<Part> {
  const tables = await tablesInOrder(db)
  try {
    await transact(db, async trx => {
      for (const table of tables) {
        await sql`drop table if exists ${copyOf(table)}`.execute(trx)
        await sql`create temporary table ${sql.table(`copy_of_${table}`)} as table ${sql.table(table)}`.execute(trx)
      }
    })
    yield* work(tables, async function* (table) {
      const { rows: size } = await sql<{
        blocks: number
      }>`select (pg_relation_size(${`pg_temp.copy_of_${table}`}) / 8192)::int as blocks`.execute(db)
      for (let from = 0; from < (size[0]?.blocks ?? 0); from += blocks) {
        const { rows } = await sql<{ row: string }>`
          select ${written(table)} as row from ${copyOf(table)} t
          where ctid >= ${`(${from},0)`}::tid and ctid < ${`(${from + blocks},0)`}::tid`.execute(db)
        yield rows.map(({ row }) => row)
      }
    })
  } finally {
    for (const table of tables) await sql`drop table if exists ${copyOf(table)}`.execute(db)
    // there is no autovacuum, and each copy leaves rows in these
    await sql`vacuum pg_class, pg_attribute, pg_type, pg_depend, pg_index`.execute(db)
  }
}

/** Puts rows of a backup back; the database reads its own JSON, so every type comes back as it was. */
export async function insertRows(trx: Trx, table: string, rows: string[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const values = valuesIn(first)
  if (!values) throw notARow(table)
  const columns = sql.join(Object.keys(values).map(column => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${rows.join()}]`}::jsonb)`
    .execute(trx)
    .catch((error: unknown) => {
      // what fits no column, and what breaks a rule of the schema
      throw /^(22|23|42)/.test(codeOf(error) ?? '') ? notARow(table, error) : error
    })
}

const notARow = (table: string, cause?: unknown): Mistake =>
  new Mistake(`the backup is damaged: it holds what is no row of ${table}`, { cause })

/** How many rows, and a sum of theirs that no order changes: equal sums, equal rows. */
export type Sum = { rows: number; sum: string }

/** The sum that `summing` makes of the same rows, made by the database. */
export async function sumOf(trx: Db | Trx, table: string): Promise<Sum> {
  const { rows } = await sql<{ rows: number; sum: string | null }>`
    select count(*)::int as rows, sum(('x' || substr(md5(${written(table)}), 1, 16))::bit(64)::bigint)::text as sum from ${sql.table(table)} t`.execute(
    trx,
  )
  return { rows: rows[0]?.rows ?? 0, sum: BigInt.asUintN(64, BigInt(rows[0]?.sum ?? 0)).toString(16) }
}

/** Numbers given by the database go on after the highest that is there. */
export async function continueNumbering(trx: Trx): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attidentity <> '' and c.relnamespace = 'public'::regnamespace`.execute(trx)
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), greatest(1, (select max(${sql.ref(column)}) from ${sql.table(table)})))`.execute(
      trx,
    )
}
