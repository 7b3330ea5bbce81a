import type { Strength } from '../base/auth.ts'
import type { Db } from '../base/db/open.ts'
import type { Role } from '../base/db/tables.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { codeOf, hashOf, newNonce, same, tokenOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import { noteEvent, type Way } from './event-actions.ts'
import { endOf, linkMinutes } from './rules.ts'
import { admit, consumeLink, findAccount, insertLink, tryCode } from './sign-in-store.ts'
import { insertSession } from './store.ts'

/** From where somebody signs in: kept so that the person can tell their sessions apart. */
export type Browser = { ipPrefix: string; agent: string }
export type SignedIn = { session: string; role: Role; accountId: string; strength: Strength }

/**
 * Writes a letter with a link and a code when the address belongs to an account. Whoever asks learns nothing of that:
 * the answer is the same, and an unknown address costs about as many statements.
 */
export async function askToSignIn(
  db: Db,
  jobs: Jobs,
  secret: string,
  { email, browser }: { email: string; browser: string },
  now: DateTime,
): Promise<void> {
  await transact(db, async trx => {
    const account = await findAccount(trx, email)
    if (!account) return asLongAsALetter(trx, now)
    const nonce = newNonce()
    const expiresAt = now.plus({ minutes: linkMinutes })
    const id = await insertLink(
      trx,
      {
        accountId: account.id,
        nonce,
        tokenHash: hashOf(tokenOf(secret, 'sign-in', nonce)),
        codeHash: codeHashOf(secret, codeOf(secret, nonce)),
        browserHash: hashOf(browser),
        expiresAt,
      },
      now,
    )
    await tell(trx, jobs, now, [
      {
        houseId: account.houseId,
        kind: 'sign-in',
        cause: `sign-in:${id}`,
        version: 1,
        recipient: `account:${account.id}`,
        address: email,
        language: account.language,
        dueAt: now,
        notAfter: expiresAt,
        accountId: account.id,
        signInLinkId: id,
      },
    ])
  })
}

async function asLongAsALetter(trx: Trx, now: DateTime): Promise<void> {
  for (const key of ['nobody', 'nobody, too'])
    await trx
      .insertInto('limits')
      .values({ key, starts_at: now, count: 0 })
      .onConflict(conflict => conflict.doNothing())
      .execute()
}

// a code of six digits is found from its bare hash in no time, so the hash is keyed
export const codeHashOf = (secret: string, code: string) => hashOf(tokenOf(secret, 'code', code))

/** Signs in by the link of a letter, once. */
export async function signInByLink(
  db: Db,
  token: string,
  browser: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> {
  return transact(db, trx => consume(trx, hashOf(token), 'link', browser, now))
}

/** Signs in by the code of a letter, in the browser that asked for it. */
export async function signInByCode(
  db: Db,
  secret: string,
  { code, asked }: { code: string; asked: string },
  browser: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> {
  return transact(db, async trx => {
    const link = await tryCode(trx, hashOf(asked), now)
    if (!link || !same(link.codeHash, codeHashOf(secret, code))) return
    return consume(trx, link.tokenHash, 'code', browser, now)
  })
}

async function consume(
  trx: Trx,
  tokenHash: string,
  way: 'link' | 'code',
  browser: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> {
  const accountId = await consumeLink(trx, tokenHash, now)
  return accountId === undefined ? undefined : enter(trx, accountId, way, browser, now)
}

/** Lets somebody in who has proved themselves, into the first of their Houses, whose journal tells it; nothing for a disabled account. */
export async function enter(
  trx: Trx,
  accountId: string,
  way: Exclude<Way, 'letter' | 'house'>,
  browser: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> {
  const admitted = await admit(trx, accountId, now)
  if (!admitted) return
  const strength = way === 'link' || way === 'code' ? 'letter' : 'strong'
  noteEvent('signed-in', { accountId, houseId: admitted.houseId }, { way }, now, browser.ipPrefix)
  const session = await open(trx, { accountId, ...admitted }, browser, now, strength)
  return { session, role: admitted.role, accountId, strength }
}

/** A new session: 256 random bits for the cookie, their hash for the table. */
export async function open(
  trx: Trx,
  who: { accountId: string; houseId: string; role: Role },
  browser: Browser,
  now: DateTime,
  strength: Strength = 'letter',
): Promise<string> {
  const session = newNonce()
  const endsAt = endOf({ role: who.role, createdAt: now, seenAt: now })
  await insertSession(
    trx,
    { idHash: hashOf(session), accountId: who.accountId, houseId: who.houseId, endsAt, strength, ...browser },
    now,
  )
  return session
}
