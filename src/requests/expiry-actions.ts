import { remember } from '../base/db/changes.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { expiryNotices } from './expiry-rules.ts'
import { endOverdue, findZones } from './expiry-store.ts'

/** Ends the requests that are over by now, each with a line in its history and a letter to its contact. How many ended. */
export async function expire(db: Db, jobs: Jobs, now: DateTime): Promise<number> {
  let ended = 0
  for (const zone of await findZones(db))
    ended += await transact(db, async trx => {
      const over = await endOverdue(trx, zone, wallOf(now, zone).day, now)
      for (const { id, houseId } of over)
        await remember(trx, { houseId, kind: 'expired', at: now, byWhom: 'system', requestId: id, detail: {} })
      await tell(
        trx,
        jobs,
        now,
        over.flatMap(each => expiryNotices(each, now)),
      )
      return over.length
    })
  return ended
}
