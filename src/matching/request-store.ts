import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'

/** What the heads of pages about a request say of it. */
export const findRequestHead = (db: Db, houseId: string, number: number, language: Language) =>
  db
    .selectFrom('requests')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .innerJoin('houses', 'houses.id', 'requests.house_id')
    .select([
      'requests.id',
      'requests.number',
      'requests.state',
      'requests.heads',
      'requests.grades',
      'requests.latest_on',
      'requests.mode',
      'requests.class_count',
      'requests.class_names',
      'houses.zone',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      `districts.name_${language} as district`,
      'requests.audience',
      'requests.confirmed_at',
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
