import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { JournalFilter } from './filter-rules.ts'

export type JournalRow = {
  n: number
  at: DateTime
  byWhom: string
  actorId: string | null
  actor: Said | undefined
  place: string
  kind: string
  thing: string
  thingId: string
  old: string
  new: string
}

export const pageSize = 50

/** A page of the House's journal, newest first; one row more when there is another page. */
export async function journalOf(
  db: Db,
  houseId: string,
  filter: JournalFilter,
  between: { from?: DateTime; to?: DateTime },
  most: number = pageSize + 1,
): Promise<JournalRow[]> {
  const { kind, thing, id, before } = filter
  const actors = filter.search === '' ? undefined : await findActors(db, houseId, filter.search)
  const ids = id === '' ? undefined : await idsOf(db, houseId, thing, id)
  const rows = await db
    .selectFrom('journal as j')
    .leftJoin('accounts as a', 'a.id', 'j.actor_id')
    .leftJoin('speakers as s', 's.id', 'j.actor_id')
    .select(['j.n', 'j.at', 'j.by_whom as byWhom', 'j.actor_id as actorId', 'j.place', 'j.kind', 'j.thing'])
    .select(['j.thing_id as thingId', 'j.old', 'j.new'])
    .select(it => (['kk', 'ru', 'en'] as const).map(l => it.fn.coalesce(`a.name_${l}`, `s.name_${l}`).as(l)))
    .where('j.house_id', '=', houseId)
    .$if(before !== undefined, it => it.where('j.n', '<', before ?? 0))
    .$if(actors !== undefined, it => it.where('j.actor_id', '=', sql<string>`any(${actors ?? []}::uuid[])`))
    .$if(kind !== '', it => it.where('j.kind', '=', kind))
    .$if(thing !== undefined, it => it.where('j.thing', '=', thing ?? ''))
    .$if(ids !== undefined, it => it.where('j.thing_id', '=', sql<string>`any(${ids ?? []}::text[])`))
    .$if(between.from !== undefined, it => it.where('j.at', '>=', between.from as DateTime))
    .$if(between.to !== undefined, it => it.where('j.at', '<', between.to as DateTime))
    .orderBy('j.n', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ kk, ru, en, ...row }) => ({
    ...row,
    actor: kk === null ? undefined : { kk, ru: ru ?? kk, en: en ?? kk },
  }))
}

async function findActors(db: Db, houseId: string, search: string): Promise<string[]> {
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<{ id: string }>`
    select a.id from accounts a where exists (select from roles r where r.account_id = a.id and r.house_id = ${houseId})
      and (a.name_kk ilike ${like} or a.name_ru ilike ${like} or a.name_en ilike ${like} or a.email ilike ${like})
    union select s.id from speakers s where s.house_id = ${houseId}
      and (s.name_kk ilike ${like} or s.name_ru ilike ${like} or s.name_en ilike ${like} or s.email ilike ${like})`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** A request is asked for by its number, and stands in the journal by number and by id. */
async function idsOf(db: Db, houseId: string, thing: string | undefined, id: string): Promise<string[]> {
  if (thing !== 'request' || !/^\d{1,9}$/.test(id)) return [id]
  const request = await db
    .selectFrom('requests')
    .select('id')
    .where('house_id', '=', houseId)
    .where('number', '=', Number(id))
    .executeTakeFirst()
  return [id, ...(request ? [request.id] : [])]
}
