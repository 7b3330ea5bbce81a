import { type Change, remember } from '../base/db/changes.ts'
import { type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { type FeedOwner, insertFeed, lockOwner, revokeFeeds } from './owner-store.ts'

/** Gives a calendar a new secret address; the old one ends at once. */
export const newAddress = (
  db: Db,
  secret: string,
  owner: FeedOwner,
  by: Pick<Change, 'byWhom' | 'accountId'>,
  form: Form,
  location: string,
  now: DateTime,
) =>
  transactOnce<never>(db, form, async trx => {
    await lockOwner(trx, owner)
    await revokeFeeds(trx, owner, now)
    const nonce = newNonce()
    await insertFeed(trx, owner, { nonce, hash: hashOf(tokenOf(secret, 'feed', nonce)) }, now)
    const { houseId, kind, ownerId } = owner
    await remember(trx, {
      ...by,
      houseId,
      kind: 'feed-renewed',
      at: now,
      detail: { feed: kind, owner: ownerId },
      ...(kind === 'speaker' ? { speakerId: ownerId } : {}),
    })
    return { location }
  })
