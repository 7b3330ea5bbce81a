import { sql } from 'kysely'
import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'

/** A topic of the catalogue as visitors and coordinators read it. */
export type TopicRow = {
  id: string
  slug: string
  title: Said
  summary: Said
  equipment: Said
  minutes: number
  grades: { from: number; to: number } | undefined
  least: number
  most: number
  quotesLaw: boolean
  lawAsOf: Day | undefined
  /** The last day of the approval that ends first. */
  approvedUntil: Day | undefined
  rules: string[]
  open: boolean
  audiences: string[]
  languages: string[]
  places: { anyOf: string[]; count: number }[]
}
export type AudienceRow = { slug: string; name: Said; hostKinds: string[]; minors: boolean; closed: boolean }
export type ProfessionRow = { slug: string; letter: string; name: Said; plural: Said }

/** Never offered to visitors: closed events, and what is given only on a written request (topics.json). */
const hidden = ['closed-event', 'host-asks-first']
export const isPublic = (topic: TopicRow): boolean => topic.open && !topic.rules.some(rule => hidden.includes(rule))

/** The catalogue of a House in its own order. */
export const findTopics = kept(async (db, houseId: string, slug?: string): Promise<TopicRow[]> => {
  const rows = await db
    .selectFrom('topics')
    .select([
      'id',
      'slug',
      'title_kk',
      'title_ru',
      'title_en',
      'summary_kk',
      'summary_ru',
      'summary_en',
      'equipment_kk',
      'equipment_ru',
      'equipment_en',
      'minutes',
      'grade_from',
      'grade_to',
      'min_audience',
      'max_audience',
      'quotes_law',
      'law_as_of',
      sql<Day | null>`(select min(valid_until) from topic_materials m where m.topic_id = topics.id)`.as(
        'approved_until',
      ),
      'rules',
      'open',
      sql<
        string[]
      >`array(select audience from topic_audiences a join audiences on slug = audience where a.topic_id = topics.id order by position)`.as(
        'audiences',
      ),
      sql<
        string[]
      >`array(select language from topic_languages l where l.topic_id = topics.id order by language = 'kk' desc, language = 'ru' desc, language)`.as(
        'languages',
      ),
      sql<
        { anyOf: string[]; count: number }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('anyOf', any_of, 'count', count) order by position) from topic_places p where p.topic_id = topics.id), '[]')`.as(
        'places',
      ),
    ])
    .where('house_id', '=', houseId)
    .$if(slug !== undefined, query => query.where('topics.slug', '=', slug ?? ''))
    .orderBy('position')
    .execute()
  return rows.map(row => ({
    id: row.id,
    slug: row.slug,
    minutes: row.minutes,
    rules: row.rules,
    open: row.open,
    audiences: row.audiences,
    languages: row.languages,
    places: row.places,
    title: { kk: row.title_kk, ru: row.title_ru, en: row.title_en },
    summary: { kk: row.summary_kk, ru: row.summary_ru, en: row.summary_en },
    equipment: { kk: row.equipment_kk, ru: row.equipment_ru, en: row.equipment_en },
    grades: row.grade_from === null || row.grade_to === null ? undefined : { from: row.grade_from, to: row.grade_to },
    least: row.min_audience,
    most: row.max_audience,
    quotesLaw: row.quotes_law,
    lawAsOf: row.law_as_of ?? undefined,
    approvedUntil: row.approved_until ?? undefined,
  }))
})

/** What visitors may ask for. */
export const findPublicTopics = async (db: Db, houseId: string): Promise<TopicRow[]> =>
  (await findTopics(db, houseId)).filter(isPublic)

export async function findPublicTopic(db: Db, houseId: string, slug: string): Promise<TopicRow | undefined> {
  return (await findTopics(db, houseId, slug)).find(isPublic)
}

export const findAudiences = kept(async (db): Promise<AudienceRow[]> => {
  const rows = await db
    .selectFrom('audiences')
    .select(['slug', 'name_kk', 'name_ru', 'name_en', 'host_kinds', 'minors', 'closed'])
    .orderBy('position')
    .execute()
  return rows.map(row => ({
    slug: row.slug,
    name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    hostKinds: row.host_kinds,
    minors: row.minors,
    closed: row.closed,
  }))
})

export const findProfessions = kept(async (db): Promise<ProfessionRow[]> => {
  const rows = await db
    .selectFrom('professions')
    .select(['slug', 'letter', 'name_kk', 'name_ru', 'name_en', 'plural_kk', 'plural_ru', 'plural_en'])
    .orderBy('position')
    .execute()
  return rows.map(row => ({
    slug: row.slug,
    letter: row.letter,
    name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    plural: { kk: row.plural_kk, ru: row.plural_ru, en: row.plural_en },
  }))
})

export async function findMaterials(db: Db, topicId: string) {
  return db
    .selectFrom('topic_materials')
    .select(['title', 'approved_by', 'approval_number', 'approved_on', 'valid_until', 'version', 'link'])
    .where('topic_id', '=', topicId)
    .orderBy('approved_on')
    .orderBy('title')
    .execute()
}
