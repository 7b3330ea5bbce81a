import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { findOtherClosures } from '../houses/closure-store.ts'
import { moment } from '../matching/read-store.ts'
import { ends, type Fate } from './closing-rules.ts'
import { findGapCases } from './gap-store.ts'
import { judgeLifting, type LiftCase, type Obstacle } from './lifting-rules.ts'
import type { AssignmentState, RequestState, TalkState } from './rules.ts'

/** The talks that a closure found, as they stand now, with what they were before it. */
export async function findClosed(db: Db | Trx, closureId: string) {
  const { rows } = await sql<{
    talkId: string
    requestId: string | null
    number: number | null
    contactId: string | null
    hostId: string
    fate: Fate
    version: number
    state: TalkState
    mode: LiftCase['mode']
    link: string | null
    modeBefore: LiftCase['mode']
    held_on: string
    from_time: string
    minutes: number
    zone: string
    startsAt: DateTime
    endsAt: DateTime
    startedAt: DateTime
    restoredAt: DateTime | null
    obstacle: Obstacle | string | null
    requestState: RequestState | null
    bookedAnew: string | null
  }>`
    select c.talk_id as "talkId", t.request_id as "requestId", r.number, r.contact_id as "contactId", t.host_id as "hostId",
      c.outcome::text as fate, c.version, t.state::text as state, t.mode::text as mode, t.link, c.mode_before::text as "modeBefore",
      t.held_on, t.from_time, t.minutes, t.zone, lower(t.during) as "startsAt", upper(t.during) as "endsAt",
      lower(c.during_before) as "startedAt", c.restored_at as "restoredAt", c.obstacle, r.state::text as "requestState",
      (select o.id from talks o where o.request_id = t.request_id and o.state in ('booked', 'held') and o.id <> t.id limit 1) as "bookedAnew"
    from closure_talks c join talks t on t.id = c.talk_id left join requests r on r.id = t.request_id
    where c.closure_id = ${closureId} order by t.held_on, t.from_time, t.id`.execute(db)
  return rows.map(row => ({
    ...row,
    obstacle: (typeof row.obstacle === 'string' ? JSON.parse(row.obstacle) : row.obstacle) as Obstacle | null,
    moment: moment(row),
  }))
}
export type ClosedTalk = Awaited<ReturnType<typeof findClosed>>[number]

/**
 * Talks that closures lifted earlier had to leave as they were, because another closure stood or had ended them, and that
 * may come back now; the closure that came last first, as its "before" is what the one under it made.
 */
export async function findLeft(
  db: Db | Trx,
  houseId: string,
  liftedId: string,
  now: DateTime,
): Promise<{ closureId: string; talkIds: string[] }[]> {
  const { rows } = await sql<{ closureId: string; talkId: string }>`
    select c.closure_id as "closureId", c.talk_id as "talkId" from closure_talks c
    join closures k on k.id = c.closure_id join talks t on t.id = c.talk_id
    where k.house_id = ${houseId} and k.lifted_at is not null and k.id <> ${liftedId} and c.restored_at is null
      and lower(t.during) > ${now.toISO()}::timestamptz
      and (c.obstacle ->> 'code' = 'talk-ended' and exists (
          select from closure_talks o join closures l on l.id = o.closure_id
          where o.talk_id = c.talk_id and l.created_at > k.created_at and o.outcome in ('postponed', 'cancelled'))
        or c.obstacle -> 'refusals' @> '[{"code": "closure"}]')
    order by k.created_at desc, k.id, c.talk_id`.execute(db)
  return [...Map.groupBy(rows, row => row.closureId)].map(([closureId, its]) => ({
    closureId,
    talkIds: its.map(({ talkId }) => talkId),
  }))
}

/** What lifting is judged by: a fixed number of queries, however many talks. This closure, and what is lifted with it, is left out of the world. */
export async function findLiftCases(
  db: Db | Trx,
  houseId: string,
  closureId: string,
  talks: ClosedTalk[],
  now: DateTime,
  lifted: string[] = [],
): Promise<LiftCase[]> {
  const places = talks.map(({ talkId, requestId, held_on }) => ({ talkId, requestId, held_on }))
  const cases = new Map((await findGapCases(db, houseId, places, now)).map(each => [each.place.talkId, each]))
  const closures = await findOtherClosures(db, houseId, [closureId, ...lifted])
  const halls = await findHalls(db, talks)
  const ended = Map.groupBy(await findEndedSeats(db, closureId), seat => seat.talkId)
  const declined = await findDeclined(db, talks)
  return talks.map(talk => {
    const found = cases.get(talk.talkId)
    const seats = ends(talk.fate)
      ? (ended.get(talk.talkId) ?? []).map(it => ({ ...it, absent: it.state === 'declined' }))
      : (found?.team ?? []).map(it => ({ ...it, absent: declined.has(`${talk.talkId} ${it.speakerId}`) }))
    return {
      ...talk,
      requestState: talk.requestState ?? undefined,
      bookedAnew: talk.bookedAnew ?? undefined,
      team: seats.map(({ speakerId, profession, absent }) => ({ speakerId, profession, absent })),
      judged: found && {
        world: { ...found.world, closures, hallTaken: halls.get(talk.hostId) ?? [] },
        request: found.request,
        hostId: talk.hostId,
      },
    }
  })
}

/** What lifting a closure would come to: its own talks, and those that closures lifted earlier would get back with it. */
export async function findReopening(db: Db, houseId: string, closureId: string, now: DateTime) {
  const talks = (await findClosed(db, closureId)).filter(({ fate }) => fate !== 'kept')
  const verdicts = judgeLifting(await findLiftCases(db, houseId, closureId, talks, now), now)
  const closures = [closureId]
  for (const left of await findLeft(db, houseId, closureId, now)) {
    const its = (await findClosed(db, left.closureId)).filter(
      ({ talkId }) => left.talkIds.includes(talkId) && !verdicts.has(talkId),
    )
    const found = judgeLifting(await findLiftCases(db, houseId, left.closureId, its, now, closures), now)
    // what stays for another reason was said when that closure was lifted
    const back = its.filter(({ talkId }) => found.get(talkId)?.fate === 'restored')
    for (const talk of back) {
      talks.push(talk)
      verdicts.set(talk.talkId, { fate: 'restored', hallId: undefined })
    }
    closures.push(left.closureId)
  }
  return { talks, verdicts, closures }
}

async function findHalls(db: Db | Trx, talks: ClosedTalk[]) {
  const rows = await db
    .selectFrom('talks')
    .select(['id', 'host_id', 'hall_id', 'held_on', 'from_time', 'minutes'])
    .where('host_id', '=', sql<string>`any(${[...new Set(talks.map(it => it.hostId))]}::uuid[])`)
    .where('held_on', '=', sql<string>`any(${[...new Set(talks.map(it => it.held_on))]}::date[])`)
    .where('state', 'in', ['booked', 'held'])
    .where('mode', '=', 'onsite')
    .execute()
  return new Map(
    [...Map.groupBy(rows, row => row.host_id)].map(([hostId, its]) => [
      hostId,
      its.map(row => ({ ...moment(row), talkId: row.id, hallId: row.hall_id ?? undefined })),
    ]),
  )
}

/** The seats that a closure ended, as they stood. */
export async function findEndedSeats(db: Db | Trx, closureId: string) {
  const rows = await db
    .selectFrom('closure_seats')
    .innerJoin('assignments', 'assignments.id', 'closure_seats.assignment_id')
    .select([
      'assignments.id as assignmentId',
      'talk_id as talkId',
      'speaker_id as speakerId',
      'profession',
      'closure_seats.state',
      'travel_minutes as travelMinutes',
    ])
    .where('closure_id', '=', closureId)
    .orderBy('invited_at')
    .orderBy('assignments.id')
    .execute()
  return rows satisfies { state: AssignmentState }[]
}

async function findDeclined(db: Db | Trx, talks: ClosedTalk[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('assignments')
    .select(['talk_id', 'speaker_id'])
    .where('talk_id', '=', sql<string>`any(${talks.map(it => it.talkId)}::uuid[])`)
    .where('state', '=', sql.lit('declined'))
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map(row => `${row.talk_id} ${row.speaker_id}`))
}

/** These talks are what they were before the closure, with the seats it ended; the new version of each. */
export async function restoreTalks(
  trx: Trx,
  closureId: string,
  restored: { talkId: string; hallId: string | undefined }[],
  now: DateTime,
): Promise<Map<string, number>> {
  const ids = restored.map(({ talkId }) => talkId)
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; version: number }>`
    update talks t set state = 'booked', cancel_reason = null, cancelled_at = null, mode = c.mode_before, link = c.link_before, hall_id = v.hall,
      version = t.version + 1, sequence = t.sequence + 1, revised_at = ${now.toISO()}::timestamptz
    from closure_talks c, unnest(${ids}::uuid[], ${restored.map(it => it.hallId ?? null)}::uuid[]) as v (id, hall)
    where c.closure_id = ${closureId} and c.talk_id = t.id and t.id = v.id
    returning t.id, t.version`.execute(trx)
  // busy with the talk alone: the journeys are laid anew
  await sql`
    update assignments a set state = s.state, ended_at = null, busy = t.during
    from closure_seats s, talks t
    where s.closure_id = ${closureId} and s.assignment_id = a.id and t.id = a.talk_id and t.id = any(${ids}::uuid[])`.execute(
    trx,
  )
  await sql`
    update closure_talks c set restored_at = ${now.toISO()}::timestamptz, restored_version = t.version, obstacle = null
    from talks t where t.id = c.talk_id and c.closure_id = ${closureId} and t.id = any(${ids}::uuid[])`.execute(trx)
  return new Map(rows.map(row => [row.id, row.version]))
}

/** Why these talks stay as the closure made them. */
export async function keepObstacles(
  trx: Trx,
  closureId: string,
  left: { talkId: string; obstacle: Obstacle }[],
): Promise<void> {
  if (left.length === 0) return
  await sql`
    update closure_talks c set obstacle = v.obstacle::jsonb
    from unnest(${left.map(it => it.talkId)}::uuid[], ${left.map(it => JSON.stringify(it.obstacle))}::text[]) as v (id, obstacle)
    where c.closure_id = ${closureId} and c.talk_id = v.id`.execute(trx)
}

/** Who may have had a letter about each of these talks, by talk and recipient; `closure`: about one of these closures, or a later one. */
export async function findHeard(
  db: Db | Trx,
  closureIds: string[],
  talkIds: string[],
): Promise<Map<string, { closure: boolean }>> {
  const { rows } = await sql<{ talk_id: string; recipient: string; closure: boolean }>`
    select talk_id, recipient, bool_or(
      cause = any(array(select 'closure:' || id || ':' || talk_id from unnest(${closureIds}::text[]) as id))
      -- or of a later one, which said how the talk stood by then
      or cause like 'closure:%' and version > (select min(c.version) from closure_talks c
        where c.talk_id = messages.talk_id and c.closure_id = any(${closureIds}::uuid[]))) as closure
    from messages where talk_id = any(${talkIds}::uuid[])
      -- what was taken up and then found needless was never handed over
      and (state in ('sent', 'sending') or smtp_reply is not null or attempt > 0 and state in ('waiting', 'failed', 'held'))
    group by talk_id, recipient`.execute(db)
  return new Map(rows.map(row => [`${row.talk_id} ${row.recipient}`, { closure: row.closure }]))
}

/** What waits to be said of talks by one closure is said by another that was lifted with it. */
export async function supersedeNews(trx: Trx, closureIds: string[], talkIds: string[]): Promise<void> {
  const causes = closureIds.flatMap(closure => talkIds.map(talk => `closure:${closure}:${talk}`))
  if (causes.length === 0) return
  await trx
    .updateTable('messages')
    .set({ state: 'superseded', reason: 'restored' })
    .where('cause', '=', sql<string>`any(${causes}::text[])`)
    .where('state', '=', 'waiting')
    .execute()
}
