import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'

/** The talks of a day in the order of their times, with who meets the team. */
export const findTalksOfDay = (db: Db, houseId: string, language: Language, day: Day) =>
  db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .leftJoin('host_halls', 'host_halls.id', 'talks.hall_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .leftJoin('audiences', 'audiences.slug', 'requests.audience')
    .select([
      'talks.id',
      'talks.from_time',
      'talks.minutes',
      'talks.held_on',
      'talks.during',
      'talks.state',
      'talks.mode',
      'talks.heads_planned',
      'talks.heads_counted',
      'talks.cancel_reason',
      'talks.note',
      `hosts.name_${language} as host`,
      `host_halls.name_${language} as hall`,
      `hosts.address_${language === 'en' ? 'ru' : language} as address`,
      `districts.name_${language} as district`,
      `topics.title_${language} as topic`,
      'requests.grades',
      `audiences.name_${language} as audience`,
      'contacts.name as contact',
      'contacts.position',
      'contacts.phone',
      sql<
        string[]
      >`array(select language from request_languages l where l.request_id = talks.request_id order by language)`.as(
        'languages',
      ),
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.held_on', '=', day)
    .where('talks.state', '!=', 'cancelled')
    .orderBy('talks.from_time')
    .orderBy('talks.id')
    .execute()
export type DayTalkRow = Awaited<ReturnType<typeof findTalksOfDay>>[number]

/** Who goes to the talks of a day. */
export const findGoers = (db: Db, houseId: string, language: Language, day: Day) =>
  db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .innerJoin('professions', 'professions.slug', 'assignments.profession')
    .select([
      'assignments.talk_id as talkId',
      'assignments.speaker_id as speakerId',
      'assignments.state',
      'assignments.profession',
      'assignments.travel_minutes',
      `speakers.name_${language} as name`,
      'speakers.phone',
      `professions.name_${language} as does`,
      'talks.from_time',
      'talks.mode',
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.held_on', '=', day)
    .where('talks.state', '!=', 'cancelled')
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .orderBy('talks.from_time')
    .orderBy('assignments.invited_at')
    .orderBy('assignments.id')
    .execute()
export type GoerRow = Awaited<ReturnType<typeof findGoers>>[number]
