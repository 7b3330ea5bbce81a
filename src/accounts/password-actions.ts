import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import { isPassword } from '../base/proofs/passwords.ts'
import { keyedHash, newNonce, same, tokenOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { type Browser, enter, type SignedIn } from './actions.ts'
import { findByPassword } from './factor-store.ts'
import { useCode } from './proof-actions.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/** What a browser that signed in strongly keeps of its account, so that strangers who guess do not keep it waiting. */
export const deviceMark = (secret: string, accountId: string): string => {
  const nonce = newNonce()
  return `${nonce}.${tokenOf(secret, 'device', `${accountId}:${nonce}`)}`
}

/** What tells tries of one address from those of another in a log, and nobody which address it is. */
export const markOf = (secret: string, email: string): string => keyedHash(secret, `tried:${email}`).slice(0, 12)

/** Whose tries these are: of a device that the account knows, else of everybody who tries this address. */
export async function whoTries(db: Db, secret: string, email: string, mark: string): Promise<string> {
  const found = await findByPassword(db, email)
  const [nonce = '', proof = ''] = mark.split('.')
  const known = same(proof, tokenOf(secret, 'device', `${found?.id ?? nobody}:${nonce}`))
  return known && found ? `device:${nonce}` : `address:${email}`
}

/**
 * Signs in by password and code. Whoever asks does not learn which of the three was wrong, neither from the answer nor from
 * the time it takes; a code is used up only with the right password.
 */
export async function signInByPassword(
  db: Db,
  secret: string,
  { email, password, code }: { email: string; password: string; code: string },
  browser: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> {
  const found = await findByPassword(db, email)
  const fits = await isPassword(found?.hash, password)
  return transact(db, async trx => {
    const used = await useCode(trx, secret, found && fits ? found.id : nobody, code, now)
    return found && used ? enter(trx, found.id, 'password', browser, now) : undefined
  })
}
