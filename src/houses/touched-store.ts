import { type SqlBool, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'

/** Booked talks of a House that are still to come, beside the bans that speak against them as the engine reads bans. */
const touched = (db: Db, houseId: string, now: DateTime) =>
  db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .innerJoin('bans', join =>
      join.on(
        sql<SqlBool>`talks.held_on between bans.from_on and bans.to_on and bans.strength = 'ban'
          and (bans.house_id is null or bans.house_id = talks.house_id)
          and (bans.host_kinds = '{}' or hosts.kind::text = any(bans.host_kinds))
          and (bans.host_id is null or bans.host_id = talks.host_id)
          and coalesce(requests.audience, 'pupils') <> all(bans.except_audiences)
          and (bans.grades = '{}' or (
            (requests.grades is null or requests.grades = '{}' or requests.grades && bans.grades)
            and coalesce(requests.audience, 'pupils') in ('pupils', 'college-students', 'university-students')
            and exists (select from host_lessons l where l.host_id = hosts.id)))`,
      ),
    )
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where(sql<boolean>`upper(talks.during) > ${now.toISO()}::timestamptz`)
    .where('talks.held_on', '>=', sql<string>`(${now.minus({ days: 2 }).toISO()}::timestamptz)::date`)

/** How many talks each of the bans touches that touch any; by the ban's id. */
export async function countTouched(db: Db, houseId: string, now: DateTime): Promise<Map<string, number>> {
  const rows = await touched(db, houseId, now)
    .select(['bans.id', sql<number>`count(*)::int`.as('talks')])
    .groupBy('bans.id')
    .execute()
  return new Map(rows.map(({ id, talks }) => [id, talks]))
}

/** The talks that a ban touches, in the order of their times. */
export const findTouched = (db: Db, houseId: string, banId: string, now: DateTime) =>
  touched(db, houseId, now)
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .select([
      'talks.id',
      'talks.held_on',
      'talks.from_time',
      'hosts.name_kk as host_kk',
      'hosts.name_ru as host_ru',
      'hosts.name_en as host_en',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
    ])
    .where('bans.id', '=', banId)
    .orderBy('talks.held_on')
    .orderBy('talks.from_time')
    .orderBy('talks.id')
    .limit(300)
    .execute()
export type TouchedRow = Awaited<ReturnType<typeof findTouched>>[number]
