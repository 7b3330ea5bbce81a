import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'

/** Everybody of the House who still speaks, with the load of a month. */
export async function findDirectory(db: Db, houseId: string, language: Language, today: Day) {
  const rows = await db
    .selectFrom('speakers')
    .select([
      'id',
      `name_${language} as name`,
      'limit_month',
      'paused_from',
      sql<
        string[]
      >`array(select p.${sql.ref(`name_${language}`)} from speaker_professions s join professions p on p.slug = s.profession where s.speaker_id = speakers.id order by s.position)`.as(
        'professions',
      ),
      sql<
        string[]
      >`array(select language from speaker_languages l where l.speaker_id = speakers.id order by language)`.as(
        'languages',
      ),
      sql<
        string[]
      >`array(select g.${sql.ref(`name_${language}`)} from group_members m join groups g on g.id = m.group_id where m.speaker_id = speakers.id order by g.slug)`.as(
        'groups',
      ),
    ])
    .where('house_id', '=', houseId)
    .where(eb => eb.or([eb('left_on', 'is', null), eb('left_on', '>', today)]))
    .execute()
  const inMonth = await countTalks(db, houseId, today)
  return rows.map(row => ({ ...row, inMonth: inMonth.get(row.id) ?? 0 }))
}

/** Talks of a month by speaker; one query by itself takes 2 ms at a city's size, counted beside each person 77 ms. */
export const countTalks = (db: Db, houseId: string, month: Day): Promise<Map<string, number>> =>
  countFrom(db, houseId, `${month.slice(0, 7)}-01`)

const countFrom = keptWithDiary('talks of a month', async (db, houseId, first: Day) => {
  const rows = await db
    .selectFrom('talks')
    .innerJoin('assignments', 'assignments.talk_id', 'talks.id')
    .select(['assignments.speaker_id as id', eb => eb.fn.countAll<number>().as('count')])
    .where('talks.house_id', '=', houseId)
    .where('talks.held_on', '>=', first)
    .where('talks.held_on', '<', sql<Day>`(${first}::date + interval '1 month')::date`)
    .where('talks.state', 'in', ['booked', 'held'])
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .groupBy('assignments.speaker_id')
    .execute()
  return new Map(rows.map(({ id, count }) => [id, count]))
})

export const findPerson = (db: Db, houseId: string, id: string, language: Language) =>
  db
    .selectFrom('speakers')
    .innerJoin('districts', 'districts.kato', 'speakers.home_district')
    .innerJoin('houses', 'houses.id', 'speakers.house_id')
    .leftJoin('busy_calendars', 'busy_calendars.speaker_id', 'speakers.id')
    .select([
      'busy_calendars.kind as calendarKind',
      'busy_calendars.read_at as calendarReadAt',
      'busy_calendars.fault as calendarFault',
      'speakers.id',
      `speakers.name_${language} as name`,
      'speakers.email',
      'speakers.phone',
      'transport',
      'limit_day',
      'limit_week',
      'limit_month',
      'paused_from',
      'paused_to',
      `districts.name_${language} as district`,
      'houses.zone',
      sql<
        string[]
      >`array(select p.${sql.ref(`name_${language}`)} from speaker_professions s join professions p on p.slug = s.profession where s.speaker_id = speakers.id order by s.position)`.as(
        'professions',
      ),
      sql<
        string[]
      >`array(select language from speaker_languages l where l.speaker_id = speakers.id order by language)`.as(
        'languages',
      ),
      sql<
        string[]
      >`array(select g.${sql.ref(`name_${language}`)} from group_members m join groups g on g.id = m.group_id where m.speaker_id = speakers.id order by g.slug)`.as(
        'groups',
      ),
      sql<
        string[]
      >`array(select t.${sql.ref(`title_${language}`)} from speaker_topics s join topics t on t.id = s.topic_id where s.speaker_id = speakers.id order by t.position)`.as(
        'topics',
      ),
      sql<
        string[]
      >`array(select d.${sql.ref(`name_${language}`)} from speaker_districts s join districts d on d.kato = s.district where s.speaker_id = speakers.id order by d.kato)`.as(
        'ownDistricts',
      ),
      sql<
        string[]
      >`array(select t.${sql.ref(`title_${language}`)} from topic_wishes s join topics t on t.id = s.topic_id where s.speaker_id = speakers.id order by t.position)`.as(
        'wishes',
      ),
    ])
    .where('speakers.house_id', '=', houseId)
    .where('speakers.id', '=', id)
    .executeTakeFirst()

export const findBusyTimes = (db: Db, speakerId: string) =>
  db
    .selectFrom('weekly_hours')
    .select(['weekday', 'from_time', 'to_time', 'given'])
    .where('speaker_id', '=', speakerId)
    .where('given', '=', false)
    .orderBy('weekday')
    .orderBy('from_time')
    .execute()

/** Talks of the person from a day on, or before it; the nearest first. */
export const findTalksOf = (db: Db, speakerId: string, language: Language, of: { from: Day } | { before: Day }) =>
  db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .select([
      'talks.id',
      'talks.held_on',
      'talks.from_time',
      'talks.heads_counted',
      'talks.state',
      'assignments.state as seat',
      `hosts.name_${language} as host`,
      `topics.title_${language} as topic`,
    ])
    .where('assignments.speaker_id', '=', speakerId)
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .where('talks.state', '!=', 'cancelled')
    .$if('from' in of, query =>
      query.where('talks.held_on', '>=', 'from' in of ? of.from : '').orderBy('talks.held_on'),
    )
    .$if('before' in of, query =>
      query.where('talks.held_on', '<', 'before' in of ? of.before : '').orderBy('talks.held_on', 'desc'),
    )
    .orderBy('talks.from_time')
    .limit(30)
    .execute()
export type PersonTalkRow = Awaited<ReturnType<typeof findTalksOf>>[number]
