import { createHmac } from 'node:crypto'
import type { Actor, Strength } from '../base/auth.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { stepOfCode } from '../base/proofs/one-time-code.ts'
import { codeOf, hashOf, newNonce, same, tokenOf, unseal } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { codeHashOf } from './actions.ts'
import { noteEvent, type Way } from './event-actions.ts'
import { digitsIn, hasFactor, recoveryIn, recoveryLength } from './factor-rules.ts'
import { factorsOf, findTotp, lockAccount, useRecovery, useStep } from './factor-store.ts'
import { linkMinutes } from './rules.ts'
import { insertLink, outdoLinks, type Purpose, tryCode, useLink } from './sign-in-store.ts'
import { renewSession } from './store.ts'

export type Person = Pick<Actor, 'accountId' | 'houseId' | 'role' | 'strength' | 'sessionHash'>

/** Goes on with the session under a new id after a proof; undefined when it has ended meanwhile. */
export async function renew(
  trx: Trx,
  { sessionHash }: Pick<Actor, 'sessionHash'>,
  strength: Strength,
  now: DateTime,
): Promise<string | undefined> {
  const session = newNonce()
  return (await renewSession(trx, sessionHash, { idHash: hashOf(session), strength }, now)) ? session : undefined
}

/** The same after a proof that was asked for, which the journal tells. */
export async function goOn(
  trx: Trx,
  person: Person,
  way: Way,
  strength: Strength,
  now: DateTime,
): Promise<string | undefined> {
  const session = await renew(trx, person, strength, now)
  if (session !== undefined) noteEvent('proved', person, { way }, now)
  return session
}

/** The key under which the codes of one account are sealed: a sealed secret is of no use in another's row. */
export const sealOf = (secret: string, accountId: string): string => tokenOf(secret, 'one-time-codes', accountId)

export const recoveryHash = (secret: string, code: string): string => hashOf(tokenOf(secret, 'recovery', code))

/** Uses up a code of an application or a recovery code; false when it is neither, or was used before. */
export async function useCode(
  trx: Trx,
  secret: string,
  accountId: string,
  text: string,
  now: DateTime,
): Promise<boolean> {
  const kept = await findTotp(trx, accountId)
  const digits = digitsIn(text)
  const codes = kept && unseal(sealOf(secret, accountId), kept.sealed)
  const step = codes !== undefined && digits !== undefined ? stepOfCode(codes, digits, now) : undefined
  // an unknown account costs the same statements as a known one
  if (await useStep(trx, accountId, step ?? -1)) return true
  return useRecovery(trx, accountId, recoveryHash(secret, recoveryIn(text) ?? ''), now)
}

/** A code shown again in a session: it is strong from now on. */
export const proveByCode = (
  db: Db,
  secret: string,
  person: Person,
  text: string,
  now: DateTime,
): Promise<string | undefined> =>
  transact(db, async trx =>
    (await useCode(trx, secret, person.accountId, text, now)) ? goOn(trx, person, 'code', 'strong', now) : undefined,
  )

/** What binds a letter with a code to the session that asked for it. */
const asking = (purpose: Purpose, sessionHash: string): string => hashOf(`${purpose}:${sessionHash}`)

/** Writes a letter with a code: to somebody who has nothing else to prove themselves with, or to an address that is to be theirs. */
export async function sendCode(
  db: Db,
  jobs: Jobs,
  secret: string,
  person: Person,
  { purpose, address }: ({ purpose: 'again' } & { address?: never }) | { purpose: 'address'; address: string },
  now: DateTime,
): Promise<boolean> {
  return transact(db, async trx => {
    const { email, language } = await lockAccount(trx, person.accountId)
    if (purpose === 'again' && hasFactor(await factorsOf(trx, person.accountId))) return false
    const browserHash = asking(purpose, person.sessionHash)
    await outdoLinks(trx, browserHash, now)
    const nonce = newNonce()
    const expiresAt = now.plus({ minutes: linkMinutes })
    const id = await insertLink(
      trx,
      {
        accountId: person.accountId,
        nonce,
        tokenHash: hashOf(tokenOf(secret, purpose, nonce)),
        codeHash: codeHashOf(secret, codeOf(secret, nonce)),
        browserHash,
        expiresAt,
        purpose,
        ...(address === undefined ? {} : { address }),
      },
      now,
    )
    await tell(trx, jobs, now, [
      {
        houseId: person.houseId,
        kind: 'sign-in',
        cause: `sign-in:${id}`,
        version: 1,
        recipient: address === undefined ? `account:${person.accountId}` : `address:${hashOf(address)}`,
        address: address ?? email,
        language,
        dueAt: now,
        notAfter: expiresAt,
        accountId: person.accountId,
        signInLinkId: id,
      },
    ])
    return true
  })
}

/** Uses up the code of such a letter, in the session that asked for it; the address it went to. */
export async function useLetter(
  trx: Trx,
  secret: string,
  person: Person,
  purpose: 'again' | 'address',
  code: string,
  now: DateTime,
): Promise<{ address: string | null } | undefined> {
  const link = await tryCode(trx, asking(purpose, person.sessionHash), now, purpose)
  if (!link || !same(link.codeHash, codeHashOf(secret, code))) return
  await useLink(trx, link.id, now)
  return { address: link.address }
}

/** The code of a letter, by somebody who has nothing else: the session is as strong as before, but fresh. */
export const proveByLetter = (
  db: Db,
  secret: string,
  person: Person,
  code: string,
  now: DateTime,
): Promise<string | undefined> =>
  transact(db, async trx => {
    if (!(await useLetter(trx, secret, person, 'again', code, now))) return
    if (hasFactor(await factorsOf(trx, person.accountId))) return
    return goOn(trx, person, 'letter', person.strength, now)
  })

/** The recovery codes that come from a nonce: shown once, never kept but as hashes. */
export const recoveryCodes = (secret: string, nonce: string, many: number): string[] =>
  Array.from({ length: many }, (_, at) =>
    [...createHmac('sha256', secret).update(`recovery:${nonce}:${at}`).digest().subarray(0, recoveryLength)]
      .map(byte => '0123456789abcdefghjkmnpqrstvwxyz'[byte % 32])
      .join(''),
  )
