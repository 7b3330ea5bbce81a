import type { Actor } from '../base/auth.ts'
import type { Db } from '../base/db/open.ts'
import type { Role } from '../base/db/tables.ts'
import { transact } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { noteEvent } from './event-actions.ts'
import { endOtherSessions, endSession, moveSession } from './store.ts'

type Who = Pick<Actor, 'accountId' | 'houseId' | 'sessionHash'>

/** Ends the session of this browser. */
export const signOut = (db: Db, who: Who, now: DateTime): Promise<void> =>
  transact(db, async trx => {
    if (await endSession(trx, who.accountId, who.sessionHash)) noteEvent('signed-out', who, { which: 'one' }, now)
  })

/** Ends one session of somebody's own, or all but this one; false when there is no such session. */
export const endSessions = (db: Db, who: Who, session: string, now: DateTime): Promise<boolean> =>
  transact(db, async trx => {
    const others = session === 'others'
    if (others) await endOtherSessions(trx, who.accountId, who.sessionHash)
    else if (!(await endSession(trx, who.accountId, session))) return false
    noteEvent('sessions-ended', who, { which: others ? 'others' : 'one' }, now)
    return true
  })

/** Goes on in another House in which the account has a role; both Houses know it. Nothing when it has none there. */
export const goToHouse = (db: Db, who: Who, houseId: string, now: DateTime): Promise<Role | undefined> =>
  transact(db, async trx => {
    const role = await moveSession(trx, who, houseId)
    if (!role) return
    noteEvent('signed-out', who, { way: 'house' }, now)
    noteEvent('signed-in', { ...who, houseId }, { way: 'house' }, now)
    return role
  })
