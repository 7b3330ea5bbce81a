import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import { fold } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { found } from '../hosts/duplicate-rules.ts'

/** Requests by their number, with or without №. An unconfirmed one is shown to nobody. */
export async function searchRequests(db: Db, houseId: string, language: Language, search: string) {
  const number = /^№?\s*(\d{1,9})$/.exec(search.trim())?.[1]
  if (!number) return []
  return db
    .selectFrom('requests')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .select(['number', `hosts.name_${language} as host`, `topics.title_${language} as topic`])
    .where('requests.house_id', '=', houseId)
    .where('number', '=', Number(number))
    .where('state', '<>', 'unconfirmed')
    .execute()
}

/** Speakers by folded letters of any spelling of the name. */
export async function searchSpeakers(db: Db, houseId: string, language: Language, search: string) {
  if (fold(search) === '') return []
  const rows = await db
    .selectFrom('speakers')
    .select([
      'id',
      'name_kk',
      'name_ru',
      'name_en',
      `name_${language} as name`,
      sql<string>`(select string_agg(p.${sql.ref(`name_${language}`)}, ', ' order by s.position) from speaker_professions s join professions p on p.slug = s.profession where s.speaker_id = speakers.id)`.as(
        'professions',
      ),
    ])
    .where('house_id', '=', houseId)
    .where('left_on', 'is', null)
    .orderBy('id')
    .execute()
  return rows
    .filter(row => found(fold(`${row.name_kk} ${row.name_ru} ${row.name_en}`), search))
    .map(({ id, name, professions }) => ({ id, name, professions: professions ?? '' }))
}
