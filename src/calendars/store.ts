import type { Db } from '../base/db/open.ts'
import type { FeedKind } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

export type Feed = {
  id: string
  kind: FeedKind | 'public'
  houseId: string
  ownerId: string
  zone: string
  house: Said
  owner: Said
  language: Language
  nonce: string
  createdAt: DateTime
  fetchedAt: DateTime | null
}
/** The feed behind a secret, unless it was replaced, ended, or its speaker has left. */
export async function findFeed(db: Db, secretHash: string, today: string): Promise<Feed | undefined> {
  const row = await db
    .selectFrom('feeds')
    .innerJoin('houses', 'houses.id', 'feeds.house_id')
    .leftJoin('speakers', 'speakers.id', 'feeds.speaker_id')
    .leftJoin('groups', 'groups.id', 'feeds.group_id')
    .leftJoin('hosts', 'hosts.id', 'feeds.host_id')
    .select([
      'feeds.id',
      'feeds.kind',
      'feeds.house_id',
      'feeds.speaker_id',
      'feeds.group_id',
      'feeds.host_id',
      'feeds.nonce',
      'feeds.created_at',
      'feeds.fetched_at',
      'houses.zone',
      'houses.name_kk',
      'houses.name_ru',
      'houses.name_en',
      'speakers.language',
    ])
    .select(it => [
      it.fn.coalesce('speakers.name_kk', 'groups.name_kk', 'hosts.name_kk', 'houses.name_kk').as('owner_kk'),
      it.fn.coalesce('speakers.name_ru', 'groups.name_ru', 'hosts.name_ru', 'houses.name_ru').as('owner_ru'),
      it.fn.coalesce('speakers.name_en', 'groups.name_en', 'hosts.name_en', 'houses.name_en').as('owner_en'),
    ])
    .where('secret_hash', '=', secretHash)
    .where('revoked_at', 'is', null)
    .where(it => it.or([it('speakers.left_on', 'is', null), it('speakers.left_on', '>', today)]))
    .executeTakeFirst()
  if (!row) return
  return {
    id: row.id,
    kind: row.kind,
    houseId: row.house_id,
    ownerId: row.speaker_id ?? row.group_id ?? row.host_id ?? row.house_id,
    zone: row.zone,
    house: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    owner: { kk: row.owner_kk, ru: row.owner_ru, en: row.owner_en },
    language: row.language ?? 'kk',
    nonce: row.nonce,
    createdAt: row.created_at,
    fetchedAt: row.fetched_at,
  }
}

/** What everybody may see of a House, under its name in addresses. */
export async function findPublicFeed(db: Db, slug: string): Promise<Feed | undefined> {
  const row = await db
    .selectFrom('houses')
    .select(['id', 'zone', 'name_kk', 'name_ru', 'name_en', 'created_at'])
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (!row) return
  const house = { kk: row.name_kk, ru: row.name_ru, en: row.name_en }
  return {
    id: '',
    kind: 'public',
    houseId: row.id,
    ownerId: row.id,
    zone: row.zone,
    house,
    owner: house,
    language: 'kk',
    nonce: '',
    createdAt: row.created_at,
    fetchedAt: null,
  }
}

/** Who read a feed last, at most every ten minutes. */
export async function noteFetch(db: Db, id: string, client: string, now: DateTime): Promise<void> {
  await db
    .updateTable('feeds')
    .set({ fetched_at: now, client })
    .where('id', '=', id)
    .where(it => it.or([it('fetched_at', 'is', null), it('fetched_at', '<', now.minus({ minutes: 10 }))]))
    .execute()
}

export type FeedOwner =
  | { kind: 'house'; houseId: string }
  | { kind: 'speaker' | 'group' | 'host'; houseId: string; ownerId: string }

export const standingFeed = (trx: Trx, owner: FeedOwner): Promise<{ nonce: string } | undefined> =>
  trx
    .selectFrom('feeds')
    .select('nonce')
    .where('kind', '=', owner.kind)
    .where('house_id', '=', owner.houseId)
    .$if(owner.kind !== 'house', query =>
      query.where(it =>
        it(it.fn.coalesce('speaker_id', 'group_id', 'host_id'), '=', owner.kind === 'house' ? null : owner.ownerId),
      ),
    )
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst()

export async function insertFeed(
  trx: Trx,
  owner: FeedOwner,
  nonce: string,
  secretHash: string,
  now: DateTime,
): Promise<void> {
  await trx
    .insertInto('feeds')
    .values({
      kind: owner.kind,
      house_id: owner.houseId,
      nonce,
      secret_hash: secretHash,
      created_at: now,
      speaker_id: owner.kind === 'speaker' ? owner.ownerId : null,
      group_id: owner.kind === 'group' ? owner.ownerId : null,
      host_id: owner.kind === 'host' ? owner.ownerId : null,
    })
    .execute()
}
