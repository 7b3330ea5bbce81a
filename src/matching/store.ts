import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, plusDays, wallOf } from '../base/time.ts'
import { list, minute, moment } from './read-store.ts'
import { withPostponement } from './request-rules.ts'
import { findRoster, hostOf, topicOf } from './roster-store.ts'
import type { Request, World } from './rules.ts'
import { withTalks } from './talk-store.ts'

/** What is asked for, as far as the engine must know it; a draft of the public form has no row yet, and perhaps no host in the list. */
export type Asked = { houseId: string; hostId: string; topicId: string; request: Request; host?: World['host'] }

/** The whole world one question is judged by. `range` bounds the days that may be asked about; the audience must be known. */
export async function findWorld(
  db: Db | Trx,
  asked: Asked,
  range: { from: Day; to: Day },
  now: DateTime,
): Promise<World | undefined> {
  const roster = await findRoster(db, asked.houseId, now)
  if (!roster) return
  const host = asked.host ?? (await hostOf(db, roster, asked.houseId, asked.hostId))
  const topic = await topicOf(db, roster, asked.houseId, asked.topicId)
  const audience = roster.audiences.get(asked.request.audience)
  if (!host || !topic || !audience) return
  const today = wallOf(now, roster.zone)
  // limits count whole months and ISO weeks, which may begin before the month
  const months = { from: plusDays(`${range.from.slice(0, 7)}-01`, -7), to: plusDays(endOfMonth(range.to), 7) }
  const speakers = await withTalks(db, asked.houseId, roster, months, today.day, now)
  const hall = await sql<{ id: string; hall_id: string | null; held_on: Day; from_time: string; minutes: number }>`
    select id, hall_id, held_on, from_time, minutes from talks
    where host_id = ${asked.hostId} and state in ('booked', 'held') and mode = 'onsite' and held_on between ${range.from} and ${range.to}
    order by held_on, from_time`.execute(db)
  const { policy, calendar, bans, closures, professions, travel } = roster
  return {
    now: today,
    policy,
    calendar,
    bans,
    closures,
    host,
    topic,
    audience,
    professions,
    speakers,
    hallTaken: hall.rows.map(row => ({ ...moment(row), talkId: row.id, hallId: row.hall_id ?? undefined })),
    travel,
  }
}

/** How a request is held: as its talk is by now, which a closure may have put online, or as it was asked for. */
export const modeOf = sql<Request['mode']>`coalesce((select t.mode::text from talks t
  where t.request_id = requests.id and t.state in ('booked', 'held') limit 1), requests.mode::text)`.as('mode')

/** What the engine asks of every request. */
export const askedColumns = ['id', 'host_id', 'topic_id', 'audience', 'grades', 'heads', modeOf] as const

/** A request as the engine reads it, with what it is about; undefined when it is not there or not of this House. */
export async function findAsked(
  db: Db | Trx,
  houseId: string,
  which: { number: number } | { id: string },
): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('requests')
    .select([
      ...askedColumns,
      'latest_on',
      'postponed_from',
      list('request_languages', 'language', 'request_id', 'requests').as('languages'),
    ])
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
  const wishes = windows.map(it => ({
    from: it.from_on,
    to: it.to_on,
    fromMinute: minute(it.from_time),
    toMinute: minute(it.to_time),
    shift: it.shift ?? undefined,
  }))
  return {
    houseId,
    hostId: row.host_id,
    topicId: row.topic_id,
    request: {
      id: row.id,
      audience: row.audience,
      grades: row.grades,
      heads: row.heads,
      languages: row.languages,
      mode: row.mode,
      ...withPostponement(wishes, row.latest_on ?? undefined, row.postponed_from ?? undefined),
    },
  }
}

/** The last day of the day's month. */
const endOfMonth = (day: Day): Day => plusDays(`${plusDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1)

/** As far as the engine looks where a request names no day. */
const farAhead = 28
/** How long after the last wish the engine looks for what would be possible instead. */
const nearby = 14

/** The days a question may touch: from today to the last wished day, and what the engine may propose near it. */
export function rangeOf(request: Request, today: Day): { from: Day; to: Day } {
  const wished = request.windows.map(window => window.to)
  const last = [...wished, request.latest ?? today].sort().at(-1) ?? today
  const named = wished.length > 0 || request.latest !== undefined
  return { from: today, to: plusDays(last < today ? today : last, named ? nearby : farAhead) }
}
