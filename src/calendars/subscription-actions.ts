import { remember } from '../base/db/changes.ts'
import { type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { lockSpeaker } from '../speakers/busy-store.ts'
import { insertSubscription, revokeSubscriptions } from './subscription-store.ts'

/** Gives a speaker's calendar a new secret address; the old one ends at once. */
export async function newAddress(
  db: Db,
  secret: string,
  me: { speakerId: string; accountId: string; houseId: string },
  form: Form,
  now: DateTime,
): Promise<void> {
  await transactOnce(db, form, async trx => {
    await lockSpeaker(trx, me.speakerId)
    await revokeSubscriptions(trx, me.speakerId, now)
    const nonce = newNonce()
    await insertSubscription(
      trx,
      { houseId: me.houseId, speakerId: me.speakerId, nonce, secretHash: hashOf(tokenOf(secret, 'feed', nonce)) },
      now,
    )
    await remember(trx, { ...me, kind: 'feed-renewed', at: now, byWhom: 'speaker' })
    return { location: '/me/calendar' }
  })
}
