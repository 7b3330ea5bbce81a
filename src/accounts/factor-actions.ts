import { isWeak } from '../base/auth.ts'
import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { isCommon } from '../base/proofs/common-passwords.ts'
import { stepOfCode } from '../base/proofs/one-time-code.ts'
import { hashPassword } from '../base/proofs/passwords.ts'
import { hashOf, newNonce, seal } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { tell } from '../messages/store.ts'
import {
  type AccountChange,
  codesAtOnce,
  digitsIn,
  type FactorRefusal,
  type Factors,
  hasFactor,
  lengthMistake,
  mayDrop,
} from './factor-rules.ts'
import { dropTotp, factorsOf, lockAccount, replaceRecovery, savePassword, saveTotp } from './factor-store.ts'
import { dropPasskey } from './passkey-store.ts'
import { type Person, recoveryCodes, recoveryHash, renew, sealOf } from './proof-actions.ts'

export type World = { db: Db; jobs: Jobs; secret: string }
/** What only the browser of the person gets: the session's new id, and the nonce of recovery codes to be shown. */
export type Kept = { session?: string; recovery?: string }
type Outcome = (Done & Kept) | { refused: FactorRefusal }

/**
 * One change of somebody's own factors: locked, told by a letter, written down. With the first factor the session becomes
 * strong under a new id, and there are recovery codes. Whoever came by a letter alone adds to nothing that is there.
 */
export async function changeFactors(
  { db, jobs, secret }: World,
  person: Person,
  form: Form,
  change: AccountChange,
  work: (trx: Trx, before: Factors) => Promise<FactorRefusal | undefined>,
): Promise<Outcome> {
  let kept: Kept = {}
  const done = await transactOnce<{ refused: FactorRefusal }>(db, form, async trx => {
    kept = {}
    const { email, language } = await lockAccount(trx, person.accountId)
    const before = await factorsOf(trx, person.accountId)
    if (isWeak(person) && hasFactor(before)) return { refused: 'not-first' }
    const refused = await work(trx, before)
    if (refused) return { refused }
    if (!hasFactor(before) && hasFactor(await factorsOf(trx, person.accountId))) {
      const session = await renew(trx, person, 'strong', form.now)
      kept = {
        ...(session === undefined ? {} : { session }),
        recovery: await newRecovery(trx, secret, person.accountId),
      }
    } else if (change === 'recovery-renewed') kept = { recovery: await newRecovery(trx, secret, person.accountId) }
    await tellOwner(trx, jobs, { ...person, email, language }, change, form.now)
    await remember(trx, {
      houseId: person.houseId,
      kind: 'factors-changed',
      at: form.now,
      byWhom: 'account',
      accountId: person.accountId,
      detail: { account: person.accountId, change },
    })
    return { location: kept.recovery === undefined ? '/account/factors' : '/account/recovery' }
  })
  return 'refused' in done ? done : { ...done, ...kept }
}

async function newRecovery(trx: Trx, secret: string, accountId: string): Promise<string> {
  const nonce = newNonce()
  await replaceRecovery(
    trx,
    accountId,
    recoveryCodes(secret, nonce, codesAtOnce).map(code => recoveryHash(secret, code)),
  )
  return nonce
}

/** Tells somebody what happened to their account, so that they can act if it was not them; an address that was left, too. */
export const tellOwner = (
  trx: Trx,
  jobs: Jobs,
  owner: { accountId: string; houseId: string; email: string; language: 'kk' | 'ru' | 'en' },
  change: AccountChange,
  now: DateTime,
): Promise<void> =>
  tell(trx, jobs, now, [
    {
      houseId: owner.houseId,
      kind: 'account-changed',
      cause: `account:${owner.accountId}:${change}:${newNonce()}`,
      version: 1,
      recipient: change === 'address-changed' ? `address:${hashOf(owner.email)}` : `account:${owner.accountId}`,
      address: owner.email,
      language: owner.language,
      dueAt: now,
      accountId: owner.accountId,
    },
  ])

/** Sets the password, or another one; `about`: words of the person and the House that would be guessed first. */
export async function setPassword(
  world: World,
  person: Person,
  password: string,
  about: string[],
  form: Form,
): Promise<Outcome> {
  const mistake = lengthMistake(password) ?? ((await isCommon(password, about)) ? ('common' as const) : undefined)
  if (mistake) return { refused: mistake }
  const hash = await hashPassword(password)
  return changeFactors(world, person, form, 'password-set', async trx => {
    await savePassword(trx, person.accountId, hash, form.now)
    return undefined
  })
}

/** Takes an application for codes into use, once it has shown that it knows the secret. */
export const setCodes = (world: World, person: Person, codes: string, text: string, form: Form): Promise<Outcome> =>
  changeFactors(world, person, form, 'codes-set', async trx => {
    const digits = digitsIn(text)
    const step = digits === undefined ? undefined : stepOfCode(codes, digits, form.now)
    if (step === undefined) return 'code'
    const sealed = seal(sealOf(world.secret, person.accountId), codes)
    await saveTotp(trx, person.accountId, { sealed, step }, form.now)
    return undefined
  })

export const dropCodes = (world: World, person: Person, form: Form): Promise<Outcome> =>
  changeFactors(world, person, form, 'codes-removed', async (trx, before) => {
    if (!before.codes) return 'missing'
    if (!mayDrop(before, 'codes')) return 'last'
    await dropTotp(trx, person.accountId)
    return undefined
  })

export const dropKey = (world: World, person: Person, id: string, form: Form): Promise<Outcome> =>
  changeFactors(world, person, form, 'passkey-removed', async (trx, before) => {
    if (!mayDrop(before, 'passkey')) return 'last'
    return (await dropPasskey(trx, person.accountId, id)) ? undefined : 'missing'
  })

/** New recovery codes in the place of those before. */
export const renewRecovery = (world: World, person: Person, form: Form): Promise<Outcome> =>
  changeFactors(world, person, form, 'recovery-renewed', async (_, before) =>
    hasFactor(before) ? undefined : 'missing',
  )
