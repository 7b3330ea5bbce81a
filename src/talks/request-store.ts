import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { RequestState } from './rules.ts'

export const pageSize = 50

/** A page of the House's requests, newest first; those whose address nobody confirmed are not shown. */
export const findRequests = (
  db: Db,
  houseId: string,
  language: Language,
  of: { state: RequestState | undefined; before: number | undefined },
) =>
  db
    .selectFrom('requests')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .select([
      'requests.number',
      'requests.state',
      'requests.heads',
      'requests.confirmed_at',
      'requests.asked_at',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
    ])
    .where('requests.house_id', '=', houseId)
    .where('requests.state', '!=', 'unconfirmed')
    .$if(of.state !== undefined, query => query.where('requests.state', '=', of.state ?? 'waiting'))
    .$if(of.before !== undefined, query => query.where('requests.number', '<', of.before ?? 0))
    .orderBy('requests.number', 'desc')
    .limit(pageSize + 1)
    .execute()

export const countStates = (db: Db, houseId: string) =>
  db
    .selectFrom('requests')
    .select(['state', eb => eb.fn.countAll<number>().as('count')])
    .where('house_id', '=', houseId)
    .where('state', '!=', 'unconfirmed')
    .groupBy('state')
    .execute()

/** One request with its host, contact and the talk that stands for it. */
export const findRequest = (db: Db, houseId: string, number: number, language: Language) =>
  db
    .selectFrom('requests')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .innerJoin('audiences', 'audiences.slug', 'requests.audience')
    .innerJoin('houses', 'houses.id', 'requests.house_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'requests.id',
      'requests.number',
      'requests.state',
      'requests.heads',
      'requests.grades',
      'requests.mode',
      'requests.note',
      'requests.latest_on',
      'requests.source',
      'requests.asked_at',
      'requests.confirmed_at',
      'requests.decline_reason',
      'requests.version',
      'requests.host_id',
      'requests.series_id',
      'requests.series_position',
      'requests.class_name',
      'requests.class_count',
      'requests.class_names',
      'houses.zone',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      `districts.name_${language} as district`,
      `audiences.name_${language} as audience`,
      'contacts.id as contactId',
      'contacts.name as contact',
      'contacts.position',
      'contacts.phone',
      'contacts.email',
      'contacts.channel',
      'contacts.language as contactLanguage',
      sql<
        string[]
      >`array(select language from request_languages l where l.request_id = requests.id order by language)`.as(
        'languages',
      ),
    ])
    .where('requests.house_id', '=', houseId)
    .where('requests.number', '=', number)
    .where('requests.state', '!=', 'unconfirmed')
    .executeTakeFirst()
export type RequestRow = NonNullable<Awaited<ReturnType<typeof findRequest>>>

export const findWindows = (db: Db, requestId: string) =>
  db
    .selectFrom('request_windows')
    .select(['from_on', 'to_on', 'from_time', 'to_time', 'shift'])
    .where('request_id', '=', requestId)
    .orderBy('position')
    .execute()

/** The talks that were booked for a request, the latest first. */
export const findTalksOf = (db: Db, requestId: string) =>
  db
    .selectFrom('talks')
    .select(['id', 'held_on', 'from_time', 'state'])
    .where('request_id', '=', requestId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
