import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { slugFor, type TopicValue } from './edit-rules.ts'

/** Writes a topic of the House as it was edited; false when there is no such topic. */
export async function updateTopic(
  trx: Trx,
  houseId: string,
  slug: string,
  it: TopicValue,
  now: DateTime,
): Promise<boolean> {
  const row = await trx
    .updateTable('topics')
    .set(columnsOf(it, now))
    .where('house_id', '=', houseId)
    .where('slug', '=', slug)
    .returning('id')
    .executeTakeFirst()
  if (!row) return false
  const topic_id = row.id
  for (const table of ['topic_audiences', 'topic_languages', 'topic_places', 'topic_materials'] as const)
    await trx.deleteFrom(table).where('topic_id', '=', topic_id).execute()
  await insertParts(trx, topic_id, it)
  return true
}

/** A new topic at the end of the catalogue; its short name, told apart from those that are there. */
export async function insertTopic(trx: Trx, houseId: string, it: TopicValue, now: DateTime): Promise<string> {
  // one of a House at a time, so that two never get the same short name
  await trx.selectFrom('houses').select('id').where('id', '=', houseId).forNoKeyUpdate().execute()
  const known = await trx.selectFrom('topics').select(['slug', 'position']).where('house_id', '=', houseId).execute()
  const slug = slugFor(
    it.titles.en,
    known.map(each => each.slug),
  )
  const position = Math.max(0, ...known.map(each => each.position)) + 1
  const { id } = await trx
    .insertInto('topics')
    .values({ house_id: houseId, slug, position, format: 'conversation', ...columnsOf(it, now) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertParts(trx, id, it)
  return slug
}

const columnsOf = (it: TopicValue, now: DateTime) => ({
  title_kk: it.titles.kk,
  title_ru: it.titles.ru,
  title_en: it.titles.en,
  summary_kk: it.summaries.kk,
  summary_ru: it.summaries.ru,
  summary_en: it.summaries.en,
  equipment_kk: it.equipment.kk,
  equipment_ru: it.equipment.ru,
  equipment_en: it.equipment.en,
  minutes: it.minutes,
  grade_from: it.grades?.from ?? null,
  grade_to: it.grades?.to ?? null,
  min_audience: it.least,
  max_audience: it.most,
  quotes_law: it.quotesLaw,
  law_as_of: it.lawAsOf ?? null,
  open: it.open,
  revised_at: now,
})

async function insertParts(trx: Trx, topic_id: string, it: TopicValue): Promise<void> {
  await trx
    .insertInto('topic_audiences')
    .values(it.audiences.map(audience => ({ topic_id, audience })))
    .execute()
  await trx
    .insertInto('topic_languages')
    .values(it.languages.map(language => ({ topic_id, language })))
    .execute()
  await trx
    .insertInto('topic_places')
    .values(it.places.map((place, position) => ({ topic_id, position, any_of: place.anyOf, count: place.count })))
    .execute()
  if (it.materials.length > 0)
    await trx
      .insertInto('topic_materials')
      .values(
        it.materials.map(each => ({
          topic_id,
          title: each.title,
          approved_by: each.approvedBy,
          approval_number: each.approvalNumber,
          approved_on: each.approvedOn,
          valid_until: each.validUntil ?? null,
          version: each.version,
          link: each.link ?? null,
        })),
      )
      .execute()
}
