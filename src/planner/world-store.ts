import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, plusDays, wallOf } from '../base/time.ts'
import { list, minute, moment } from '../matching/read-store.ts'
import { withPostponement } from '../matching/request-rules.ts'
import { findRoster, hostOf, topicOf } from '../matching/roster-store.ts'
import type { TeamMember, World } from '../matching/rules.ts'
import { askedColumns } from '../matching/store.ts'
import { withTalks } from '../matching/talk-store.ts'
import { type Case, priorityOf, type Standing } from './plan-rules.ts'

type Range = { from: Day; to: Day }

/**
 * Requests as the engine judges them: those named that still wait, and those whose talk is booked in these days and may change.
 * One world of people for all; the queries don't grow with the requests, but for hosts and topics that nobody has asked about.
 */
export async function findCases(
  db: Db | Trx,
  houseId: string,
  { requestIds, talks, range }: { requestIds: string[]; talks: boolean; range: Range },
  now: DateTime,
): Promise<Case[]> {
  const roster = await findRoster(db, houseId, now)
  if (!roster) return []
  const today = wallOf(now, roster.zone)
  const rows = await findRows(db, houseId, requestIds, talks ? range : undefined, now)
  const standing = talks ? await findStanding(db, houseId, range, now) : new Map<string, Standing>()
  const months = { from: plusDays(`${range.from.slice(0, 7)}-01`, -7), to: plusDays(range.to, 38) }
  const speakers = await withTalks(db, houseId, roster, months, today.day, now)
  const halls = await findHalls(db, houseId, { from: today.day, to: plusDays(range.to, 31) })
  const { policy, calendar, bans, closures, professions, travel } = roster
  const cases: Case[] = []
  for (const row of rows) {
    const host = await hostOf(db, roster, houseId, row.host_id)
    const topic = await topicOf(db, roster, houseId, row.topic_id)
    const audience = roster.audiences.get(row.audience)
    if (!host || !topic || !audience) continue
    const wishes = row.windows.map(it => ({
      from: it.from,
      to: it.to,
      fromMinute: minute(it.fromTime),
      toMinute: minute(it.toTime),
      shift: it.shift ?? undefined,
    }))
    const request = {
      id: row.id,
      audience: row.audience,
      grades: row.grades,
      heads: row.heads,
      languages: row.languages,
      mode: row.mode,
      ...withPostponement(wishes, row.latest_on ?? undefined, row.postponed_from ?? undefined),
    }
    const world: World = {
      ...{ now: today, policy, calendar, bans, closures, professions, travel, host, topic, audience, speakers },
      hallTaken: halls.get(row.host_id) ?? [],
    }
    const postponed = row.postponed_from !== null
    cases.push({
      ...{ requestId: row.id, world, request, priority: priorityOf(request, postponed, today.day) },
      standing: standing.get(row.id),
    })
  }
  return cases
}

type Window = { from: Day; to: Day; fromTime: string; toTime: string; shift: string | null }

const findRows = (db: Db | Trx, houseId: string, ids: string[], talks: Range | undefined, now: DateTime) =>
  db
    .selectFrom('requests')
    .select([
      ...askedColumns,
      'latest_on',
      'postponed_from',
      list('request_languages', 'language', 'request_id', 'requests').as('languages'),
      sql<Window[]>`coalesce((select jsonb_agg(jsonb_build_object('from', w.from_on, 'to', w.to_on,
        'fromTime', to_char(w.from_time, 'HH24:MI'), 'toTime', to_char(w.to_time, 'HH24:MI'), 'shift', w.shift) order by w.position)
        from request_windows w where w.request_id = requests.id), '[]')`.as('windows'),
    ])
    .where('house_id', '=', houseId)
    .where(it =>
      it.or([
        it.and([it('state', '=', 'waiting'), sql<boolean>`requests.id = any(${ids}::uuid[])`]),
        ...(talks
          ? [
              it.and([
                it('state', '=', 'booked'),
                sql<boolean>`exists (select from talks t where t.request_id = requests.id and t.state = 'booked'
                  and t.held_on between ${talks.from} and ${talks.to} and lower(t.during) > ${now})`,
              ]),
            ]
          : []),
      ]),
    )
    .orderBy('number')
    .execute()

type Seat = TeamMember & { state: string }

async function findStanding(
  db: Db | Trx,
  houseId: string,
  range: Range,
  now: DateTime,
): Promise<Map<string, Standing>> {
  const rows = await db
    .selectFrom('talks')
    .select([
      'id',
      'request_id',
      'version',
      'held_on',
      'from_time',
      'minutes',
      sql<Seat[]>`coalesce((select jsonb_agg(jsonb_build_object(
          'speakerId', a.speaker_id, 'profession', a.profession, 'state', a.state) order by a.invited_at, a.id)
        from assignments a where a.talk_id = talks.id and (a.state in ('invited', 'accepted') or a.state = 'declined' and a.ended_at is null)),
        '[]')`.as('seats'),
    ])
    .where('house_id', '=', houseId)
    .where('state', '=', 'booked')
    .where('held_on', '>=', range.from)
    .where('held_on', '<=', range.to)
    .where(it => it(it.fn<DateTime>('lower', ['during']), '>', now))
    .where('request_id', 'is not', null)
    .execute()
  return new Map(
    rows.map(row => [
      row.request_id ?? '',
      {
        ...moment(row),
        talkId: row.id,
        version: row.version,
        team: row.seats.map(({ speakerId, profession }) => ({ speakerId, profession })),
        answered: row.seats.some(({ state }) => state === 'accepted'),
        declined: row.seats.filter(({ state }) => state === 'declined').map(({ speakerId }) => speakerId),
      },
    ]),
  )
}

async function findHalls(db: Db | Trx, houseId: string, { from, to }: Range): Promise<Map<string, World['hallTaken']>> {
  const rows = await db
    .selectFrom('talks')
    .select(['id', 'host_id', 'hall_id', 'held_on', 'from_time', 'minutes'])
    .where('house_id', '=', houseId)
    .where('state', 'in', ['booked', 'held'])
    .where('mode', '=', 'onsite')
    .where('held_on', '>=', from)
    .where('held_on', '<=', to)
    .orderBy('held_on')
    .orderBy('from_time')
    .execute()
  const halls = new Map<string, World['hallTaken']>()
  for (const row of rows) {
    const taken = halls.get(row.host_id) ?? []
    taken.push({ ...moment(row), talkId: row.id, hallId: row.hall_id ?? undefined })
    halls.set(row.host_id, taken)
  }
  return halls
}
