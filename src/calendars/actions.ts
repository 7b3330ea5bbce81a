import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { type FeedOwner, insertFeed, standingFeed } from './owner-store.ts'

/** The path of somebody's feed, made at the first call. */
export const feedPath = (db: Db, secret: string, owner: FeedOwner, now: DateTime): Promise<string> =>
  transact(db, async trx => {
    const standing = await standingFeed(trx, owner)
    const nonce = standing?.nonce ?? newNonce()
    const token = tokenOf(secret, 'feed', nonce)
    if (!standing) await insertFeed(trx, owner, nonce, hashOf(token), now)
    return `/f/${token}.ics`
  })
