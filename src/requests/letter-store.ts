import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { DeclineReason, RequestState } from '../base/db/tables.ts'
import type { Said } from '../base/i18n/language.ts'
import { type DateTime, type Day, type Minute, minuteOf } from '../base/time.ts'
import { type House, houseSaid } from '../houses/letter-store.ts'

export type RequestFacts = {
  id: string
  number: number
  state: RequestState
  nonce: string
  declineReason: DeclineReason | null
  house: House
  contactName: string | null
  topic: Said
  host: Said
  heads: number
  classes: { count: number; names: string[] }
  wishes: { from: Day; to: Day; fromMinute: Minute; toMinute: Minute }[]
}

/** What a host wrote by its link at that moment. */
export async function findWritten(db: Db, requestId: string, at: DateTime): Promise<string | undefined> {
  const row = await db
    .selectFrom('changes')
    .select(sql<string | null>`detail ->> 'text'`.as('text'))
    .where('request_id', '=', requestId)
    .where('kind', '=', 'written')
    .where('at', '=', at)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row?.text ?? undefined
}

/** Everything a letter about a request may say, as it is true now. */
export async function requestFacts(db: Db, id: string): Promise<RequestFacts | undefined> {
  const row = await db
    .selectFrom('requests')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'requests.id',
      'requests.house_id',
      'requests.number',
      'requests.state',
      'requests.nonce',
      'requests.decline_reason',
      'requests.heads',
      'requests.class_count',
      'requests.class_names',
      'requests.series_id',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
      'contacts.name as contact',
    ])
    .where('requests.id', '=', id)
    .executeTakeFirst()
  if (!row) return
  const windows = await db
    .selectFrom('request_windows')
    .selectAll()
    .where('request_id', '=', id)
    .orderBy('position')
    .execute()
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    nonce: row.nonce,
    declineReason: row.decline_reason,
    heads: row.heads,
    classes: row.series_id ? { count: 1, names: [] } : { count: row.class_count, names: row.class_names },
    house: await houseSaid(db, row.house_id),
    contactName: row.contact,
    topic: { kk: row.title_kk, ru: row.title_ru, en: row.title_en },
    host: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    wishes: windows.map(it => ({
      from: it.from_on,
      to: it.to_on,
      fromMinute: minuteOf(it.from_time) ?? 0,
      toMinute: minuteOf(it.to_time) ?? 0,
    })),
  }
}
