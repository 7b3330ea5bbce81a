import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { topicLanguages } from '../topics/edit-rules.ts'
import type { Work } from './work-rules.ts'

/** A speaker's own choice as it stands, and what there is to choose from: topics in which their professions have a place. */
export async function findWork(db: Db | Trx, speakerId: string, language: Language) {
  const { rows } = await sql<{
    houseId: string
    home: string
    languages: string[]
    own: string[]
    ofGroups: string[]
    topics: string[]
    wishes: string[]
    districts: { value: string; text: string }[]
    catalogue: { value: string; text: string }[]
  }>`
    select s.house_id as "houseId", s.home_district as home,
      array(select language from speaker_languages where speaker_id = s.id) as languages,
      array(select district from speaker_districts where speaker_id = s.id) as own,
      array(select distinct district from group_members join group_districts using (group_id) where speaker_id = s.id) as "ofGroups",
      array(select topic_id::text from speaker_topics where speaker_id = s.id) as topics,
      array(select topic_id::text from topic_wishes where speaker_id = s.id) as wishes,
      (select jsonb_agg(jsonb_build_object('value', d.kato, 'text', d.${sql.ref(`name_${language}`)}) order by d.kato)
        from districts d where d.region = h.region) as districts,
      coalesce((select jsonb_agg(jsonb_build_object('value', t.id, 'text', t.${sql.ref(`title_${language}`)}) order by t.position)
        from topics t where t.house_id = s.house_id and t.open and exists (select from topic_places p
          join speaker_professions own on own.profession = any(p.any_of) where p.topic_id = t.id and own.speaker_id = s.id)), '[]') as catalogue
    from speakers s join houses h on h.id = s.house_id where s.id = ${speakerId}`.execute(db)
  const [row] = rows
  if (!row) return
  const known = {
    languages: topicLanguages,
    districts: row.districts.map(({ value }) => value),
    ofGroups: row.ofGroups,
    topics: row.catalogue.map(({ value }) => value),
  }
  return { ...row, known }
}
export type WorkRow = NonNullable<Awaited<ReturnType<typeof findWork>>>

/** Writes it; the caller has locked the person. The point of a home is forgotten with its district. */
export async function saveWork(
  trx: Trx,
  speakerId: string,
  { languages, home, districts }: Work,
  wishes: string[],
  now: DateTime,
): Promise<void> {
  await sql`update speakers set home_district = ${home}, lat = null, lon = null
    where id = ${speakerId} and home_district <> ${home}`.execute(trx)
  for (const table of ['speaker_languages', 'speaker_districts', 'topic_wishes'] as const)
    await trx.deleteFrom(table).where('speaker_id', '=', speakerId).execute()
  await trx
    .insertInto('speaker_languages')
    .values(languages.map(language => ({ speaker_id: speakerId, language })))
    .execute()
  if (districts.length > 0)
    await trx
      .insertInto('speaker_districts')
      .values(districts.map(district => ({ speaker_id: speakerId, district })))
      .execute()
  if (wishes.length > 0)
    await trx
      .insertInto('topic_wishes')
      .values(wishes.map(topic_id => ({ speaker_id: speakerId, topic_id, wished_at: now })))
      .execute()
}

export async function dropWishes(trx: Trx, speakerId: string): Promise<void> {
  await trx.deleteFrom('topic_wishes').where('speaker_id', '=', speakerId).execute()
}
