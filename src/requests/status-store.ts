import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { CancelReason } from '../base/db/tables.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime, Day, Span } from '../base/time.ts'
import type { RequestState } from './store.ts'

export type StatusRow = {
  id: string
  houseId: string
  zone: string
  number: number
  state: RequestState
  language: Language
  declineReason: string | null
  askedAt: DateTime
  endedAt: DateTime | null
  topic: { title: Said; equipment: Said; rules: string[]; minutes: number }
  hostId: string
  host: { name: Said; address: Said; district: Said }
  audience: Said
  audienceSlug: string
  grades: number[]
  classes: { count: number; names: string[] }
  series: boolean
  heads: number
  languages: string[]
  wishes: { from: Day; to: Day; fromTime: string; toTime: string }[]
}
export type TalkRow = {
  id: string
  state: 'booked' | 'held' | 'not-held' | 'cancelled'
  day: Day
  from: string
  minutes: number
  during: Span
  mode: 'onsite' | 'online' | 'broadcast'
  link: string | null
  createdAt: DateTime
  heads: number | null
  cancelReason: CancelReason | null
  /** Of a host that names its halls: kk, ru, en. */
  hall?: string[] | null
}
export type TeamRow = {
  name: Said
  profession: string
  professionName: Said
  languages: string[]
  state: 'invited' | 'accepted' | 'open'
}

/** Everything a school's own page says of its request; the hash of the link's token is the only way in. */
export async function findStatus(db: Db, tokenHash: string): Promise<StatusRow | undefined> {
  const row = await db
    .selectFrom('requests as r')
    .innerJoin('houses', 'houses.id', 'r.house_id')
    .innerJoin('topics as t', 't.id', 'r.topic_id')
    .innerJoin('hosts as h', 'h.id', 'r.host_id')
    .innerJoin('districts as d', 'd.kato', 'h.district')
    .innerJoin('audiences as a', 'a.slug', 'r.audience')
    .select([
      'r.id',
      'r.house_id',
      'r.host_id',
      'r.audience',
      'zone',
      'number',
      'state',
      'r.language',
      'decline_reason',
      'asked_at',
      'ended_at',
      'grades',
      'class_count',
      'class_names',
      'series_id',
      'heads',
      't.title_kk',
      't.title_ru',
      't.title_en',
      't.equipment_kk',
      't.equipment_ru',
      't.equipment_en',
      't.rules',
      't.minutes',
      'h.name_kk',
      'h.name_ru',
      'h.name_en',
      'h.address_kk',
      'h.address_ru',
      'd.name_kk as district_kk',
      'd.name_ru as district_ru',
      'd.name_en as district_en',
      'a.name_kk as audience_kk',
      'a.name_ru as audience_ru',
      'a.name_en as audience_en',
      sql<string[]>`array(select language from request_languages l where l.request_id = r.id order by 1)`.as(
        'languages',
      ),
    ])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (!row) return
  const wishes = await db
    .selectFrom('request_windows')
    .select(['from_on as from', 'to_on as to', 'from_time as fromTime', 'to_time as toTime'])
    .where('request_id', '=', row.id)
    .orderBy('position')
    .execute()
  return {
    id: row.id,
    houseId: row.house_id,
    hostId: row.host_id,
    audienceSlug: row.audience,
    zone: row.zone,
    number: row.number,
    state: row.state,
    language: row.language,
    declineReason: row.decline_reason,
    askedAt: row.asked_at,
    endedAt: row.ended_at,
    grades: row.grades,
    series: row.series_id !== null,
    // each date of a series is for a class of its own
    classes: row.series_id ? { count: 1, names: [] } : { count: row.class_count, names: row.class_names },
    heads: row.heads,
    languages: row.languages,
    wishes,
    topic: {
      title: { kk: row.title_kk, ru: row.title_ru, en: row.title_en },
      equipment: { kk: row.equipment_kk, ru: row.equipment_ru, en: row.equipment_en },
      rules: row.rules,
      minutes: row.minutes,
    },
    host: {
      name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
      address: { kk: row.address_kk, ru: row.address_ru, en: row.address_ru },
      district: { kk: row.district_kk, ru: row.district_ru, en: row.district_en },
    },
    audience: { kk: row.audience_kk, ru: row.audience_ru, en: row.audience_en },
  }
}

/** The talk that stands for a request, else the last one that did. */
export const findTalk = (db: Db, requestId: string): Promise<TalkRow | undefined> =>
  db
    .selectFrom('talks')
    .select([
      'id',
      'state',
      'held_on as day',
      'from_time as from',
      'minutes',
      'during',
      'mode',
      'link',
      'created_at as createdAt',
      'heads_counted as heads',
      'cancel_reason as cancelReason',
      sql<string[] | null>`(select array[name_kk, name_ru, name_en] from host_halls h where h.id = talks.hall_id)`.as(
        'hall',
      ),
    ])
    .where('request_id', '=', requestId)
    .orderBy(sql`state in ('booked', 'held')`, 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Who comes: names, professions and languages; a school is told no more of a speaker. A place that fell open is `open`. */
export async function findTeam(db: Db, talkId: string): Promise<TeamRow[]> {
  const rows = await db
    .selectFrom('assignments as a')
    .innerJoin('speakers as s', 's.id', 'a.speaker_id')
    .innerJoin('professions as p', 'p.slug', 'a.profession')
    .select([
      's.name_kk',
      's.name_ru',
      's.name_en',
      'p.slug',
      'a.state',
      'p.name_kk as profession_kk',
      'p.name_ru as profession_ru',
      'p.name_en as profession_en',
      sql<
        string[]
      >`array(select language from speaker_languages l where l.speaker_id = s.id order by language = 'kk' desc, language)`.as(
        'languages',
      ),
    ])
    .where('a.talk_id', '=', talkId)
    .where(it =>
      it.or([
        it('a.state', 'in', ['invited', 'accepted']),
        it.and([it('a.state', '=', 'declined'), it('a.ended_at', 'is', null)]),
      ]),
    )
    .orderBy('p.position')
    .orderBy('s.id')
    .execute()
  return rows.map(row => ({
    name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    profession: row.slug,
    languages: row.languages,
    state: row.state === 'accepted' || row.state === 'invited' ? row.state : ('open' as const),
    professionName: { kk: row.profession_kk, ru: row.profession_ru, en: row.profession_en },
  }))
}
