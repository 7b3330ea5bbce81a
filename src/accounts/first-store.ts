import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

const lastsDays = 7

export async function hasAdministrator(db: Db | Trx): Promise<boolean> {
  const found = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select('accounts.id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Only the newest link counts. */
export async function replaceFirstLink(trx: Trx, tokenHash: string, now: DateTime): Promise<void> {
  await trx.deleteFrom('first_administrator_links').execute()
  await trx.insertInto('first_administrator_links').values({ token_hash: tokenHash, created_at: now }).execute()
}

export async function isFirstOpen(db: Db, tokenHash: string, now: DateTime): Promise<boolean> {
  const found = await db
    .selectFrom('first_administrator_links')
    .select('token_hash')
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('created_at', '>', now.minus({ days: lastsDays }))
    .executeTakeFirst()
  return found !== undefined
}

/** Uses the link up; of several who try at once one may go on. */
export async function consumeFirstLink(trx: Trx, tokenHash: string, now: DateTime): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('first_administrator_links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('created_at', '>', now.minus({ days: lastsDays }))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
