import { type SqlBool, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Judged, SentRow } from './file-rules.ts'
import type { Mark, Tongue } from './rules.ts'

export type By = { accountId: string; houseId: string }

/**
 * All that was said of the texts of a language, one mark a text with what other Houses say beside it: the reader's own House
 * first, then whoever spoke last. Colleagues stand there by name, people of another House as their House.
 */
export async function findMarks(
  db: Db | Trx,
  tongue: Tongue,
  { houseId, language }: { houseId: string; language: Language },
): Promise<Mark[]> {
  const rows = await db
    .selectFrom('word_marks as m')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .innerJoin('houses as h', 'h.id', 'm.house_id')
    .select(['m.key', 'm.text_hash as hash', 'm.state', 'm.correction', 'm.note', 'm.marked_at as at'])
    .select(eb =>
      eb
        .case()
        .when(sql<SqlBool>`m.house_id = ${houseId}::uuid`)
        .then(eb.ref(`a.name_${language}`))
        .else(eb.ref(`h.name_${language}`))
        .end()
        .as('by'),
    )
    .select(sql<boolean>`m.house_id = ${houseId}::uuid`.as('mine'))
    .where('m.language', '=', tongue)
    .orderBy('mine', 'desc')
    .orderBy('m.marked_at', 'desc')
    .orderBy('m.house_id')
    .execute()
  const marks = new Map<string, Mark>()
  for (const row of rows) {
    const mark = { ...row, state: row.state === 'good' ? ('good' as const) : ('correction' as const) }
    const first = marks.get(row.key)
    if (first) first.others.push(mark)
    else marks.set(row.key, { ...mark, others: [] })
  }
  return [...marks.values()]
}

export type NewMark = {
  key: string
  tongue: Tongue
  hash: string
  state: 'good' | 'correction'
  correction: string | null
  note: string
}

/** Says of texts what a House thinks of them now; what it said before is gone, what others said stays. */
export async function keepMarks(trx: Trx, by: By, marks: NewMark[], now: DateTime): Promise<void> {
  if (marks.length === 0) return
  // always in the same order, so that two who mark the same texts wait for each other and never in a circle
  const rows = marks.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(it => ({ ...it, language: it.tongue }))
  await sql`insert into word_marks (key, language, text_hash, state, correction, note, house_id, account_id, marked_at)
    select key, language, hash, state, correction, note, ${by.houseId}::uuid, ${by.accountId}::uuid, ${now.toISO()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (key text, language text, hash text, state text, correction text, note text)
    on conflict (key, language, house_id) do update set text_hash = excluded.text_hash, state = excluded.state, correction = excluded.correction,
      note = excluded.note, account_id = excluded.account_id, marked_at = excluded.marked_at`.execute(trx)
}

/** Takes back what this House said; whether it had said anything. */
export async function dropMark(trx: Trx, { houseId }: By, key: string, tongue: Tongue): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('word_marks')
    .where('key', '=', key)
    .where('language', '=', tongue)
    .where('house_id', '=', houseId)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

export async function insertFile(trx: Trx, by: By, name: string, rows: SentRow[], now: DateTime): Promise<string> {
  // what nobody took within a day is not kept
  await trx
    .deleteFrom('word_files')
    .where('created_at', '<', now.minus({ days: 1 }))
    .execute()
  const { id } = await trx
    .insertInto('word_files')
    .values({
      ...{ house_id: by.houseId, account_id: by.accountId, name, created_at: now },
      rows: JSON.stringify(rows),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export type WordFile = { id: string; name: string; rows: SentRow[]; takenAt: DateTime | null }

/** A file that a House looked at, held until the transaction ends. */
export async function findFile(db: Db | Trx, houseId: string, id: string): Promise<WordFile | undefined> {
  const row = await db
    .selectFrom('word_files')
    .select(['id', 'name', 'rows', 'taken_at as takenAt'])
    .where('house_id', '=', houseId)
    .where('id', '=', id)
    .$if(db.isTransaction, query => query.forUpdate())
    .executeTakeFirst()
  return row && { ...row, rows: row.rows as SentRow[] }
}

export const markTaken = (trx: Trx, id: string, now: DateTime) =>
  trx.updateTable('word_files').set({ taken_at: now }).where('id', '=', id).execute()

export const marksOf = (judged: Judged[]): NewMark[] =>
  judged.flatMap(it =>
    it.verdict === 'take'
      ? [{ ...it, correction: it.state === 'correction' ? it.correction : null }].map(
          ({ key, tongue, hash, state, correction, note }) => ({ key, tongue, hash, state, correction, note }),
        )
      : [],
  )
