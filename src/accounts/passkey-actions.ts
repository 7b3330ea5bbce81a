import type { Actor } from '../base/auth.ts'
import type { Form } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import {
  askForNew,
  askForProof,
  keyNamedIn,
  newKeyIn,
  type Passkey,
  provedBy,
  type siteOfKeys,
} from '../base/proofs/passkeys.ts'
import { hashOf, newNonce } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { type Browser, enter, type SignedIn } from './actions.ts'
import { changeFactors, type World } from './factor-actions.ts'
import { findPasskey, insertPasskey, keepChallenge, passkeysOf, takeChallenge, usePasskey } from './passkey-store.ts'
import { goOn, type Person } from './proof-actions.ts'

type Ours = NonNullable<ReturnType<typeof siteOfKeys>>

/** A question for the keys of whoever stands before this browser. */
export async function askStranger(db: Db, ours: Ours, browser: string, now: DateTime) {
  const challenge = newNonce()
  await transact(db, trx =>
    keepChallenge(trx, hashOf(browser), { purpose: 'sign-in', challenge, accountId: null }, now),
  )
  return askForProof(ours, { challenge, keys: [] })
}

/** A question for the keys of somebody signed in, or for a new one. */
export async function askPerson(
  db: Db,
  ours: Ours,
  actor: Pick<Actor, 'accountId' | 'name'>,
  { purpose, browser, email, house }: { purpose: 'again' | 'new'; browser: string; email: string; house: string },
  now: DateTime,
) {
  const challenge = newNonce()
  const { accountId } = actor
  await transact(db, trx => keepChallenge(trx, hashOf(browser), { purpose, challenge, accountId }, now))
  const keys = await passkeysOf(db, accountId)
  return purpose === 'new'
    ? askForNew(ours, { id: accountId, email, name: actor.name, house }, { challenge, keys })
    : askForProof(ours, { challenge, keys })
}

type Answer = { browser: string; answer: string }

/** Signs in by a key: the answer to the question of this browser, once. */
export async function signInByPasskey(
  db: Db,
  ours: Ours,
  { browser, answer }: Answer,
  from: Browser,
  now: DateTime,
): Promise<SignedIn | undefined> {
  const challenge = await transact(db, trx => takeChallenge(trx, hashOf(browser), 'sign-in', null, now))
  const proved = challenge && (await proof(db, ours, challenge, answer))
  if (!proved) return
  return transact(db, async trx =>
    (await usePasskey(trx, proved.key.id, proved.counter, now))
      ? enter(trx, proved.key.accountId, 'passkey', from, now)
      : undefined,
  )
}

/** A key used again in a session: it is strong from now on. */
export async function proveByPasskey(
  db: Db,
  ours: Ours,
  person: Person,
  { browser, answer }: Answer,
  now: DateTime,
): Promise<string | undefined> {
  const challenge = await transact(db, trx => takeChallenge(trx, hashOf(browser), 'again', person.accountId, now))
  const proved = challenge && (await proof(db, ours, challenge, answer))
  if (!proved || proved.key.accountId !== person.accountId) return
  return transact(db, async trx =>
    (await usePasskey(trx, proved.key.id, proved.counter, now))
      ? goOn(trx, person, 'passkey', 'strong', now)
      : undefined,
  )
}

/** Takes a new key into use. */
export async function addPasskey(
  world: World,
  ours: Ours,
  person: Person,
  { browser, answer, name }: Answer & { name: string },
  form: Form,
) {
  const challenge = await transact(world.db, trx =>
    takeChallenge(trx, hashOf(browser), 'new', person.accountId, form.now),
  )
  const key = challenge && (await newKeyIn(ours, challenge, answer))
  if (!key) return { refused: 'key' as const }
  return changeFactors(world, person, form, 'passkey-added', async trx =>
    (await insertPasskey(trx, person.accountId, { ...key, name }, form.now)) ? undefined : 'key',
  )
}

async function proof(
  db: Db,
  ours: Ours,
  challenge: string,
  answer: string,
): Promise<{ key: Passkey & { accountId: string }; counter: number } | undefined> {
  const key = await findPasskey(db, keyNamedIn(answer) ?? '')
  const counter = key && (await provedBy(ours, challenge, answer, key))
  return key && counter !== undefined ? { key, counter } : undefined
}
