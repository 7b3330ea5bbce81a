import type { Db } from '../base/db/open.ts'
import { dropSetting } from '../base/db/settings.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { requeue } from './ledger-store.ts'

/** Tries a refused or held letter again; false when the House has no such letter. */
export const sendAgain = (db: Db, jobs: Jobs, houseId: string, id: string): Promise<boolean> =>
  transact(db, async trx => {
    if (!(await requeue(trx, houseId, id))) return false
    await jobs.deliver(trx, id)
    return true
  })

/** Ends the hold that a restored backup begins with; what is due then goes out by the sweep. */
export const releaseMail = (db: Db): Promise<void> => transact(db, trx => dropSetting(trx, 'mail_hold'))
