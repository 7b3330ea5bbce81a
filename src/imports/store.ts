import { sql } from 'kysely'
import { insertMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Choice, Counts, ImportKind, Reading, Row, State, Verdict } from './rules.ts'

export type NewImport = {
  id: string
  houseId: string
  accountId: string
  kind: ImportKind
  fileName: string
  reading: Reading
  counts: Counts
  digest: string
  now: DateTime
}
export type KeptRow = Row & { choice: Choice; verdict: Verdict }

const kept = { days: 1 }

/** Keeps a file that was read, with what became of each row, for a day. */
export async function insertImport(trx: Trx, it: NewImport, rows: { row: Row; verdict: Verdict }[]): Promise<void> {
  await trx
    .insertInto('imports')
    .values({
      ...{ id: it.id, house_id: it.houseId, account_id: it.accountId, kind: it.kind, file_name: it.fileName },
      ...{ digest: it.digest, created_at: it.now, ends_at: it.now.plus(kept) },
      reading: JSON.stringify(it.reading),
      counts: JSON.stringify(it.counts),
    })
    .execute()
  await insertMany(
    trx,
    'import_rows',
    rows.map(({ row, verdict }) => ({
      ...{ import_id: it.id, line: row.line, cells: row.cells, remarks: row.remarks },
      ...{ state: verdict.state, verdict, choice: '' },
    })),
  )
}

/** An import of the House; one that nobody confirmed is gone after a day. */
export async function findImport(db: Db | Trx, houseId: string, id: string, now: DateTime, lock = false) {
  const row = await db
    .selectFrom('imports')
    .select(['id', 'kind', 'state', 'file_name', 'reading', 'counts', 'digest', 'created_at', 'ends_at', 'done_at'])
    .where('house_id', '=', houseId)
    .where('id', '=', id)
    .where(eb => eb.or([eb('state', '=', 'done'), eb('ends_at', '>', now)]))
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  return row && { ...row, reading: row.reading as unknown as Reading, counts: row.counts as unknown as Counts }
}
export type ImportRow = NonNullable<Awaited<ReturnType<typeof findImport>>>

const rowsOf = (db: Db | Trx, id: string) =>
  db
    .selectFrom('import_rows')
    .select(['line', 'cells', 'remarks', 'choice', 'verdict'])
    .where('import_id', '=', id)
    .orderBy('line')

const read = (row: Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]): KeptRow => ({
  line: row.line,
  choice: row.choice,
  cells: row.cells as unknown as Row['cells'],
  remarks: row.remarks as unknown as Row['remarks'],
  verdict: row.verdict as unknown as Verdict,
})

export const findAllRows = async (db: Db | Trx, id: string): Promise<KeptRow[]> =>
  (await rowsOf(db, id).execute()).map(read)

/** A page of the rows in a state, or of all of them. */
export const findRows = async (
  db: Db,
  id: string,
  state: State | undefined,
  page: { size: number; offset: number },
): Promise<KeptRow[]> =>
  (
    await rowsOf(db, id)
      .$if(state !== undefined, query => query.where('state', '=', state ?? ''))
      .limit(page.size)
      .offset(page.offset)
      .execute()
  ).map(read)

export async function setChoices(trx: Trx, id: string, choices: { line: number; choice: Choice }[]): Promise<void> {
  await sql`update import_rows r set choice = its.choice
    from jsonb_to_recordset(${JSON.stringify(choices)}::jsonb) as its(line integer, choice text)
    where r.import_id = ${id} and r.line = its.line`.execute(trx)
}

const atOnce = 500

/** Writes anew what became of the rows. */
export async function rewriteVerdicts(
  trx: Trx,
  id: string,
  { counts, digest }: { counts: Counts; digest: string },
  all: { line: number; verdict: Verdict }[],
): Promise<void> {
  await trx
    .updateTable('imports')
    .set({ counts: JSON.stringify(counts), digest })
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .execute()
  for (let at = 0; at < all.length; at += atOnce)
    await sql`update import_rows r set verdict = its.verdict, state = its.verdict ->> 'state'
      from jsonb_to_recordset(${JSON.stringify(all.slice(at, at + atOnce))}::jsonb) as its(line integer, verdict jsonb)
      where r.import_id = ${id} and r.line = its.line`.execute(trx)
}

/** What is done keeps its numbers and none of its rows. */
export async function closeImport(trx: Trx, id: string, now: DateTime): Promise<void> {
  await trx.deleteFrom('import_rows').where('import_id', '=', id).execute()
  await trx.updateTable('imports').set({ state: 'done', done_at: now, file_name: '' }).where('id', '=', id).execute()
}

export const deleteImport = (trx: Trx, houseId: string, id: string) =>
  trx.deleteFrom('imports').where('house_id', '=', houseId).where('id', '=', id).where('state', '=', 'ready').execute()

/** Forgets what nobody confirmed within its day. */
export const deleteOver = (db: Db | Trx, now: DateTime) =>
  db.deleteFrom('imports').where('state', '=', 'ready').where('ends_at', '<=', now).execute()

/** The latest imports of a House, with who did them. */
export const findImports = (db: Db, houseId: string, language: Language, now: DateTime) =>
  db
    .selectFrom('imports')
    .leftJoin('accounts', 'accounts.id', 'imports.account_id')
    .select([
      'imports.id',
      'kind',
      'state',
      'counts',
      'imports.created_at',
      'done_at',
      `accounts.name_${language} as who`,
    ])
    .where('house_id', '=', houseId)
    .where(eb => eb.or([eb('state', '=', 'done'), eb('ends_at', '>', now)]))
    .orderBy('imports.created_at', 'desc')
    .limit(20)
    .execute()

/** How many coming talks would no longer fit, over all rows of a file. */
export async function countUnfit(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ talks: number }>`
    select coalesce(sum(jsonb_array_length(verdict -> 'unfit')), 0)::int as talks from import_rows
    where import_id = ${id} and verdict ? 'unfit'`.execute(db)
  return rows[0]?.talks ?? 0
}
