import type { Db } from '../../src/base/db/open.ts'
import { transact } from '../../src/base/db/transact.ts'
import { hashOf, newNonce, tokenOf } from '../../src/base/secrets.ts'
import type { DateTime } from '../../src/base/time.ts'
import { type FeedOwner, findSubscription, insertFeed } from '../../src/calendars/owner-store.ts'

/** The path of somebody's feed, made at the first call. */
export const feedPath = (
  db: Db,
  secret: string,
  owner: Omit<FeedOwner, 'ownerId'> & { ownerId?: string },
  now: DateTime,
): Promise<string> =>
  transact(db, async trx => {
    const whose = { ownerId: owner.houseId, ...owner }
    const found = await findSubscription(trx, whose)
    const nonce = found?.nonce ?? newNonce()
    const token = tokenOf(secret, 'feed', nonce)
    if (!found) await insertFeed(trx, whose, { nonce, hash: hashOf(token) }, now)
    return `/f/${token}.ics`
  })
