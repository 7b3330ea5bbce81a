import { remember } from '../base/db/changes.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import { clock, type DateTime } from '../base/time.ts'
import type { AskedContact, AskedTopic, AskedWhen, Wish } from './rules.ts'

export type NewRequest = {
  houseId: string
  hostId: string
  contactId: string
  topic: AskedTopic
  when: Omit<AskedWhen, 'mode'> & { mode: 'onsite' | 'online' }
  language: Language
  source: 'form' | 'call' | 'letter'
  state: 'unconfirmed' | 'waiting'
  enteredBy: string | undefined
  now: DateTime
}
export const consentVersion = '1'
/** The purpose a status link's token is made for. */
export const statusLink = 'request'

/** The next number of the House; the row's lock makes simultaneous requests wait for each other. */
export async function nextNumber(trx: Trx, houseId: string): Promise<number> {
  const row = await trx
    .updateTable('houses')
    .set(eb => ({ last_request_number: eb('last_request_number', '+', 1) }))
    .where('id', '=', houseId)
    .returning('last_request_number')
    .executeTakeFirstOrThrow()
  return row.last_request_number
}

export async function insertContact(
  trx: Trx,
  hostId: string,
  contact: AskedContact,
  language: Language,
  now: DateTime,
): Promise<string> {
  const { id } = await trx
    .insertInto('contacts')
    .values({
      host_id: hostId,
      name: contact.name,
      position: contact.position,
      email: contact.email ?? null,
      phone: contact.phone ?? null,
      language,
      consent_on: contact.consent ? now.toISODate() : null,
      consent_version: contact.consent ? consentVersion : null,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertRequest(
  trx: Trx,
  secret: string,
  request: NewRequest,
): Promise<{ id: string; number: number }> {
  const { when, topic } = request
  const number = await nextNumber(trx, request.houseId)
  const nonce = newNonce()
  const waits = request.state === 'waiting'
  const { id } = await trx
    .insertInto('requests')
    .values({
      house_id: request.houseId,
      number,
      host_id: request.hostId,
      contact_id: request.contactId,
      topic_id: topic.topicId,
      audience: topic.audience,
      grades: topic.grades,
      heads: when.heads,
      class_count: when.classes?.count ?? 1,
      class_names: when.classes?.names ?? [],
      mode: when.mode,
      note: when.note,
      latest_on: when.latest ?? null,
      state: request.state,
      source: request.source,
      language: request.language,
      nonce,
      token_hash: hashOf(tokenOf(secret, statusLink, nonce)),
      asked_at: request.now,
      confirmed_at: waits ? request.now : null,
      entered_by: request.enteredBy ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('request_languages')
    .values(when.languages.map(language => ({ request_id: id, language })))
    .execute()
  await insertWishes(trx, id, when.wishes)
  return { id, number }
}

/** The times a host wished, in its order. */
export async function insertWishes(trx: Trx, requestId: string, wishes: Wish[]): Promise<void> {
  await trx
    .insertInto('request_windows')
    .values(
      wishes.map((wish, at) => ({
        request_id: requestId,
        position: at + 1,
        from_on: wish.from,
        to_on: wish.to,
        from_time: clock(wish.fromMinute),
        to_time: clock(wish.toMinute),
        shift: null,
      })),
    )
    .execute()
}

export type Change = {
  houseId: string
  requestId: string
  kind: string
  at: DateTime
  byWhom: 'account' | 'contact' | 'system'
  accountId?: string
  detail?: Record<string, string | number>
}

/** One line of the history: what, when, by whom; never personal data. */
export const noteChange = (trx: Trx, change: Change): Promise<void> => remember(trx, change)

/** Who is told about a request, and in which language. */
export type Told = {
  id: string
  houseId: string
  number: number
  state: RequestState
  version: number
  contactId: string | null
  email: string | null
  language: Language
}
export type RequestState = 'unconfirmed' | 'waiting' | 'booked' | 'held' | 'declined' | 'withdrawn' | 'expired'

/** A request by the hash of its link's token, locked when a transaction is about to change it. */
export async function findByToken(db: Db | Trx, tokenHash: string, lock = false): Promise<Told | undefined> {
  const row = await db
    .selectFrom('requests')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'requests.id',
      'requests.house_id',
      'number',
      'state',
      'version',
      'contact_id',
      'contacts.email',
      'requests.language',
    ])
    .where('token_hash', '=', tokenHash)
    .$if(lock, query => query.forUpdate('requests'))
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      houseId: row.house_id,
      number: row.number,
      state: row.state,
      version: row.version,
      contactId: row.contact_id,
      email: row.email,
      language: row.language,
    }
  )
}

export async function setState(
  trx: Trx,
  id: string,
  from: RequestState,
  set: { state: RequestState; confirmed_at?: DateTime; ended_at?: DateTime; version?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('requests')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Whether a talk stands that was booked for this request. */
export async function hasStandingTalk(trx: Trx, requestId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('talks')
    .select('id')
    .where('request_id', '=', requestId)
    .where('state', 'in', ['booked', 'held'])
    .executeTakeFirst()
  return row !== undefined
}
