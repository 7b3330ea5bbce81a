import type { Db } from '../base/db/open.ts'
import type { AssignmentState, Mode, TalkState } from '../base/db/tables.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { findHouses } from '../houses/public-store.ts'

export type CalendarMate = {
  speakerId: string
  names: Said
  language: Language
  state: AssignmentState
  profession: string
  travelMinutes: number
  /** When this seat changed last. */
  at: DateTime
}
export type CalendarTalk = {
  id: string
  houseId: string
  hostId: string
  state: TalkState
  sequence: number
  zone: string
  startsAt: DateTime
  endsAt: DateTime
  createdAt: DateTime
  revisedAt: DateTime
  mode: Mode
  link: string | null
  public: boolean
  house: Said
  host: Said
  hall: Said | undefined
  address: { kk: string; ru: string }
  geo: { lat: number; lon: number } | undefined
  district: Said
  topic: Said
  topicSlug: string
  /** Where the site of its House lies behind the language. */
  front: string
  closed: boolean
  team: CalendarMate[]
}

/** What calendars may tell of these talks, as it is true now. */
export async function findCalendarTalks(db: Db, ids: string[]): Promise<CalendarTalk[]> {
  const rows = await db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('houses', 'houses.id', 'talks.house_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .leftJoin('host_halls', 'host_halls.id', 'talks.hall_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('audiences', 'audiences.slug', 'requests.audience')
    .select([
      'talks.id',
      'talks.house_id',
      'talks.host_id',
      'talks.state',
      'talks.sequence',
      'talks.zone',
      'talks.during',
      'talks.created_at',
      'talks.revised_at',
      'talks.mode',
      'talks.link',
      'talks.public',
      'houses.name_kk as house_kk',
      'houses.name_ru as house_ru',
      'houses.name_en as house_en',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
      'hosts.kind as host_kind',
      'hosts.address_kk',
      'hosts.address_ru',
      'hosts.lat',
      'hosts.lon',
      'districts.name_kk as district_kk',
      'districts.name_ru as district_ru',
      'districts.name_en as district_en',
      'host_halls.name_kk as hall_kk',
      'host_halls.name_ru as hall_ru',
      'host_halls.name_en as hall_en',
      'topics.slug as topic_slug',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
      'audiences.closed',
    ])
    .where('talks.id', 'in', ids)
    .orderBy('talks.id')
    .execute()
  const teams = await teamsOf(db, ids)
  const fronts = new Map((await findHouses(db)).map(({ id, front }) => [id, front]))
  return rows.map(row => ({
    id: row.id,
    houseId: row.house_id,
    hostId: row.host_id,
    state: row.state,
    sequence: row.sequence,
    zone: row.zone,
    startsAt: row.during.from,
    endsAt: row.during.to,
    createdAt: row.created_at,
    revisedAt: row.revised_at,
    mode: row.mode,
    link: row.link,
    public: row.public,
    house: { kk: row.house_kk, ru: row.house_ru, en: row.house_en },
    host: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    hall:
      row.hall_kk === null || row.hall_ru === null || row.hall_en === null
        ? undefined
        : { kk: row.hall_kk, ru: row.hall_ru, en: row.hall_en },
    address: { kk: row.address_kk, ru: row.address_ru },
    geo: row.lat === null || row.lon === null ? undefined : { lat: row.lat, lon: row.lon },
    district: { kk: row.district_kk, ru: row.district_ru, en: row.district_en },
    topic: { kk: row.title_kk, ru: row.title_ru, en: row.title_en },
    topicSlug: row.topic_slug,
    front: fronts.get(row.house_id) ?? '',
    closed: row.closed === true || row.host_kind === 'custody',
    team: teams.get(row.id) ?? [],
  }))
}

async function teamsOf(db: Db, ids: string[]): Promise<Map<string, CalendarMate[]>> {
  const rows = await db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .select([
      'assignments.talk_id',
      'assignments.speaker_id',
      'assignments.profession',
      'assignments.state',
      'assignments.travel_minutes',
      'assignments.invited_at',
      'assignments.answered_at',
      'assignments.ended_at',
      'speakers.language',
      'speakers.name_kk',
      'speakers.name_ru',
      'speakers.name_en',
    ])
    .where('assignments.talk_id', 'in', ids)
    .orderBy('assignments.invited_at')
    .orderBy('assignments.id')
    .execute()
  const mates = rows.map(row => ({
    talkId: row.talk_id,
    speakerId: row.speaker_id,
    language: row.language,
    state: row.state,
    profession: row.profession,
    travelMinutes: row.travel_minutes,
    at: row.ended_at ?? row.answered_at ?? row.invited_at,
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
  }))
  return Map.groupBy(mates, mate => mate.talkId)
}
