import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Day, Weekday } from '../base/time.ts'
import type { Point, Shift } from '../hosts/rules.ts'
import { list, minute, point } from './read-store.ts'
import type { World } from './rules.ts'

/** The shifts of a host with its bells, by name and in order of time. */
export async function findShifts(db: Db | Trx, hostId: string): Promise<Shift[]> {
  const lessons = await db
    .selectFrom('host_shifts')
    .innerJoin('host_lessons', join =>
      join
        .onRef('host_lessons.host_id', '=', 'host_shifts.host_id')
        .onRef('host_lessons.shift', '=', 'host_shifts.shift'),
    )
    .select(['host_shifts.shift', 'grades', 'languages', 'n', 'from_time', 'to_time'])
    .where('host_shifts.host_id', '=', hostId)
    .orderBy('host_shifts.shift')
    .orderBy('n')
    .execute()
  return [...Map.groupBy(lessons, lesson => lesson.shift)].map(([name, its]) => ({
    name,
    grades: its[0]?.grades ?? [],
    languages: its[0]?.languages ?? [],
    lessons: its.map(lesson => ({ n: lesson.n, from: minute(lesson.from_time), to: minute(lesson.to_time) })),
  }))
}

/** A host of this House with its shifts, bells and hours. */
export async function findHost(db: Db | Trx, houseId: string, id: string): Promise<World['host'] | undefined> {
  const row = await db
    .selectFrom('hosts')
    .selectAll()
    .where('id', '=', id)
    .where('house_id', '=', houseId)
    .executeTakeFirst()
  if (!row) return
  const shifts = await findShifts(db, id)
  const halls = await db
    .selectFrom('host_halls')
    .select(['id', 'seats'])
    .where('host_id', '=', id)
    .where('gone', '=', false)
    .orderBy('position')
    .execute()
  const hours = await db
    .selectFrom('host_hours')
    .select(['weekday', 'from_time', 'to_time', 'talk_window'])
    .where('host_id', '=', id)
    .orderBy('from_time')
    .execute()
  return {
    id,
    kind: row.kind,
    district: row.district,
    point: point(row),
    weekType: row.week_type === 6 ? 6 : 5,
    shifts,
    hours: hours
      .filter(it => !it.talk_window)
      .map(it => ({ weekday: it.weekday as Weekday, from: minute(it.from_time), to: minute(it.to_time) })),
    lunch:
      row.lunch_from === null || row.lunch_to === null
        ? undefined
        : { from: minute(row.lunch_from), to: minute(row.lunch_to) },
    talkWindows: hours.filter(it => it.talk_window).map(it => ({ from: minute(it.from_time), to: minute(it.to_time) })),
    classHour:
      row.class_hour_weekday === null || row.class_hour_lesson === null
        ? undefined
        : { weekday: row.class_hour_weekday as Weekday, lesson: row.class_hour_lesson },
    hallSeats: row.hall_seats ?? undefined,
    halls: halls.map(hall => ({ id: hall.id, seats: hall.seats ?? undefined })),
    online: row.online,
  }
}

/** A topic of this House with its team. */
export async function findTopic(db: Db | Trx, houseId: string, id: string): Promise<World['topic'] | undefined> {
  const row = await db
    .selectFrom('topics')
    .selectAll()
    .select([
      'id',
      sql<Day | null>`(select min(valid_until) from topic_materials m where m.topic_id = topics.id)`.as(
        'approved_until',
      ),
      list('topic_audiences', 'audience', 'topic_id', 'topics').as('audiences'),
      list('topic_languages', 'language', 'topic_id', 'topics').as('languages'),
    ])
    .where('id', '=', id)
    .where('house_id', '=', houseId)
    .executeTakeFirst()
  if (!row) return
  const places = await db
    .selectFrom('topic_places')
    .select(['any_of', 'count'])
    .where('topic_id', '=', id)
    .orderBy('position')
    .execute()
  return {
    id,
    slug: row.slug,
    minutes: row.minutes,
    audiences: row.audiences,
    languages: row.languages,
    grades: row.grade_from === null || row.grade_to === null ? undefined : { from: row.grade_from, to: row.grade_to },
    places: places.map(place => ({ anyOf: place.any_of, count: place.count })),
    minAudience: row.min_audience,
    maxAudience: row.max_audience,
    quotesLaw: row.quotes_law,
    lawAsOf: row.law_as_of ?? undefined,
    approvedUntil: row.approved_until ?? undefined,
    rules: row.rules,
  }
}

/** Where each host of the House is: a point where one is known, else its district. */
export async function findSpots(
  db: Db | Trx,
  houseId: string,
): Promise<Map<string, { district: string; point: Point | undefined }>> {
  const rows = await db
    .selectFrom('hosts')
    .select(['id', 'district', 'lat', 'lon'])
    .where('house_id', '=', houseId)
    .execute()
  return new Map(rows.map(row => [row.id, { district: row.district, point: point(row) }]))
}
