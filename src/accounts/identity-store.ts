import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

type Identity = { issuer: string; subject: string }

/** Whose identity at a provider this is: by issuer and subject, never by an address. */
export async function findByIdentity(db: Db | Trx, { issuer, subject }: Identity): Promise<string | undefined> {
  const found = await db
    .selectFrom('identities')
    .select('account_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return found?.account_id
}

/** Links an account with an identity; one that was linked before gives way. */
export async function saveIdentity(
  trx: Trx,
  accountId: string,
  { issuer, subject }: Identity,
  now: DateTime,
): Promise<void> {
  await trx
    .insertInto('identities')
    .values({ issuer, subject, account_id: accountId, created_at: now })
    .onConflict(conflict => conflict.columns(['account_id', 'issuer']).doUpdateSet({ subject, created_at: now }))
    .execute()
}

export async function dropIdentities(trx: Trx, accountId: string): Promise<void> {
  await trx.deleteFrom('identities').where('account_id', '=', accountId).execute()
}
