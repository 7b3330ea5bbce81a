import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { contactsSince, linksSince } from './forget-rules.ts'
import { deleteContacts, dropWritten, findForgotten } from './forget-store.ts'

const atOnce = 200

/**
 * Forgets what its purpose is over for: contacts a year after the last event, what hosts wrote when their link has said
 * goodbye. Counts stay. How many contacts went.
 */
export const forget = (db: Db, now: DateTime): Promise<number> =>
  transact(db, async trx => {
    await dropWritten(trx, linksSince(now))
    const ids = await findForgotten(trx, contactsSince(now), atOnce)
    if (ids.length > 0) await deleteContacts(trx, ids)
    return ids.length
  })
