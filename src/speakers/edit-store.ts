import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { clock, type Day, minuteOf, type Weekday } from '../base/time.ts'
import { findOwnDistricts } from '../houses/travel-store.ts'
import { findAudiences, findProfessions, findTopics } from '../topics/store.ts'
import { credentialKinds, type SpeakerValue } from './edit-rules.ts'

/** A speaker as the form has it, with the account that signs in as this person; undefined: not there or not this House's. */
export async function findSpeaker(
  db: Db | Trx,
  houseId: string,
  id: string,
): Promise<(SpeakerValue & { id: string; accountId: string | undefined }) | undefined> {
  const row = await db
    .selectFrom('speakers')
    .selectAll()
    .select([
      list('speaker_professions', 'profession', sql`position`).as('professions'),
      list('speaker_languages', 'language').as('languages'),
      list('speaker_topics', 'topic_id').as('topics'),
      list('speaker_audiences', 'audience').as('audiences'),
      list('group_members', 'group_id').as('groups'),
      sql<
        { weekday: Weekday; from: string; to: string; given: boolean }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('weekday', weekday, 'from', left(from_time::text, 5), 'to', left(to_time::text, 5), 'given', given)
        order by weekday, given desc, from_time) from weekly_hours w where w.speaker_id = speakers.id), '[]')`.as(
        'weekly',
      ),
      sql<
        { kind: string; from: Day; until: Day | null; note: string }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'from', valid_from, 'until', valid_until, 'note', note)
        order by kind, valid_from) from credentials c where c.speaker_id = speakers.id), '[]')`.as('credentials'),
    ])
    .where('house_id', '=', houseId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return
  const { professions, languages, topics, audiences, groups } = row
  return {
    id: row.id,
    accountId: row.account_id ?? undefined,
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    addresses: { kk: row.address_kk, ru: row.address_ru, en: row.address_en },
    email: row.email,
    phone: row.phone,
    language: row.language,
    ...{ professions, languages, topics, audiences, groups },
    homeDistrict: row.home_district,
    home: row.lat === null || row.lon === null ? undefined : { lat: row.lat, lon: row.lon },
    transport: row.transport,
    limits: { day: row.limit_day, week: row.limit_week, month: row.limit_month },
    hoursOffered: Number(row.hours_offered_a_quarter),
    weekly: row.weekly.map(it => ({ ...it, from: minuteOf(it.from) ?? 0, to: minuteOf(it.to) ?? 0 })),
    credentials: row.credentials.map(it => ({ ...it, until: it.until ?? undefined })),
    consent: row.consent_on === null ? undefined : { on: row.consent_on, version: row.consent_version ?? '' },
    pause: row.paused_from === null ? undefined : { from: row.paused_from, to: row.paused_to ?? undefined },
    leftOn: row.left_on ?? undefined,
  }
}
export type SpeakerRow = NonNullable<Awaited<ReturnType<typeof findSpeaker>>>

const list = (table: string, column: string, order = sql`1`) =>
  sql<
    string[]
  >`array(select ${sql.ref(column)}::text from ${sql.table(table)} its where its.speaker_id = speakers.id order by ${order})`

export async function insertSpeaker(trx: Trx, houseId: string, value: SpeakerValue): Promise<string> {
  const { id } = await trx
    .insertInto('speakers')
    .values({ house_id: houseId, ...columnsOf(value) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertParts(trx, id, value)
  return id
}

/** Writes a speaker anew; the caller has locked the row and knows that it is the House's. */
export async function updateSpeaker(trx: Trx, id: string, value: SpeakerValue): Promise<void> {
  await trx.updateTable('speakers').set(columnsOf(value)).where('id', '=', id).execute()
  for (const table of [
    'speaker_professions',
    'speaker_languages',
    'speaker_topics',
    'speaker_audiences',
    'weekly_hours',
    'credentials',
  ] as const)
    await trx.deleteFrom(table).where('speaker_id', '=', id).execute()
  await insertParts(trx, id, value)
}

export const columnsOf = (it: SpeakerValue) => ({
  name_kk: it.names.kk,
  name_ru: it.names.ru,
  name_en: it.names.en,
  address_kk: it.addresses.kk,
  address_ru: it.addresses.ru,
  address_en: it.addresses.en,
  email: it.email,
  phone: it.phone,
  language: it.language,
  home_district: it.homeDistrict,
  lat: it.home?.lat ?? null,
  lon: it.home?.lon ?? null,
  transport: it.transport,
  limit_day: it.limits.day,
  limit_week: it.limits.week,
  limit_month: it.limits.month,
  hours_offered_a_quarter: String(it.hoursOffered),
  paused_from: it.pause?.from ?? null,
  paused_to: it.pause?.to ?? null,
  consent_on: it.consent?.on ?? null,
  consent_version: it.consent?.version ?? null,
  left_on: it.leftOn ?? null,
})

async function insertParts(trx: Trx, speaker_id: string, it: SpeakerValue): Promise<void> {
  await trx
    .insertInto('speaker_professions')
    .values(it.professions.map((profession, position) => ({ speaker_id, profession, position })))
    .execute()
  await trx
    .insertInto('speaker_languages')
    .values(it.languages.map(language => ({ speaker_id, language })))
    .execute()
  if (it.topics.length > 0)
    await trx
      .insertInto('speaker_topics')
      .values(it.topics.map(topic_id => ({ speaker_id, topic_id })))
      .execute()
  if (it.audiences.length > 0)
    await trx
      .insertInto('speaker_audiences')
      .values(it.audiences.map(audience => ({ speaker_id, audience })))
      .execute()
  if (it.weekly.length > 0)
    await trx
      .insertInto('weekly_hours')
      .values(
        it.weekly.map(({ weekday, from, to, given }) => ({
          speaker_id,
          weekday,
          given,
          from_time: clock(from),
          to_time: clock(to),
        })),
      )
      .execute()
  if (it.credentials.length > 0)
    await trx
      .insertInto('credentials')
      .values(
        it.credentials.map(({ kind, from, until, note }) => ({
          speaker_id,
          kind,
          valid_from: from,
          valid_until: until ?? null,
          note,
        })),
      )
      .execute()
}

/** What a form about a speaker may choose from; `present`: papers that the person has already. */
export async function findSpeakerChoices(db: Db, houseId: string, present: string[] = []) {
  const { credentials } = await db
    .selectFrom('houses')
    .select('credentials_for_minors as credentials')
    .where('id', '=', houseId)
    .executeTakeFirstOrThrow()
  const groups = await db
    .selectFrom('groups')
    .select(['id', 'name_kk', 'name_ru', 'name_en'])
    .where('house_id', '=', houseId)
    .orderBy('slug')
    .execute()
  return {
    groups,
    professions: await findProfessions(db),
    audiences: await findAudiences(db),
    topics: await findTopics(db, houseId),
    districts: await findOwnDistricts(db, houseId),
    credentials: [...new Set([...credentialKinds, ...credentials, ...present])],
  }
}
export type SpeakerChoices = Awaited<ReturnType<typeof findSpeakerChoices>>
