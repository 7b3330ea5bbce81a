import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { type AccountPerson, type Ahead, nobody, type Person } from './erase-rules.ts'

/** A speaker of the House, as a person. */
export async function findSpeakerPerson(db: Db | Trx, houseId: string, id: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('speakers as s')
    .leftJoin('accounts as a', 'a.id', 's.account_id')
    .select(['s.id', 's.house_id as houseId', 's.email', 's.phone', 's.account_id as accountId'])
    .select(['s.name_kk', 's.name_ru', 's.name_en', 's.address_kk', 's.address_ru', 's.address_en'])
    .select(['a.name_kk as a_kk', 'a.name_ru as a_ru', 'a.name_en as a_en'])
    .where('s.house_id', '=', houseId)
    .where('s.id', '=', id)
    .executeTakeFirst()
  if (!row) return
  const { id: own, houseId: house, email, phone, accountId, ...names } = row
  const all = [...new Set(Object.values(names).filter(name => name !== null))]
  return { is: 'speaker', id: own, houseId: house, names: all, email, phone, accountId }
}

/** The contact of a request, whose House it is. */
export const findContactOf = (db: Db | Trx, houseId: string, number: number): Promise<Person | undefined> =>
  contactWhere(db, sql`c.id = (select contact_id from requests where house_id = ${houseId} and number = ${number})`)

export const findContact = (db: Db | Trx, id: string): Promise<Person | undefined> =>
  contactWhere(db, sql`c.id = ${id}`)

/** The contact behind the secret of a link, while the link is alive. */
export const findContactByRequest = (db: Db | Trx, requestId: string): Promise<Person | undefined> =>
  contactWhere(db, sql`c.id = (select contact_id from requests where id = ${requestId})`)

async function contactWhere(db: Db | Trx, condition: ReturnType<typeof sql>): Promise<Person | undefined> {
  const { rows } = await sql<{ id: string; houseId: string; name: string; email: string | null; phone: string | null }>`
    select c.id, h.house_id as "houseId", c.name, c.email, c.phone from contacts c join hosts h on h.id = c.host_id where ${condition}`.execute(
    db,
  )
  const [row] = rows
  if (!row) return
  const { name, ...rest } = row
  return { is: 'contact', ...rest, names: [name], accountId: null }
}

/** Everybody with this address, in all Houses. */
export async function findByAddress(db: Db | Trx, address: string): Promise<Person[]> {
  const speakers = await db
    .selectFrom('speakers')
    .leftJoin('accounts', 'accounts.id', 'speakers.account_id')
    .select(['speakers.id', 'speakers.house_id'])
    .where(it => it.or([it('speakers.email', '=', address), it('accounts.email', '=', address)]))
    .execute()
  const contacts = await db.selectFrom('contacts').select('id').where('email', '=', address).execute()
  const found: (Person | undefined)[] = []
  for (const { id, house_id } of speakers) found.push(await findSpeakerPerson(db, house_id, id))
  for (const { id } of contacts) found.push(await findContact(db, id))
  return found.filter(person => person !== undefined)
}

/** What a person is still counted on for: a speaker's talks ahead, a contact's requests that wait or are booked. */
export async function findAhead(db: Db | Trx, person: Person, now: DateTime): Promise<Ahead[]> {
  const { rows } = await (person.is === 'speaker'
    ? sql<Ahead>`select t.id as "talkId", r.number, t.held_on::text as on from assignments a
        join talks t on t.id = a.talk_id left join requests r on r.id = t.request_id
        where a.speaker_id = ${person.id} and a.state in ('invited', 'accepted') and a.ended_at is null
          and t.state = 'booked' and upper(t.during) > ${now} order by t.during limit 20`
    : sql<Ahead>`select t.id as "talkId", r.number, t.held_on::text as on from requests r
        left join talks t on t.request_id = r.id and t.state = 'booked'
        where r.contact_id = ${person.id} and (r.state in ('unconfirmed', 'waiting')
          or (t.id is not null and upper(t.during) > ${now})) order by r.number limit 20`
  ).execute(db)
  return rows
}

/** Whether the account is somebody's work as well: a coordinator, or one who may do something in another House. */
export async function otherRoles(db: Db | Trx, person: Person): Promise<{ staff: boolean; elsewhere: boolean }> {
  if (!person.accountId) return { staff: false, elsewhere: false }
  const roles = await db
    .selectFrom('roles')
    .select(['role', 'house_id'])
    .where('account_id', '=', person.accountId)
    .execute()
  return {
    staff: roles.some(it => it.house_id === person.houseId && it.role !== 'speaker'),
    elsewhere: roles.some(it => it.house_id !== person.houseId),
  }
}

export type Kept = { is: Person['is']; id: string; houseId: string | null; addresses: string[]; since: DateTime }

/** Everybody who is held and not erased, with the moment since which they are: whom a tombstone may mean. */
export async function findHeld(db: Db | Trx): Promise<Kept[]> {
  const { rows } = await sql<Omit<Kept, 'addresses'> & { email: string | null; phone: string | null }>`
    select 'speaker' as is, id, house_id as "houseId", email, phone, created_at as since from speakers where name_kk <> ${nobody.kk}
    union all select 'contact', c.id, h.house_id, c.email, c.phone, c.created_at from contacts c join hosts h on h.id = c.host_id
    union all select 'account', id, null, null, null, created_at from accounts where name_kk <> ${nobody.kk}`.execute(
    db,
  )
  return rows.map(({ email, phone, ...row }) => ({ ...row, addresses: [email, phone].filter(it => it !== null) }))
}

/** The account of this address that is nobody's speaker. */
export async function findLoneAccount(trx: Trx, address: string): Promise<AccountPerson | undefined> {
  const found = await trx.selectFrom('accounts').select('id').where('email', '=', address).executeTakeFirst()
  return found && findAccountPerson(trx, found.id)
}

export async function findAccountPerson(trx: Db | Trx, id: string): Promise<AccountPerson | undefined> {
  const row = await trx
    .selectFrom('accounts')
    .select([
      'email',
      'phone',
      'disabled_at',
      'name_kk',
      'name_ru',
      'name_en',
      'address_kk',
      'address_ru',
      'address_en',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return
  const { email, phone, disabled_at: disabledAt, ...names } = row
  const roles = await trx.selectFrom('roles').select('house_id').where('account_id', '=', id).execute()
  const houses = roles.map(it => it.house_id)
  const all = [...new Set(Object.values(names))]
  return { is: 'account', id, houseId: houses[0] ?? '', houses, names: all, email, phone, accountId: id, disabledAt }
}
