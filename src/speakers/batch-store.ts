import { insertMany, updateMany } from '../base/db/many.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { clock, minuteOf, type Weekday } from '../base/time.ts'
import type { SpeakerValue } from './edit-rules.ts'
import { columnsOf, type SpeakerRow } from './edit-store.ts'

/** All speakers of a House as their form knows them, those who left included: a query a table, whatever their number. */
export async function findAllSpeakers(db: Db | Trx, houseId: string): Promise<SpeakerRow[]> {
  const own = db.selectFrom('speakers').select('id').where('house_id', '=', houseId)
  const speakers = await db.selectFrom('speakers').selectAll().where('house_id', '=', houseId).orderBy('id').execute()
  const professions = await db
    .selectFrom('speaker_professions')
    .select(['speaker_id', 'profession as code'])
    .where('speaker_id', 'in', own)
    .orderBy('position')
    .execute()
  const languages = await db
    .selectFrom('speaker_languages')
    .select(['speaker_id', 'language as code'])
    .where('speaker_id', 'in', own)
    .execute()
  const topics = await db
    .selectFrom('speaker_topics')
    .select(['speaker_id', 'topic_id as code'])
    .where('speaker_id', 'in', own)
    .execute()
  const audiences = await db
    .selectFrom('speaker_audiences')
    .select(['speaker_id', 'audience as code'])
    .where('speaker_id', 'in', own)
    .execute()
  const groups = await db
    .selectFrom('group_members')
    .select(['speaker_id', 'group_id as code'])
    .where('speaker_id', 'in', own)
    .execute()
  const weekly = await db
    .selectFrom('weekly_hours')
    .select(['speaker_id', 'weekday', 'from_time', 'to_time', 'given'])
    .where('speaker_id', 'in', own)
    .orderBy('weekday')
    .orderBy('given', 'desc')
    .orderBy('from_time')
    .execute()
  const credentials = await db
    .selectFrom('credentials')
    .select(['speaker_id', 'kind', 'valid_from', 'valid_until', 'note'])
    .where('speaker_id', 'in', own)
    .orderBy('kind')
    .orderBy('valid_from')
    .execute()
  const codes = [professions, languages, topics, audiences, groups].map(by)
  const [weeklyOf, credentialsOf] = [by(weekly), by(credentials)]
  return speakers.map(row => {
    const [professions = [], languages = [], topics = [], audiences = [], groups = []] = codes.map(of =>
      of(row.id).map(({ code }) => code),
    )
    return {
      id: row.id,
      accountId: row.account_id ?? undefined,
      names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
      addresses: { kk: row.address_kk, ru: row.address_ru, en: row.address_en },
      ...{ email: row.email, phone: row.phone, language: row.language, transport: row.transport },
      ...{ professions, languages, topics, audiences, groups },
      homeDistrict: row.home_district,
      home: row.lat === null || row.lon === null ? undefined : { lat: row.lat, lon: row.lon },
      limits: { day: row.limit_day, week: row.limit_week, month: row.limit_month },
      hoursOffered: Number(row.hours_offered_a_quarter),
      weekly: weeklyOf(row.id).map(it => ({
        ...{ weekday: it.weekday as Weekday, given: it.given },
        ...{ from: minuteOf(it.from_time) ?? 0, to: minuteOf(it.to_time) ?? 0 },
      })),
      credentials: credentialsOf(row.id).map(it => ({
        ...{ kind: it.kind, from: it.valid_from, until: it.valid_until ?? undefined, note: it.note },
      })),
      consent: row.consent_on === null ? undefined : { on: row.consent_on, version: row.consent_version ?? '' },
      pause: row.paused_from === null ? undefined : { from: row.paused_from, to: row.paused_to ?? undefined },
      leftOn: row.left_on ?? undefined,
    }
  })
}

function by<Each extends { speaker_id: string }>(all: Each[]): (id: string) => Each[] {
  const of = Map.groupBy(all, each => each.speaker_id)
  return id => of.get(id) ?? []
}

type Kept = { id: string; value: SpeakerValue }

/** New speakers under ids that the caller has made. */
export async function insertSpeakers(trx: Trx, houseId: string, all: Kept[]): Promise<void> {
  await insertMany(
    trx,
    'speakers',
    all.map(({ id, value }) => ({ id, house_id: houseId, ...columnsOf(value) })),
  )
  await insertAllParts(trx, all)
}

/** Locks speakers in order of their ids; those that are the House's. */
export const lockSpeakers = async (trx: Trx, houseId: string, ids: string[]): Promise<string[]> =>
  ids.length === 0
    ? []
    : (
        await trx
          .selectFrom('speakers')
          .select('id')
          .where('house_id', '=', houseId)
          .where('id', 'in', ids)
          .orderBy('id')
          .forNoKeyUpdate()
          .execute()
      ).map(({ id }) => id)

/** Writes speakers anew; the caller has locked them. */
export async function updateSpeakers(trx: Trx, all: Kept[]): Promise<void> {
  if (all.length === 0) return
  const ids = all.map(({ id }) => id)
  await updateMany(
    trx,
    'speakers',
    all.map(({ id, value }) => ({ id, ...columnsOf(value) })),
  )
  for (const table of [
    'speaker_professions',
    'speaker_languages',
    'speaker_topics',
    'speaker_audiences',
    'weekly_hours',
    'credentials',
  ] as const)
    await trx.deleteFrom(table).where('speaker_id', 'in', ids).execute()
  await insertAllParts(trx, all)
}

async function insertAllParts(trx: Trx, all: Kept[]): Promise<void> {
  const each = (of: (value: SpeakerValue) => Record<string, unknown>[]) =>
    all.flatMap(({ id, value }) => of(value).map(row => ({ speaker_id: id, ...row })))
  await insertMany(
    trx,
    'speaker_professions',
    each(it => it.professions.map((profession, position) => ({ profession, position }))),
  )
  await insertMany(
    trx,
    'speaker_languages',
    each(it => it.languages.map(language => ({ language }))),
  )
  await insertMany(
    trx,
    'speaker_topics',
    each(it => it.topics.map(topic_id => ({ topic_id }))),
  )
  await insertMany(
    trx,
    'speaker_audiences',
    each(it => it.audiences.map(audience => ({ audience }))),
  )
  await insertMany(
    trx,
    'weekly_hours',
    each(it =>
      it.weekly.map(({ weekday, from, to, given }) => ({
        ...{ id: crypto.randomUUID(), weekday, given },
        from_time: clock(from),
        to_time: clock(to),
      })),
    ),
  )
  await insertMany(
    trx,
    'credentials',
    each(it =>
      it.credentials.map(({ kind, from, until, note }) => ({
        kind,
        valid_from: from,
        valid_until: until ?? null,
        note,
      })),
    ),
  )
}
