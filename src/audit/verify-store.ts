import { sql, type Transaction } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Tables } from '../base/db/tables.ts'
import type { Head, Row } from './rules.ts'

type Reading = Transaction<Tables>

/** Houses with a journal, by their short name. */
export const findJournals = (trx: Reading, slug: string | undefined) =>
  trx
    .selectFrom('houses')
    .leftJoin('journal_heads as head', 'head.house_id', 'houses.id')
    .select(it => [
      'houses.id',
      'slug',
      'head.n',
      'head.hash',
      it
        .selectFrom('journal')
        .select(eb => eb.fn.countAll<string>().as('count'))
        .whereRef('house_id', '=', 'houses.id')
        .as('total'),
    ])
    .$if(slug !== undefined, it => it.where('slug', '=', slug ?? ''))
    .orderBy('slug')
    .execute()

export const headOf = (found: { n: number | null; hash: string | null }): Head | undefined =>
  found.n === null || found.hash === null ? undefined : { n: found.n, hash: found.hash }

/** How each House's chain ends just now. */
export const headsNow = (db: Db) =>
  db
    .selectFrom('journal_heads')
    .innerJoin('houses', 'houses.id', 'house_id')
    .select(['house_id as houseId', 'n', 'hash', 'slug'])
    .orderBy('slug')
    .execute()

const page = 2000

/** All rows of a House's journal in the order of their numbers, a page at a time. */
export async function* rowsOf(trx: Reading, houseId: string): AsyncGenerator<Row> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await trx
      .selectFrom('journal')
      .select([
        'n',
        sql<string>`(extract(epoch from at) * 1000000)::bigint::text`.as('micros'),
        'by_whom as byWhom',
        'actor_id as actorId',
        'place',
        'kind',
        'thing',
        'thing_id as thingId',
        'old',
        'new',
        'previous',
        'hash',
      ])
      .where('house_id', '=', houseId)
      .where('n', '>', sql<number>`${after}::bigint`)
      .orderBy('n')
      .limit(page)
      .execute()
    yield* rows
    const last = rows.at(-1)
    if (rows.length < page || !last) return
    after = last.n
  }
}
