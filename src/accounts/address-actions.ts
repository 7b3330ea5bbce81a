import { brokenConstraint } from '../base/db/errors.ts'
import { transact } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { moveAddress } from './address-store.ts'
import { noteEvent } from './event-actions.ts'
import { tellOwner, type World } from './factor-actions.ts'
import { lockAccount } from './factor-store.ts'
import { type Person, useLetter } from './proof-actions.ts'

/**
 * Signs in by another address from now on, once the code of the letter to it was typed. The old address is told, and whoever
 * reads it is out: letters on their way and other sessions end.
 */
export async function changeAddress(
  { db, jobs, secret }: World,
  person: Person,
  code: string,
  now: DateTime,
): Promise<'done' | 'code' | 'taken'> {
  try {
    return await transact(db, async trx => {
      const proved = await useLetter(trx, secret, person, 'address', code, now)
      if (!proved?.address) return 'code'
      const { email, language } = await lockAccount(trx, person.accountId)
      await moveAddress(trx, person, proved.address, now)
      await tellOwner(trx, jobs, { ...person, email, language }, 'address-changed', now)
      noteEvent('address-changed', person, {}, now)
      return 'done'
    })
  } catch (error) {
    if (brokenConstraint(error) === 'an_address_belongs_to_one_account') return 'taken'
    throw error
  }
}
