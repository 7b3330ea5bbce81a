import { kept } from '../base/db/kept.ts'
import type { Language, Said } from '../base/i18n/language.ts'

export type Named = { id: string; name: Said }
const indexes = new WeakMap<Named[], Map<string, Named>>()
/** One of a list that is kept: looked up often, in lists of thousands. */
export function namedIn(list: Named[], id: string): Named | undefined {
  const index = indexes.get(list) ?? new Map(list.map(each => [each.id, each]))
  indexes.set(list, index)
  return index.get(id)
}

const read = (rows: { id: string; kk: string; ru: string; en: string }[]): Named[] =>
  rows.map(({ id, ...name }) => ({ id, name }))

/** What a report may be held to, with names in three languages. */
export const findChoices = kept(async (db, houseId: string) => {
  const house = await db.selectFrom('houses').select('region').where('id', '=', houseId).executeTakeFirstOrThrow()
  const districts = await db
    .selectFrom('districts')
    .select(['kato as id', 'name_kk as kk', 'name_ru as ru', 'name_en as en', 'slug'])
    .where('region', '=', house.region)
    .orderBy('kato')
    .execute()
  const topics = await db
    .selectFrom('topics')
    .select(['id', 'title_kk as kk', 'title_ru as ru', 'title_en as en'])
    .where('house_id', '=', houseId)
    .orderBy('position')
    .execute()
  const audiences = await db
    .selectFrom('audiences')
    .select(['slug as id', 'name_kk as kk', 'name_ru as ru', 'name_en as en'])
    .orderBy('position')
    .execute()
  const formats = await db
    .selectFrom('formats')
    .select(['slug as id', 'name_kk as kk', 'name_ru as ru', 'name_en as en'])
    .execute()
  const groups = await db
    .selectFrom('groups')
    .select(['id', 'name_kk as kk', 'name_ru as ru', 'name_en as en'])
    .where('house_id', '=', houseId)
    .orderBy('name_ru')
    .execute()
  const speakers = await db
    .selectFrom('speakers')
    .select(['id', 'name_kk as kk', 'name_ru as ru', 'name_en as en'])
    .where('house_id', '=', houseId)
    .execute()
  return {
    slugs: new Map(districts.map(({ id, slug }) => [id, slug])),
    district: read(districts.map(({ slug: _, ...row }) => row)),
    topic: read(topics),
    audience: read(audiences),
    format: read(formats),
    group: read(groups),
    speaker: read(speakers),
  }
})
export type Choices = Awaited<ReturnType<typeof findChoices>>

/** The names of all hosts of the House by id, merged ones as well: an old talk may still be of one. There are thousands: in one language. */
export const findHostNames = kept(async (db, houseId: string, language: Language): Promise<Map<string, string>> => {
  const rows = await db
    .selectFrom('hosts')
    .select(['id', `name_${language} as name`])
    .where('house_id', '=', houseId)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
})
