import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'

/** Requests that wait, with what a line of the inbox says; the pages put them in order. */
export const findWaiting = keptWithDiary('waiting', (db, houseId, language: Language) =>
  db
    .selectFrom('requests')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .innerJoin('topics', 'topics.id', 'requests.topic_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .innerJoin('audiences', 'audiences.slug', 'requests.audience')
    .select([
      'requests.id',
      'requests.number',
      'requests.heads',
      'requests.grades',
      'requests.class_count',
      'requests.class_names',
      'requests.latest_on',
      'requests.confirmed_at',
      'requests.asked_at',
      'requests.series_id',
      'requests.series_position',
      'requests.postponed_from',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      `districts.name_${language} as district`,
      `audiences.name_${language} as audience`,
      sql<
        string[]
      >`array(select language from request_languages l where l.request_id = requests.id order by language)`.as(
        'languages',
      ),
      sql<string | null>`(select max(to_on)::text from request_windows w where w.request_id = requests.id)`.as(
        'lastWish',
      ),
    ])
    .where('requests.house_id', '=', houseId)
    .where('requests.state', '=', 'waiting')
    .orderBy('requests.postponed_from')
    .orderBy('requests.confirmed_at')
    .orderBy('requests.number')
    .limit(200)
    .execute(),
)
export type WaitingRow = Awaited<ReturnType<typeof findWaiting>>[number]

/** Talks ahead in which somebody declined and nobody took the place yet. */
export async function findOpenPlaces(db: Db, houseId: string, language: Language, now: DateTime): Promise<OpenPlace[]> {
  // a day of UTC that has begun everywhere: within it the clock alone decides, and what was read stands
  const places = await readOpenPlaces(db, houseId, language, now.toUTC().minus({ days: 1 }).toISODate() ?? '')
  return places.filter(({ during }) => during.from > now).slice(0, 20)
}

const readOpenPlaces = keptWithDiary('open places', (db, houseId, language: Language, since: Day) =>
  db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .innerJoin('professions', 'professions.slug', 'assignments.profession')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .select([
      'talks.id as talkId',
      'talks.held_on',
      'talks.from_time',
      'talks.minutes',
      'talks.during',
      'talks.version',
      'talks.request_id as requestId',
      'requests.number',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
      'assignments.speaker_id as speakerId',
      `speakers.name_${language} as speaker`,
      `professions.name_${language} as profession`,
      'assignments.answered_at',
      'assignments.reason',
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where('talks.held_on', '>=', since)
    .where('assignments.state', '=', sql.lit('declined'))
    .where('assignments.ended_at', 'is', null)
    .orderBy(sql`lower(talks.during)`)
    .limit(200)
    .execute(),
)
export type OpenPlace = Awaited<ReturnType<typeof readOpenPlaces>>[number]
