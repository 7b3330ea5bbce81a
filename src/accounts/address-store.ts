import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

/** Gives an account another address; other sessions and letters on their way end. */
export async function moveAddress(
  trx: Trx,
  { accountId, sessionHash }: { accountId: string; sessionHash: string },
  email: string,
  now: DateTime,
): Promise<void> {
  await trx.updateTable('accounts').set({ email }).where('id', '=', accountId).execute()
  await trx
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .execute()
  await trx.deleteFrom('sessions').where('account_id', '=', accountId).where('id_hash', '<>', sessionHash).execute()
}
