import { sql } from 'kysely'
import type { Actor, Strength } from '../base/auth.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Channel } from '../messages/channel-rules.ts'
import { endOf, isNews, lasts } from './rules.ts'

/** Who a session belongs to, as long as it lasts and the account is not disabled. */
export async function findActor(db: Db, sessionHash: string, now: DateTime): Promise<Actor | undefined> {
  const found = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .innerJoin('roles', join =>
      join.onRef('roles.account_id', '=', 'sessions.account_id').onRef('roles.house_id', '=', 'sessions.house_id'),
    )
    .leftJoin('speakers', join =>
      join.onRef('speakers.account_id', '=', 'accounts.id').onRef('speakers.house_id', '=', 'sessions.house_id'),
    )
    .select([
      'accounts.id as accountId',
      'sessions.house_id as houseId',
      'roles.role',
      'speakers.id as speakerId',
      'accounts.language',
      'accounts.name_kk',
      'accounts.name_ru',
      'accounts.name_en',
      'accounts.keys_on as keysOn',
      'accounts.theme',
      'sessions.created_at as createdAt',
      'sessions.seen_at as seenAt',
      'sessions.ends_at as endsAt',
      'sessions.strength',
      'sessions.proved_at as provedAt',
    ])
    .where('sessions.id_hash', '=', sessionHash)
    .where('sessions.ends_at', '>', now)
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!found || !lasts(found, now)) return
  const { name_kk, name_ru, name_en, speakerId, createdAt, seenAt, endsAt: _, ...rest } = found
  if (isNews(seenAt, now)) await seen(db, sessionHash, endOf({ role: found.role, createdAt, seenAt: now }), now)
  return {
    ...rest,
    strength: rest.strength === 'strong' ? 'strong' : 'letter',
    speakerId: speakerId ?? undefined,
    name: { kk: name_kk, ru: name_ru, en: name_en }[found.language],
    sessionHash,
  }
}

async function seen(db: Db, sessionHash: string, endsAt: DateTime, now: DateTime): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: now, ends_at: endsAt }).where('id_hash', '=', sessionHash).execute()
}

export type NewSession = {
  idHash: string
  accountId: string
  houseId: string
  endsAt: DateTime
  ipPrefix: string
  agent: string
  strength?: Strength
}

export async function insertSession(trx: Trx, session: NewSession, now: DateTime): Promise<void> {
  await trx
    .insertInto('sessions')
    .values({
      id_hash: session.idHash,
      account_id: session.accountId,
      house_id: session.houseId,
      created_at: now,
      seen_at: now,
      ends_at: session.endsAt,
      ip_prefix: session.ipPrefix,
      agent: session.agent,
      strength: session.strength ?? 'letter',
      proved_at: now,
    })
    .execute()
  await trx.deleteFrom('sessions').where('account_id', '=', session.accountId).where('ends_at', '<', now).execute()
}

/** Goes on with a session under a new id, after a proof; false when it has ended in the meantime. */
export async function renewSession(
  trx: Trx,
  before: string,
  { idHash, strength }: { idHash: string; strength: Strength },
  now: DateTime,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({ id_hash: idHash, strength, proved_at: now })
    .where('id_hash', '=', before)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Sessions of an account that still last, the one just used first. */
export async function sessionsOf(db: Db, accountId: string, now: DateTime) {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('roles', join =>
      join.onRef('roles.account_id', '=', 'sessions.account_id').onRef('roles.house_id', '=', 'sessions.house_id'),
    )
    .select(['id_hash as idHash', 'seen_at as seenAt', 'ends_at as endsAt', 'ip_prefix as place', 'agent', 'role'])
    .where('sessions.account_id', '=', accountId)
    .orderBy('seen_at', 'desc')
    .orderBy('id_hash')
    .execute()
  return rows.filter(row => lasts(row, now))
}

/** Ends one session of this account; false when it has no such session. */
export async function endSession(db: Db | Trx, accountId: string, idHash: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('id_hash', '=', idHash)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends the session that a browser brought along when it signs in anew. */
export async function dropSession(db: Db, idHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('id_hash', '=', idHash).execute()
}

export async function endOtherSessions(db: Db | Trx, accountId: string, kept: string): Promise<void> {
  await db.deleteFrom('sessions').where('account_id', '=', accountId).where('id_hash', '<>', kept).execute()
}

/** The zone in which a House tells the time. */
export async function zoneOf(db: Db, houseId: string): Promise<string> {
  const { zone } = await db.selectFrom('houses').select('zone').where('id', '=', houseId).executeTakeFirstOrThrow()
  return zone
}

/** Accounts with the words of their Houses, to be signed in without a letter while developing. */
export const castOf = (db: Db) =>
  db
    .selectFrom('accounts')
    .innerJoin('roles', 'roles.account_id', 'accounts.id')
    .innerJoin('houses', 'houses.id', 'roles.house_id')
    .select([
      'accounts.id',
      'accounts.email',
      'accounts.name_kk as name',
      'roles.role',
      'houses.name_kk as house',
      'houses.id as houseId',
    ])
    .where('accounts.disabled_at', 'is', null)
    .orderBy('houses.created_at')
    .orderBy('roles.role')
    .orderBy('accounts.email')
    .limit(200)
    .execute()

export type Manner = { language: Actor['language']; theme: string; keysOn: boolean }

export async function saveManner(trx: Trx, accountId: string, { language, theme, keysOn }: Manner): Promise<void> {
  await trx.updateTable('accounts').set({ language, theme, keys_on: keysOn }).where('id', '=', accountId).execute()
}

export const findReach = (db: Db, accountId: string) =>
  db.selectFrom('accounts').select(['phone', 'channel']).where('id', '=', accountId).executeTakeFirstOrThrow()

/** Where and how somebody of the House is told. */
export async function saveReach(
  trx: Trx,
  accountId: string,
  reach: { phone: string | null; channel: Channel },
): Promise<void> {
  await trx.updateTable('accounts').set(reach).where('id', '=', accountId).execute()
}

/** Goes on with this session in another House in which the account has a role; the role, or nothing when it has none. */
export async function moveSession(
  trx: Trx,
  { accountId, sessionHash }: Pick<Actor, 'accountId' | 'sessionHash'>,
  houseId: string,
): Promise<Actor['role'] | undefined> {
  const found = await trx
    .selectFrom('roles')
    .select('role')
    .where('account_id', '=', accountId)
    .where('house_id', '=', houseId)
    .executeTakeFirst()
  if (!found) return
  // the long session of a speaker's phone is none of staff
  await trx
    .updateTable('sessions')
    .set(eb => ({
      house_id: houseId,
      ...(found.role === 'speaker'
        ? {}
        : { ends_at: eb.fn<DateTime>('least', ['ends_at', sql`created_at + interval '7 days'`]) }),
    }))
    .where('id_hash', '=', sessionHash)
    .execute()
  return found.role
}

/** The Houses in which somebody has a role, and which. */
export const housesOf = (db: Db, accountId: string, language: Language) =>
  db
    .selectFrom('roles')
    .innerJoin('houses', 'houses.id', 'roles.house_id')
    .select(['houses.id', `houses.name_${language} as name`, 'roles.role'])
    .where('roles.account_id', '=', accountId)
    .orderBy('houses.created_at')
    .execute()

/** Somebody's address and the name of the House they are signed in to. */
export const findOwner = (db: Db, accountId: string, houseId: string, language: Language) =>
  db
    .selectFrom('accounts')
    .innerJoin('houses', join => join.on('houses.id', '=', houseId))
    .select(['accounts.email', `houses.name_${language} as house`])
    .where('accounts.id', '=', accountId)
    .executeTakeFirstOrThrow()

/** Words that are tried first as somebody's password: of their name, their address and their Houses. */
export async function aboutOwner(db: Db, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('roles', 'roles.account_id', 'accounts.id')
    .innerJoin('houses', 'houses.id', 'roles.house_id')
    .select(['accounts.email', 'accounts.name_kk', 'accounts.name_ru', 'accounts.name_en', 'houses.slug'])
    .select(['houses.name_kk as house_kk', 'houses.name_ru as house_ru', 'houses.name_en as house_en'])
    .where('accounts.id', '=', accountId)
    .execute()
  return ['kezdesu', 'кездесу', 'dostyk', 'dostyq', 'достық', 'дружба', ...rows.flatMap(row => Object.values(row))]
}
