import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

export type Subscription = { nonce: string; createdAt: DateTime; fetchedAt: DateTime | null; client: string | null }

/** The secret address that a speaker's calendar has now, and when it was last read. */
export const findSubscription = (db: Db, speakerId: string): Promise<Subscription | undefined> =>
  db
    .selectFrom('feeds')
    .select(['nonce', 'created_at as createdAt', 'fetched_at as fetchedAt', 'client'])
    .where('speaker_id', '=', speakerId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function revokeSubscriptions(trx: Trx, speakerId: string, now: DateTime): Promise<void> {
  await trx
    .updateTable('feeds')
    .set({ revoked_at: now })
    .where('speaker_id', '=', speakerId)
    .where('revoked_at', 'is', null)
    .execute()
}

export async function insertSubscription(
  trx: Trx,
  feed: { houseId: string; speakerId: string; nonce: string; secretHash: string },
  now: DateTime,
): Promise<void> {
  await trx
    .insertInto('feeds')
    .values({
      kind: 'speaker',
      house_id: feed.houseId,
      speaker_id: feed.speakerId,
      nonce: feed.nonce,
      secret_hash: feed.secretHash,
      created_at: now,
      changed_at: now.startOf('second'),
    })
    .execute()
}
