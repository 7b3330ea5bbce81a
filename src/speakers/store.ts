import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Channel } from '../messages/channel-rules.ts'
import { personOf } from './person-store.ts'

/** How many invitations of a speaker wait for an answer: the number beside the bell. */
export async function countInvitations(db: Db, speakerId: string, now: DateTime): Promise<number> {
  const { count } = await db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('assignments.person_id', '=', personOf(speakerId))
    .where('assignments.state', '=', 'invited')
    .where('talks.state', '=', 'booked')
    .where(eb => eb.fn<DateTime>('lower', ['talks.during']), '>', now)
    .executeTakeFirstOrThrow()
  return count
}

/** The zone of a speaker's House, and today's date there. */
export async function findZone(db: Db, speakerId: string): Promise<string> {
  const { zone } = await db
    .selectFrom('speakers')
    .innerJoin('houses', 'houses.id', 'speakers.house_id')
    .select('houses.zone')
    .where('speakers.id', '=', speakerId)
    .executeTakeFirstOrThrow()
  return zone
}

/** What a speaker sees of themself: facts that coordinators keep, and wishes of their own. */
export async function findProfile(db: Db, speakerId: string, language: Language) {
  const speaker = await db
    .selectFrom('speakers')
    .innerJoin('houses', 'houses.id', 'speakers.house_id')
    .innerJoin('districts', 'districts.kato', 'speakers.home_district')
    .select([
      `speakers.name_${language} as name`,
      'speakers.email',
      'speakers.phone',
      'speakers.channel',
      sql<
        string[]
      >`array(select d.${sql.ref(`name_${language}`)} from speaker_districts o join districts d on d.kato = o.district
        where o.speaker_id = speakers.id order by d.kato)`.as('ownDistricts'),
      `districts.name_${language} as home`,
      'limit_day',
      'limit_week',
      'limit_month',
      'speakers.reminder_days',
      'speakers.reminder_day_before_at',
      'speakers.reminder_hours',
      'speakers.digest_week_at',
      'houses.digest_week_at as usual_sunday',
      'houses.reminder_days as usual_days',
      'houses.reminder_day_before_at as usual_at',
      'houses.reminder_hours as usual_hours',
      'houses.zone',
      'paused_from',
      'paused_to',
    ])
    .where('speakers.id', '=', speakerId)
    .executeTakeFirstOrThrow()
  const [professions, languages, topics, groups] = await Promise.all([
    db
      .selectFrom('speaker_professions')
      .innerJoin('professions', 'slug', 'profession')
      .select(`name_${language} as name`)
      .where('speaker_id', '=', speakerId)
      .orderBy('speaker_professions.position')
      .execute(),
    db
      .selectFrom('speaker_languages')
      .select('language')
      .where('speaker_id', '=', speakerId)
      .orderBy('language')
      .execute(),
    db
      .selectFrom('speaker_topics')
      .innerJoin('topics', 'topics.id', 'topic_id')
      .select(`title_${language} as name`)
      .where('speaker_id', '=', speakerId)
      .orderBy('position')
      .execute(),
    db
      .selectFrom('group_members')
      .innerJoin('groups', 'groups.id', 'group_id')
      .select(`name_${language} as name`)
      .where('speaker_id', '=', speakerId)
      .orderBy('slug')
      .execute(),
  ])
  return {
    ...speaker,
    professions: professions.map(row => row.name),
    languages: languages.map(row => row.language),
    topics: topics.map(row => row.name),
    groups: groups.map(row => row.name),
  }
}
export type Profile = Awaited<ReturnType<typeof findProfile>>

export type Wishes = {
  phone: string | null
  limits: { day: number; week: number; month: number }
  reminders: { days: number | null; dayBeforeAt: string | null; hours: number | null; sundayAt: string | null }
  language: Language
  /** Left out, the choice stays as it was: without a gateway nobody is asked. */
  channel?: Channel | undefined
}

export async function saveWishes(trx: Trx, speakerId: string, wishes: Wishes): Promise<void> {
  await trx
    .updateTable('speakers')
    .set({
      phone: wishes.phone,
      language: wishes.language,
      ...(wishes.channel ? { channel: wishes.channel } : {}),
      limit_day: wishes.limits.day,
      limit_week: wishes.limits.week,
      limit_month: wishes.limits.month,
      reminder_days: wishes.reminders.days,
      reminder_day_before_at: wishes.reminders.dayBeforeAt,
      reminder_hours: wishes.reminders.hours,
      digest_week_at: wishes.reminders.sundayAt,
    })
    .where('id', '=', speakerId)
    .execute()
}
