import { sql } from 'kysely'
import { insertMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import { clock, type Day } from '../base/time.ts'
import type { AskedContact } from './rules.ts'
import { consentVersion, type NewRequest, statusLink } from './store.ts'

/** What tells one request from another: where, about what, on which days, and the number somebody else gave it. */
export type RequestKey = {
  number: number
  hostId: string
  topicId: string
  ownNumber: string | null
  /** `2026-12-01/2026-12-05` */
  days: string[]
  heads: number
  mode: string
  note: string
  latest: Day | null
}

/** All requests of a House as far as they are compared. */
export const findRequestKeys = (db: Db | Trx, houseId: string): Promise<RequestKey[]> =>
  db
    .selectFrom('requests')
    .select([
      'number',
      'host_id as hostId',
      'topic_id as topicId',
      'own_number as ownNumber',
      'heads',
      'mode',
      'note',
      'latest_on as latest',
      sql<
        string[]
      >`array(select w.from_on::text || '/' || w.to_on::text from request_windows w where w.request_id = requests.id order by position)`.as(
        'days',
      ),
    ])
    .where('house_id', '=', houseId)
    .orderBy('number')
    .execute()

/** How many requests the House has had: no new one comes without raising it. */
export const findLastNumber = async (db: Db | Trx, houseId: string): Promise<number> =>
  (
    await db
      .selectFrom('houses')
      .select('last_request_number as last')
      .where('id', '=', houseId)
      .executeTakeFirstOrThrow()
  ).last

/** Takes so many numbers of the House at once; the first of them. */
export async function takeNumbers(trx: Trx, houseId: string, count: number): Promise<number> {
  const { last } = await trx
    .updateTable('houses')
    .set(eb => ({ last_request_number: eb('last_request_number', '+', count) }))
    .where('id', '=', houseId)
    .returning('last_request_number as last')
    .executeTakeFirstOrThrow()
  return last - count + 1
}

export type BatchRequest = Omit<NewRequest, 'source' | 'state' | 'houseId'> & {
  id: string
  number: number
  ownNumber: string | undefined
}
export type BatchContact = { id: string; hostId: string; contact: AskedContact; language: NewRequest['language'] }

export const insertContacts = (trx: Trx, all: BatchContact[], now: NewRequest['now']): Promise<void> =>
  insertMany(
    trx,
    'contacts',
    all.map(({ id, hostId, contact, language }) => ({
      id,
      host_id: hostId,
      name: contact.name,
      position: contact.position,
      email: contact.email ?? null,
      phone: contact.phone ?? null,
      language,
      consent_on: contact.consent ? now.toISODate() : null,
      consent_version: contact.consent ? consentVersion : null,
      created_at: now.toISO(),
    })),
  )

/** Requests that come from a file: they wait at once, as those that a coordinator writes down. */
export async function insertImported(trx: Trx, secret: string, houseId: string, all: BatchRequest[]): Promise<void> {
  await insertMany(
    trx,
    'requests',
    all.map(it => {
      const nonce = newNonce()
      return {
        id: it.id,
        house_id: houseId,
        number: it.number,
        own_number: it.ownNumber ?? null,
        host_id: it.hostId,
        contact_id: it.contactId,
        topic_id: it.topic.topicId,
        audience: it.topic.audience,
        grades: it.topic.grades,
        heads: it.when.heads,
        mode: it.when.mode,
        note: it.when.note,
        latest_on: it.when.latest ?? null,
        state: 'waiting',
        source: 'import',
        language: it.language,
        nonce,
        token_hash: hashOf(tokenOf(secret, statusLink, nonce)),
        asked_at: it.now.toISO(),
        confirmed_at: it.now.toISO(),
        entered_by: it.enteredBy ?? null,
      }
    }),
  )
  await insertMany(
    trx,
    'request_languages',
    all.flatMap(({ id, when }) => when.languages.map(language => ({ request_id: id, language }))),
  )
  await insertMany(
    trx,
    'request_windows',
    all.flatMap(({ id, when }) =>
      when.wishes.map((wish, at) => ({
        request_id: id,
        position: at + 1,
        from_on: wish.from,
        to_on: wish.to,
        from_time: clock(wish.fromMinute),
        to_time: clock(wish.toMinute),
      })),
    ),
  )
}
