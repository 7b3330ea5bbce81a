import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

type Key = { id: string; publicKey: string; counter: number; transports: string[] }
type Purpose = 'sign-in' | 'again' | 'new'
export type Challenge = { purpose: Purpose; challenge: string; accountId: string | null }

const lastsMinutes = 5

/** Keeps what a browser is asked to sign; a new question takes the place of the last one. */
export async function keepChallenge(
  trx: Trx,
  browserHash: string,
  { purpose, challenge, accountId }: Challenge,
  now: DateTime,
): Promise<void> {
  const row = { purpose, challenge, account_id: accountId, expires_at: now.plus({ minutes: lastsMinutes }) }
  await trx.deleteFrom('challenges').where('expires_at', '<', now).execute()
  await trx
    .insertInto('challenges')
    .values({ browser_hash: browserHash, ...row })
    .onConflict(conflict => conflict.column('browser_hash').doUpdateSet(row))
    .execute()
}

/** Uses the question of this browser up, whatever the answer will turn out to be. */
export async function takeChallenge(
  trx: Trx,
  browserHash: string,
  purpose: Purpose,
  accountId: string | null,
  now: DateTime,
): Promise<string | undefined> {
  const taken = await trx
    .deleteFrom('challenges')
    .where('browser_hash', '=', browserHash)
    .where('purpose', '=', purpose)
    .where('account_id', accountId === null ? 'is' : '=', accountId)
    .where('expires_at', '>', now)
    .returning('challenge')
    .executeTakeFirst()
  return taken?.challenge
}

export const passkeysOf = (db: Db | Trx, accountId: string) =>
  db
    .selectFrom('passkeys')
    .select(['id', 'name', 'transports', 'created_at as createdAt', 'used_at as usedAt'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** A key and whose it is, when its owner may sign in. */
export async function findPasskey(db: Db, id: string): Promise<(Key & { accountId: string }) | undefined> {
  return db
    .selectFrom('passkeys')
    .innerJoin('accounts', 'accounts.id', 'passkeys.account_id')
    .select([
      'passkeys.id',
      'account_id as accountId',
      'public_key as publicKey',
      'passkeys.counter',
      'passkeys.transports',
    ])
    .where('passkeys.id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

/** False when the key is somebody's already. */
export async function insertPasskey(
  trx: Trx,
  accountId: string,
  key: Key & { name: string },
  now: DateTime,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('passkeys')
    .values({
      id: key.id,
      account_id: accountId,
      public_key: key.publicKey,
      counter: key.counter,
      transports: key.transports,
      name: key.name,
      created_at: now,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Notes a use; false when the key is gone or a copy of it was here first: some keys count, and the count only grows. */
export async function usePasskey(trx: Trx, id: string, counter: number, now: DateTime): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('passkeys')
    .set({ counter, used_at: now })
    .where('id', '=', id)
    .where(eb => eb.or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb.val(counter === 0)])]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function dropPasskey(trx: Trx, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
