import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import { hashOf, newNonce } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { hasAdministrator, replaceFirstLink } from './first-store.ts'

/** The one-time link of a new installation, to be printed where it is started; nothing once there is an administrator. */
export async function firstAdministratorLink(db: Db, publicUrl: string, now: DateTime): Promise<string | undefined> {
  return transact(db, async trx => {
    if (await hasAdministrator(trx)) return
    const token = newNonce()
    await replaceFirstLink(trx, hashOf(token), now)
    return `${publicUrl}/sign-in/first/${token}`
  })
}
