import { type Change, remember } from '../base/db/changes.ts'
import { type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { type FeedOwner, findSubscription, insertFeed, type LinkedHost, lockOwner, revokeFeeds } from './owner-store.ts'

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

/**
 * Sends the address of a host's whole calendar to the contact of a request, and to nobody else: whoever merely holds the
 * link of one talk neither sees nor changes it. One letter a day at most.
 */
export const sendAddress = (
  db: Db,
  jobs: Jobs,
  secret: string,
  host: LinkedHost,
  form: Form,
  location: string,
  now: DateTime,
) =>
  transactOnce<never>(db, form, async trx => {
    if (!host.contact) return { location }
    await lockOwner(trx, host)
    if (!(await findSubscription(trx, host))) {
      const nonce = newNonce()
      await insertFeed(trx, host, { nonce, hash: hashOf(tokenOf(secret, 'feed', nonce)) }, now)
    }
    const { requestId, houseId, language, contact } = host
    await tell(trx, jobs, now, [
      {
        houseId,
        kind: 'calendar-address',
        cause: `calendar:${requestId}:${wallOf(now, host.zone).day}`,
        version: 1,
        recipient: `contact:${contact.id}`,
        address: contact.email,
        language,
        dueAt: now,
        notAfter: now.plus({ days: 1 }),
        requestId,
      },
    ])
    return { location }
  })
