import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, plusDays, wallOf } from '../base/time.ts'
import { findCalendar, findTravel } from './calendar-store.ts'
import { findHost, findTopic } from './place-store.ts'
import { list, minute, moment } from './read-store.ts'
import type { Request, World } from './rules.ts'
import { findSpeakers } from './speaker-store.ts'

/** What is asked for, as far as the engine must know it; a draft of the public form has no row yet. */
export type Asked = { houseId: string; hostId: string; topicId: string; request: Request }

/** The whole world one question is judged by. `from` and `to` bound the days that may be asked about. */
export async function findWorld(db: Db | Trx, asked: Asked, range: { from: Day; to: Day }, now: DateTime): Promise<World | undefined> {
  const house = await findHouse(db, asked.houseId)
  if (!house) return
  const host = await findHost(db, asked.houseId, asked.hostId)
  const topic = await findTopic(db, asked.houseId, asked.topicId)
  if (!host || !topic) return
  const months = { from: `${range.from.slice(0, 7)}-01`, to: plusDays(range.to, 31) }
  const { calendar, bans, closures, audience, professions } = await findCalendar(db, asked, range)
  const speakers = await findSpeakers(db, { ...asked, zone: house.zone, months, now })
  const hall = await sql<{ held_on: Day; from_time: string; minutes: number }>`
    select held_on, from_time, minutes from talks
    where host_id = ${asked.hostId} and state in ('booked', 'held') and mode = 'onsite' and held_on between ${range.from} and ${range.to}`.execute(db)
  return {
    now: wallOf(now, house.zone),
    policy: {
      minimumNoticeMinutes: house.minimum_notice_minutes,
      pairRule: house.mentor_only_in_pair,
      lessons: house.lessons,
      legalCheck: house.legal_check,
      bufferMinutes: house.travel_buffer_minutes,
      credentialsForMinors: house.credentials_for_minors,
    },
    calendar, bans, closures, host, topic, audience, professions, speakers,
    hallTaken: hall.rows.map(moment),
    travel: await findTravel(db, asked.houseId, house.region),
  }
}

const findHouse = (db: Db | Trx, id: string) =>
  db
    .selectFrom('houses')
    .select([
      'zone', 'region', 'minimum_notice_minutes', 'mentor_only_in_pair', 'lessons', 'legal_check', 'travel_buffer_minutes', 'credentials_for_minors',
    ])
    .where('id', '=', id)
    .executeTakeFirst()

/** A request as the engine reads it, with what it is about; undefined when it is not there or not of this House. */
export async function findAsked(db: Db | Trx, houseId: string, which: { number: number } | { id: string }): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('requests')
    .select(['id', 'host_id', 'topic_id', 'audience', 'grades', 'heads', 'mode', 'latest_on', list('request_languages', 'language', 'request_id', 'requests').as('languages')])
    .where('house_id', '=', houseId)
    .$if('number' in which, query => query.where('number', '=', 'number' in which ? which.number : 0))
    .$if('id' in which, query => query.where('id', '=', 'id' in which ? which.id : ''))
    .executeTakeFirst()
  if (!row) return
  const windows = await db
    .selectFrom('request_windows')
    .select(['from_on', 'to_on', 'from_time', 'to_time', 'shift'])
    .where('request_id', '=', row.id)
    .orderBy('position')
    .execute()
  return {
    houseId, hostId: row.host_id, topicId: row.topic_id,
    request: {
      id: row.id, audience: row.audience, grades: row.grades, heads: row.heads, languages: row.languages, mode: row.mode, latest: row.latest_on ?? undefined,
      windows: windows.map(it => ({ from: it.from_on, to: it.to_on, fromMinute: minute(it.from_time), toMinute: minute(it.to_time), shift: it.shift ?? undefined })),
    },
  }
}

/** The days a question may touch: from the first to the last wished day, a week around for what lies nearest. */
export function rangeOf(request: Request, today: Day): { from: Day; to: Day } {
  const days = request.windows.flatMap(window => [window.from, window.to])
  const last = [...days, request.latest ?? today].sort().at(-1) ?? today
  return { from: today, to: plusDays(last < today ? today : last, 14) }
}
