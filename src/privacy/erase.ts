import path from 'node:path'
import { remember, rememberAll } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { dropCaught } from '../base/mail.ts'
import { type DateTime, instantFrom } from '../base/time.ts'
import { deleteContacts } from '../requests/forget-store.ts'
import { type AccountPerson, type Erasing, nobody, type Person, traces } from './erase-rules.ts'
import * as store from './erase-store.ts'
import {
  findAccountPerson,
  findAhead,
  findByAddress,
  findContact,
  findHeld,
  findLoneAccount,
  findSpeakerPerson,
  otherRoles,
} from './person-store.ts'
import { keepTombstones, readTombstones, tombstoneOf } from './tombstones.ts'

export type Grave = { secret: string; dataDir: string }
export type By = { accountId: string } | 'command'

/** Erases a person by the House's hand; counts and talks stay. What is still counted on them for has to be settled first. */
export async function erasePerson(
  db: Db,
  grave: Grave,
  by: By,
  find: (trx: Trx) => Promise<Person | undefined>,
  location: string,
  form: Form,
): Promise<Done | Erasing> {
  let gone: Person[] = []
  const done = await transactOnce<Erasing>(db, form, async trx => {
    gone = []
    const person = await find(trx)
    if (!person) return { refused: 'missing' }
    const done = await erase(trx, grave.secret, person, by, form.now)
    if ('refused' in done) return done
    gone.push(done)
    return { location }
  })
  if ('location' in done) await buried(db, grave.dataDir, gone)
  return done
}

/** The same for an address, in every House that knows it; how many people it was, or what stands in the way. */
export async function eraseAddress(
  db: Db,
  grave: Grave,
  address: string,
  now: DateTime,
): Promise<{ erased: number } | Erasing> {
  const known = address.trim().toLowerCase()
  let gone: Person[] = []
  const done = await transact(db, async trx => {
    gone = []
    const people = await findByAddress(trx, known)
    const ahead = (await Promise.all(people.map(person => findAhead(trx, person, now)))).flat()
    if (ahead.length > 0) return { refused: 'ahead' as const, ahead }
    for (const person of people) {
      const done = await erase(trx, grave.secret, person, 'command', now)
      if ('refused' in done) throw new Refused(done)
      gone.push(done)
    }
    const account = await findLoneAccount(trx, known)
    if (account && account.disabledAt === null) throw new Refused({ refused: 'staff' })
    if (account) gone.push(await strikeAccount(trx, grave.secret, account, now))
    return { erased: people.length + (account ? 1 : 0) }
  }).catch((error: unknown) => {
    if (error instanceof Refused) return error.why
    throw error
  })
  if ('erased' in done) await buried(db, grave.dataDir, gone)
  return done
}

/** Takes back what was erased in other Houses before one said no. */
class Refused extends Error {
  readonly why: Erasing
  constructor(why: Erasing) {
    super('refused')
    this.why = why
  }
}

/**
 * After a restore: whoever was erased since the backup is erased again, row by row as then; nobody else, though they share an
 * address. How many.
 */
export async function eraseAgain(db: Db, grave: Grave, now: DateTime): Promise<number> {
  const stones = new Map((await readTombstones(grave.dataDir)).map(it => [it.hash, it.at]))
  if (stones.size === 0) return 0
  const stoneOf = (text: string) => stones.get(tombstoneOf(grave.secret, text))
  const gone: Person[] = []
  for (const { is, id, houseId, addresses, since } of await findHeld(db)) {
    // stones of older versions are of addresses: they mean whoever was there before
    const old = addresses.flatMap(address => stoneOf(address) ?? []).at(0)
    if (stoneOf(id) === undefined && (old === undefined || since > instantFrom(old))) continue
    const struck = await transact(db, async trx => {
      if (is === 'account') {
        const account = await findAccountPerson(trx, id)
        // a speaker's went with the speaker
        if (!account || account.names.includes(nobody.kk)) return
        return strikeAccount(trx, grave.secret, account, now)
      }
      const person = await (is === 'speaker' ? findSpeakerPerson(trx, houseId ?? '', id) : findContact(trx, id))
      return person && strike(trx, grave.secret, person, 'command', now)
    })
    if (struck) gone.push(struck)
  }
  await buried(db, grave.dataDir, gone)
  return gone.length
}

/** What lies outside the database: it is remembered who is to be erased again, and letters that were caught as files go. */
async function buried(db: Db, dataDir: string, gone: Person[]): Promise<void> {
  await keepAll(db, dataDir)
  const words = gone.flatMap(traces).map(it => it.toLowerCase())
  if (words.length > 0) await dropCaught(path.join(dataDir, 'mail'), letter => words.some(it => letter.includes(it)))
}

/** The file beside the database learns what the database knows. */
export async function keepAll(db: Db, dataDir: string): Promise<void> {
  const rows = await db.selectFrom('tombstones').select(['hash', 'at']).execute()
  await keepTombstones(
    dataDir,
    rows.map(({ hash, at }) => ({ hash, at: at.toUTC().toISO() ?? '' })),
  )
}

async function erase(trx: Trx, secret: string, person: Person, by: By, now: DateTime): Promise<Erasing | Person> {
  const ahead = await findAhead(trx, person, now)
  if (ahead.length > 0) return { refused: 'ahead', ahead }
  if ((await otherRoles(trx, person)).staff) return { refused: 'staff' }
  return strike(trx, secret, person, by, now)
}

async function strike(trx: Trx, secret: string, found: Person, by: By, now: DateTime): Promise<Person> {
  const { accountId } = found
  const recipients = [`${found.is}:${found.id}`, ...(accountId ? [`account:${accountId}`] : [])]
  const person = { ...found, former: await store.formerAddresses(trx, recipients) }
  const ids = [person.id]
  if (person.is === 'speaker') {
    await store.eraseSpeaker(trx, person, now)
    const roles = await otherRoles(trx, person)
    if (accountId && !roles.staff)
      if (roles.elsewhere) await store.dropSpeakerRole(trx, accountId, person.houseId)
      else {
        await store.eraseAccount(trx, accountId, now)
        ids.push(accountId)
      }
  } else {
    await store.endRequests(trx, person.id)
    await store.dropLetters(trx, `contact:${person.id}`)
    await deleteContacts(trx, [person.id])
  }
  await store.strikeOut(trx, person)
  await store.bury(
    trx,
    ids.map(id => tombstoneOf(secret, id)),
    now,
  )
  await remember(trx, {
    houseId: person.houseId,
    kind: 'person-erased',
    at: now,
    ...(by === 'command' ? { byWhom: 'system' } : { byWhom: 'account', accountId: by.accountId }),
    ...(person.is === 'speaker' ? { speakerId: person.id } : { detail: { contact: person.id } }),
  })
  return person
}

/** An account that is nobody's speaker; the Houses in which it had a role know it. */
async function strikeAccount(trx: Trx, secret: string, found: AccountPerson, now: DateTime): Promise<Person> {
  const { id, houses } = found
  const account = { ...found, former: await store.formerAddresses(trx, [`account:${id}`]) }
  await store.eraseAccount(trx, id, now)
  await store.strikeOut(trx, account)
  await store.bury(trx, [tombstoneOf(secret, id)], now)
  await rememberAll(
    trx,
    houses.map(houseId => ({ houseId, kind: 'person-erased', at: now, byWhom: 'system', detail: { account: id } })),
  )
  return account
}
