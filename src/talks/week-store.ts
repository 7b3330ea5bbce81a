import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'
import { findRoster } from '../matching/roster-store.ts'

/** Every seat of the talks of these days. */
export const findSeatsOfDays = (db: Db, houseId: string, language: Language, from: Day, to: Day) =>
  db
    .selectFrom('talks')
    .innerJoin('assignments', 'assignments.talk_id', 'talks.id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .select([
      'talks.id as talkId',
      'talks.held_on as day',
      'talks.from_time',
      'talks.minutes',
      'talks.state',
      `hosts.name_${language} as host`,
      'assignments.speaker_id as speakerId',
      'assignments.state as seat',
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.held_on', '>=', from)
    .where('talks.held_on', '<=', to)
    .where('talks.state', 'in', ['booked', 'held'])
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .orderBy('talks.held_on')
    .orderBy('talks.from_time')
    .orderBy('talks.id')
    .execute()
export type SeatOfDay = Awaited<ReturnType<typeof findSeatsOfDays>>[number]

/** The House's people with their groups, and how many talks each has in the month. */
export const findPeople = (db: Db, houseId: string, language: Language, month: Day) =>
  db
    .selectFrom('speakers')
    .leftJoin(
      db
        .selectFrom('group_members')
        .innerJoin('groups', 'groups.id', 'group_members.group_id')
        .select(['speaker_id', sql<string>`min(groups.slug)`.as('slug')])
        .groupBy('speaker_id')
        .as('first'),
      'first.speaker_id',
      'speakers.id',
    )
    .select([
      'speakers.id',
      `speakers.name_${language} as name`,
      'speakers.limit_month',
      'first.slug as group',
      'speakers.left_on',
      sql<
        string[]
      >`array(select profession from speaker_professions p where p.speaker_id = speakers.id order by position)`.as(
        'professions',
      ),
      sql<
        string[]
      >`array(select language from speaker_languages l where l.speaker_id = speakers.id order by language)`.as(
        'languages',
      ),
      sql<number>`(select count(*)::int from assignments a join talks t on t.id = a.talk_id where a.speaker_id = speakers.id and a.state in ('invited', 'accepted') and t.state in ('booked', 'held')
        and t.held_on >= ${`${month.slice(0, 7)}-01`}::date and t.held_on < ${`${month.slice(0, 7)}-01`}::date + interval '1 month')`.as(
        'inMonth',
      ),
    ])
    .where('speakers.house_id', '=', houseId)
    .execute()
export type PersonRow = Awaited<ReturnType<typeof findPeople>>[number]

export const findGroups = (db: Db, houseId: string, language: Language) =>
  db
    .selectFrom('groups')
    .select([
      'slug',
      `name_${language} as name`,
      sql<
        string[]
      >`array(select d.${sql.ref(`name_${language}`)} from group_districts g join districts d on d.kato = g.district where g.group_id = groups.id order by 1)`.as(
        'districts',
      ),
    ])
    .where('house_id', '=', houseId)
    .orderBy('slug')
    .execute()
export type GroupRow = Awaited<ReturnType<typeof findGroups>>[number]

/** When each speaker is taken by other things: every week, or on a day. From what the process keeps of the House. */
export async function findBusy(db: Db, houseId: string, now: DateTime) {
  const roster = await findRoster(db, houseId, now)
  return new Map((roster?.speakers ?? []).map(({ id, busy, absences }) => [id, { busy, absences }]))
}
export type Busy = Awaited<ReturnType<typeof findBusy>>
