import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { type DateTime, instantFrom } from '../base/time.ts'
import { deleteContacts } from '../requests/forget-store.ts'
import type { Erasing, Person } from './erase-rules.ts'
import * as store from './erase-store.ts'
import { findAhead, findByAddress, findHeld, findLoneAccount, otherRoles } from './person-store.ts'
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
  const done = await transactOnce<Erasing>(db, form, async trx => {
    const person = await find(trx)
    if (!person) return { refused: 'missing' }
    return (await erase(trx, grave.secret, person, by, form.now)) ?? { location }
  })
  if ('location' in done) await keepAll(db, grave.dataDir)
  return done
}

/** The same for an address, in every House that knows it; how many people it was, or what stands in the way. */
export async function eraseAddress(
  db: Db,
  grave: Grave,
  address: string,
  now: DateTime,
): Promise<{ erased: number } | Erasing> {
  const done = await transact(db, async trx => {
    const people = await findByAddress(trx, address.trim().toLowerCase())
    const ahead = (await Promise.all(people.map(person => findAhead(trx, person, now)))).flat()
    if (ahead.length > 0) return { refused: 'ahead' as const, ahead }
    for (const person of people) {
      const refused = await erase(trx, grave.secret, person, 'command', now)
      if (refused) return refused
    }
    const account = await findLoneAccount(trx, address.trim().toLowerCase())
    if (account && account.disabled_at === null) return { refused: 'staff' as const }
    if (account) await store.eraseAccount(trx, account.id, now)
    return { erased: people.length + (account ? 1 : 0) }
  })
  if ('erased' in done) await keepAll(db, grave.dataDir)
  return done
}

/** After a restore: whoever was erased since the backup is erased again; who came later is left alone. How many. */
export async function eraseAgain(db: Db, grave: Grave, now: DateTime): Promise<number> {
  const stones = new Map((await readTombstones(grave.dataDir)).map(it => [it.hash, it.at]))
  if (stones.size === 0) return 0
  let count = 0
  for (const { person, since } of await findHeld(db)) {
    const at = [person.email, person.phone]
      .flatMap(address => (address ? [stones.get(tombstoneOf(grave.secret, address))] : []))
      .find(it => it !== undefined)
    if (at === undefined || since > instantFrom(at)) continue
    await transact(db, trx => strike(trx, grave.secret, person, 'command', now))
    count++
  }
  return count
}

/** The file beside the database learns what the database knows. */
export async function keepAll(db: Db, dataDir: string): Promise<void> {
  const rows = await db.selectFrom('tombstones').select(['hash', 'at']).execute()
  await keepTombstones(
    dataDir,
    rows.map(({ hash, at }) => ({ hash, at: at.toUTC().toISO() ?? '' })),
  )
}

async function erase(trx: Trx, secret: string, person: Person, by: By, now: DateTime): Promise<Erasing | undefined> {
  const ahead = await findAhead(trx, person, now)
  if (ahead.length > 0) return { refused: 'ahead', ahead }
  if ((await otherRoles(trx, person)).staff) return { refused: 'staff' }
  await strike(trx, secret, person, by, now)
  return
}

async function strike(trx: Trx, secret: string, person: Person, by: By, now: DateTime): Promise<void> {
  const { accountId } = person
  if (person.is === 'speaker') {
    await store.eraseSpeaker(trx, person, now)
    const roles = await otherRoles(trx, person)
    if (accountId && !roles.staff)
      await (roles.elsewhere
        ? store.dropSpeakerRole(trx, accountId, person.houseId)
        : store.eraseAccount(trx, accountId, now))
  } else {
    await store.endRequests(trx, person.id)
    await store.dropLetters(trx, `contact:${person.id}`)
    await deleteContacts(trx, [person.id])
  }
  await store.strikeOut(trx, person)
  const addresses = [person.email, person.phone].filter(it => it !== null)
  await store.bury(
    trx,
    addresses.map(address => tombstoneOf(secret, address)),
    now,
  )
  await remember(trx, {
    houseId: person.houseId,
    kind: 'person-erased',
    at: now,
    ...(by === 'command' ? { byWhom: 'system' } : { byWhom: 'account', accountId: by.accountId }),
    ...(person.is === 'speaker' ? { speakerId: person.id } : { detail: { contact: person.id } }),
  })
}
