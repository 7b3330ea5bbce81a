import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Moved } from './edit-store.ts'

/** How long a merge can be taken back. */
export const undoDays = 30

export async function insertMerge(
  trx: Trx,
  it: { houseId: string; accountId: string; kept: string; duplicate: string; moved: Moved; now: DateTime },
): Promise<void> {
  await trx
    .insertInto('host_merges')
    .values({
      house_id: it.houseId,
      kept: it.kept,
      duplicate: it.duplicate,
      moved: JSON.stringify(it.moved),
      merged_by: it.accountId,
      merged_at: it.now,
    })
    .execute()
}

/** Merges into this host that may still be taken back, newest first. */
export async function findMerges(db: Db | Trx, houseId: string, kept: string, now: DateTime) {
  const rows = await db
    .selectFrom('host_merges')
    .innerJoin('hosts', 'hosts.id', 'host_merges.duplicate')
    .leftJoin('accounts', 'accounts.id', 'host_merges.merged_by')
    .select([
      'host_merges.id',
      'duplicate',
      'moved',
      'merged_at',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
      'accounts.name_kk as by_kk',
      'accounts.name_ru as by_ru',
      'accounts.name_en as by_en',
    ])
    .where('host_merges.house_id', '=', houseId)
    .where('kept', '=', kept)
    .where('undone_at', 'is', null)
    .whereRef('hosts.merged_into', '=', 'host_merges.kept')
    .where('merged_at', '>', now.minus({ days: undoDays }))
    .orderBy('merged_at', 'desc')
    .execute()
  return rows.map(row => ({
    id: row.id,
    duplicate: row.duplicate,
    moved: row.moved as Moved,
    mergedAt: row.merged_at,
    name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    by: { kk: row.by_kk ?? '', ru: row.by_ru ?? '', en: row.by_en ?? '' },
  }))
}
export type MergeRow = Awaited<ReturnType<typeof findMerges>>[number]

/** Requests and talks first, as whoever books or moves locks them, and only then the halls. */
export async function lockMoved(trx: Trx, { requests, talks }: Moved): Promise<void> {
  await sql`select id from requests where id = any(${requests}::uuid[]) order by id for no key update`.execute(trx)
  await sql`select id from talks where id = any(${talks}::uuid[]) order by id for no key update`.execute(trx)
}

export type FreshRow = {
  kind: 'request' | 'talk' | 'contact'
  number: number | null
  talkId: string | null
  name: Said
}

/** What came to hang on a host since a merge: nobody knows to which of the two entries it belongs. */
export async function findFresh(trx: Trx, hostId: string, moved: Moved): Promise<FreshRow[]> {
  const known = [...moved.own, ...moved.contacts, ...moved.requests, ...moved.talks]
  const { rows } = await sql<{ kind: FreshRow['kind']; number: number | null; talkId: string | null; name: string }>`
    select 'request' as kind, number, null::uuid as "talkId", '' as name from requests
      where host_id = ${hostId} and id <> all(${known}::uuid[])
    union all select 'talk', null, id, '' from talks where host_id = ${hostId} and id <> all(${known}::uuid[])
    union all select 'contact', null, null, name from contacts where host_id = ${hostId} and id <> all(${known}::uuid[])
    limit 20`.execute(trx)
  return rows.map(row => ({ ...row, name: { kk: row.name, ru: row.name, en: row.name } }))
}

export async function markUndone(trx: Trx, id: string, accountId: string, now: DateTime): Promise<void> {
  await trx.updateTable('host_merges').set({ undone_at: now, undone_by: accountId }).where('id', '=', id).execute()
}

/** The spellings of a host by its own names alone, as they were before another entry's joined them. */
export async function refold(trx: Trx, id: string, folded: (names: Said) => string): Promise<void> {
  const row = await trx
    .selectFrom('hosts')
    .select(['name_kk', 'name_ru', 'name_en'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('hosts')
    .set({ folded: folded({ kk: row.name_kk, ru: row.name_ru, en: row.name_en }) })
    .where('id', '=', id)
    .execute()
}
