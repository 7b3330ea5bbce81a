import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

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
      changed_at: now.startOf('second'),
      speaker_id: owner.kind === 'speaker' ? owner.ownerId : null,
      group_id: owner.kind === 'group' ? owner.ownerId : null,
      host_id: owner.kind === 'host' ? owner.ownerId : null,
    })
    .execute()
}
