import { type ExpressionBuilder, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { FeedKind, Tables } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

/** Whose calendar: a House's own has the House itself as owner. */
export type FeedOwner = { kind: FeedKind; houseId: string; ownerId: string }
export type Subscription = { nonce: string; fetchedAt: DateTime | null; client: string | null }

const standing =
  ({ kind, houseId, ownerId }: FeedOwner) =>
  (it: ExpressionBuilder<Tables, 'feeds'>) =>
    it.and([
      it('kind', '=', kind),
      it('house_id', '=', houseId),
      it('revoked_at', 'is', null),
      kind === 'house' ? sql<boolean>`true` : it(`${kind}_id`, '=', ownerId),
    ])

/** The secret address that a calendar has now, and who read it last. */
export const findSubscription = (db: Db | Trx, owner: FeedOwner): Promise<Subscription | undefined> =>
  db
    .selectFrom('feeds')
    .select(['nonce', 'fetched_at as fetchedAt', 'client'])
    .where(standing(owner))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function revokeFeeds(trx: Trx, owner: FeedOwner, now: DateTime): Promise<void> {
  await trx.updateTable('feeds').set({ revoked_at: now }).where(standing(owner)).execute()
}

export async function insertFeed(
  trx: Trx,
  { kind, houseId, ownerId }: FeedOwner,
  secret: { nonce: string; hash: string },
  now: DateTime,
): Promise<void> {
  await trx
    .insertInto('feeds')
    .values({
      kind,
      house_id: houseId,
      nonce: secret.nonce,
      secret_hash: secret.hash,
      created_at: now,
      changed_at: now.startOf('second'),
      ...(kind === 'house' ? {} : { [`${kind}_id`]: ownerId }),
    })
    .execute()
}

/** Two who ask for an address of one calendar at once wait for each other. */
export async function lockOwner(trx: Trx, { kind, ownerId }: FeedOwner): Promise<boolean> {
  const table = ({ house: 'houses', group: 'groups', host: 'hosts', speaker: 'speakers' } as const)[kind]
  const row = await trx.selectFrom(table).select('id').where('id', '=', ownerId).forNoKeyUpdate().executeTakeFirst()
  return row !== undefined
}

export type SharedFeed = { kind: 'house' | 'group'; ownerId: string; names: Said; feed: Subscription | undefined }

/** The calendars that a coordinator hands out: the House's and each group's, with or without an address. */
export async function findSharedFeeds(
  db: Db,
  houseId: string,
): Promise<{ zone: string; slug: string; feeds: SharedFeed[] }> {
  const names = ['id', 'name_kk as kk', 'name_ru as ru', 'name_en as en'] as const
  const [house, groups, feeds] = await Promise.all([
    db
      .selectFrom('houses')
      .select([...names, 'zone', 'slug'])
      .where('id', '=', houseId)
      .executeTakeFirstOrThrow(),
    db.selectFrom('groups').select(names).where('house_id', '=', houseId).orderBy('slug').execute(),
    db
      .selectFrom('feeds')
      .select(['group_id', 'nonce', 'fetched_at as fetchedAt', 'client'])
      .where('house_id', '=', houseId)
      .where('kind', 'in', ['house', 'group'])
      .where('revoked_at', 'is', null)
      .orderBy('created_at')
      .execute(),
  ])
  const feedOf = (group: string | null) => feeds.findLast(feed => feed.group_id === group)
  return {
    zone: house.zone,
    slug: house.slug,
    feeds: [
      { kind: 'house', ownerId: house.id, names: house, feed: feedOf(null) },
      ...groups.map(group => ({ kind: 'group' as const, ownerId: group.id, names: group, feed: feedOf(group.id) })),
    ],
  }
}

/** The nonce of the address that the calendar of a request's host has now. */
export async function findHostFeed(db: Db, requestId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('requests')
    .innerJoin('feeds', 'feeds.host_id', 'requests.host_id')
    .select('feeds.nonce')
    .where('requests.id', '=', requestId)
    .whereRef('feeds.house_id', '=', 'requests.house_id')
    .where('feeds.kind', '=', 'host')
    .where('feeds.revoked_at', 'is', null)
    .orderBy('feeds.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.nonce
}

export type HostOfFeed = FeedOwner & { zone: string; language: Language; names: Said }

/** The host whose calendar has this secret now. */
export async function findHostByFeed(db: Db, secretHash: string): Promise<HostOfFeed | undefined> {
  const row = await db
    .selectFrom('feeds')
    .innerJoin('hosts', 'hosts.id', 'feeds.host_id')
    .innerJoin('houses', 'houses.id', 'feeds.house_id')
    .select(['feeds.house_id', 'hosts.id', 'houses.zone', 'hosts.name_kk', 'hosts.name_ru', 'hosts.name_en'])
    .where('feeds.secret_hash', '=', secretHash)
    .where('feeds.kind', '=', 'host')
    .where('feeds.revoked_at', 'is', null)
    .executeTakeFirst()
  return (
    row && {
      kind: 'host',
      houseId: row.house_id,
      ownerId: row.id,
      zone: row.zone,
      language: 'kk',
      names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    }
  )
}

export type LinkedHost = HostOfFeed & { requestId: string; contact: { id: string; email: string } | undefined }

/** The host behind a school's link, once a talk was booked for it: before that nobody of the House has looked who asks. */
export async function findLinkedHost(db: Db, tokenHash: string, now: DateTime): Promise<LinkedHost | undefined> {
  const row = await db
    .selectFrom('requests')
    .innerJoin('talks', 'talks.request_id', 'requests.id')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('houses', 'houses.id', 'requests.house_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'requests.id',
      'contacts.id as contact_id',
      'contacts.email',
      'requests.house_id',
      'requests.host_id',
      'requests.language',
      'houses.zone',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
    ])
    .where('token_hash', '=', tokenHash)
    .where('talks.state', 'in', ['booked', 'held'])
    .where(sql<boolean>`upper(talks.during) > ${now.minus({ days: 30 })}`)
    .executeTakeFirst()
  return (
    row && {
      kind: 'host',
      houseId: row.house_id,
      ownerId: row.host_id,
      zone: row.zone,
      requestId: row.id,
      contact: row.contact_id && row.email ? { id: row.contact_id, email: row.email } : undefined,
      language: row.language,
      names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    }
  )
}
