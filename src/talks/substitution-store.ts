import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { SubstitutionEnd } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import { type DateTime, minuteOf } from '../base/time.ts'
import type { Reason } from '../matching/rules.ts'
import type { Hours } from './substitution-rules.ts'

/** Begins the search for somebody who takes a declined place; one that runs already goes on. */
export async function openSearch(
  trx: Trx,
  place: { houseId: string; talkId: string; assignmentId: string },
  now: DateTime,
): Promise<void> {
  await trx
    .insertInto('substitutions')
    .values({
      house_id: place.houseId,
      talk_id: place.talkId,
      assignment_id: place.assignmentId,
      opened_at: now,
      next_at: now,
    })
    .onConflict(conflict => conflict.column('assignment_id').where('ended_at', 'is', null).doNothing())
    .execute()
}

/** The search for a place that stands open again goes on, where a change that is taken back had ended it. */
export const resumeSearches = (trx: Trx, talkIds: string[], now: DateTime) =>
  sql`
    insert into substitutions (house_id, talk_id, assignment_id, opened_at, next_at)
    select t.house_id, t.id, a.id, ${now.toISO()}::timestamptz, ${now.toISO()}::timestamptz
    from assignments a join talks t on t.id = a.talk_id join lateral (
      select ended_as from substitutions s where s.assignment_id = a.id
      order by opened_at desc, ended_at desc nulls first limit 1) last on last.ended_as in ('changed', 'decided')
    where t.id = any(${talkIds}::uuid[]) and t.state = 'booked' and a.state = 'declined' and a.ended_at is null
    on conflict do nothing`.execute(trx)

/**
 * The search for each place of a talk that stands open begins anew at the talk's new time, where the House asks by itself.
 * `nextAt`: nobody is asked before the change itself is told, as it may be taken back.
 */
export const openSearchesAnew = (trx: Trx, talkId: string, nextAt: DateTime, now: DateTime) =>
  sql`
    insert into substitutions (house_id, talk_id, assignment_id, opened_at, next_at)
    select t.house_id, t.id, a.id, ${now.toISO()}::timestamptz, ${nextAt.toISO()}::timestamptz
    from assignments a join talks t on t.id = a.talk_id join houses h on h.id = t.house_id
    where t.id = ${talkId} and t.state = 'booked' and h.substitutes_asked > 0 and a.state = 'declined' and a.ended_at is null
    on conflict do nothing`.execute(trx)

/** How a House looks for substitutes: how many it asks at once (0: none by itself), and when its people sleep. */
export async function findSettings(
  trx: Trx,
  houseId: string,
): Promise<{ atOnce: number } & Pick<Hours, 'quiet' | 'zone'>> {
  const house = await trx
    .selectFrom('houses')
    .select(['substitutes_asked', 'quiet_from', 'quiet_until', 'zone'])
    .where('id', '=', houseId)
    .executeTakeFirstOrThrow()
  return {
    atOnce: house.substitutes_asked,
    zone: house.zone,
    quiet: { from: minuteOf(house.quiet_from) ?? 0, until: minuteOf(house.quiet_until) ?? 0 },
  }
}

/** Searches that have to be looked at, the longest due first. */
export const findDueSearches = (db: Db, now: DateTime, limit: number) =>
  db
    .selectFrom('substitutions')
    .select(['id', 'house_id as houseId', 'talk_id as talkId'])
    .where('ended_at', 'is', null)
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** People of a House are asked by one process at a time, so that nobody is asked for two places of one hour; false while another does. */
export async function claimHouse(trx: Trx, houseId: string, patient: boolean): Promise<boolean> {
  const key = sql`hashtext('substitutions ' || ${houseId}::text)`
  const { rows } = patient
    ? await sql<{ mine: boolean }>`select pg_advisory_xact_lock(${key}) is not null as mine`.execute(trx)
    : await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${key}) as mine`.execute(trx)
  return rows[0]?.mine === true
}

/** A search that runs, locked after its talk. */
export const lockSearch = (trx: Trx, id: string) =>
  trx
    .selectFrom('substitutions')
    .innerJoin('assignments', 'assignments.id', 'substitutions.assignment_id')
    .select([
      'substitutions.id',
      'substitutions.assignment_id as assignmentId',
      'substitutions.next_at as nextAt',
      'assignments.speaker_id as out',
      sql<boolean>`assignments.state = 'declined' and assignments.ended_at is null`.as('placeOpen'),
    ])
    .where('substitutions.id', '=', id)
    .where('substitutions.ended_at', 'is', null)
    .forUpdate('substitutions')
    .executeTakeFirst()

export const waitUntil = async (trx: Trx, id: string, at: DateTime): Promise<void> => {
  await trx.updateTable('substitutions').set({ next_at: at }).where('id', '=', id).execute()
}

/** The questions of a search, oldest first. */
export const findQuestions = (trx: Trx, searchId: string) =>
  trx
    .selectFrom('substitution_asks')
    .select(['id', 'speaker_id as speakerId', 'until', 'answer', 'colleague_id as colleagueId'])
    .where('substitution_id', '=', searchId)
    .orderBy('asked_at')
    .orderBy('id')
    .execute()

/** Who said no to a talk in any way: to the invitation, or to standing in. */
export async function findUnwilling(db: Db | Trx, talkIds: string[]): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ talk_id: string; speaker_id: string }>`
    select talk_id, speaker_id from assignments where state = 'declined' and talk_id = any(${talkIds}::uuid[])
    union
    select s.talk_id, a.speaker_id from substitution_asks a join substitutions s on s.id = a.substitution_id
    where a.answer = 'no' and s.talk_id = any(${talkIds}::uuid[])`.execute(db)
  return new Map(
    [...Map.groupBy(rows, row => row.talk_id)].map(([id, its]) => [id, new Set(its.map(row => row.speaker_id))]),
  )
}

/** Who is not asked for a place: asked for it before, unwilling, or asked just now for another place of that hour. */
export async function findSkipped(
  trx: Trx,
  place: { houseId: string; talkId: string; assignmentId: string },
  hours: Pick<Hours, 'startsAt'> & { endsAt: DateTime },
  now: DateTime,
): Promise<Set<string>> {
  const unwilling = await findUnwilling(trx, [place.talkId])
  const { rows } = await sql<{ speaker_id: string }>`
    select a.speaker_id from substitution_asks a join substitutions s on s.id = a.substitution_id
    where s.assignment_id = ${place.assignmentId}
      -- whom a change of the talk left without a chance to answer may be asked again
      and (a.answer is not null or s.ended_as is null or s.ended_as not in ('changed', 'decided'))
    union
    select a.speaker_id from substitution_asks a join substitutions s on s.id = a.substitution_id join talks t on t.id = s.talk_id
    where s.house_id = ${place.houseId} and s.ended_at is null and a.answer is null and a.until > ${now.toISO()}::timestamptz
      and t.during && tstzrange(${hours.startsAt.minus({ hours: 1 }).toISO()}::timestamptz, ${hours.endsAt.plus({ hours: 1 }).toISO()}::timestamptz)`.execute(
    trx,
  )
  return new Set([...(unwilling.get(place.talkId) ?? []), ...rows.map(row => row.speaker_id)])
}

export type NewQuestion = {
  speakerId: string
  profession: string
  reasons: Reason[]
  namedBy: string | undefined
  until: DateTime
}

export async function insertQuestions(
  trx: Trx,
  secret: string,
  searchId: string,
  questions: NewQuestion[],
  now: DateTime,
): Promise<{ id: string; speakerId: string }[]> {
  return trx
    .insertInto('substitution_asks')
    .values(
      questions.map(({ speakerId, profession, reasons, namedBy, until }) => {
        const nonce = newNonce()
        return {
          substitution_id: searchId,
          speaker_id: speakerId,
          profession,
          reasons: JSON.stringify(reasons),
          named_by: namedBy ?? null,
          asked_at: now,
          until,
          nonce,
          token_hash: hashOf(tokenOf(secret, 'question', nonce)),
        }
      }),
    )
    .returning(['id', 'speaker_id as speakerId'])
    .execute()
}

export const findAddresses = (trx: Trx, speakerIds: string[]) =>
  trx
    .selectFrom('speakers')
    .select(['id', 'email', 'language'])
    .where('id', '=', sql<string>`any(${speakerIds}::uuid[])`)
    .execute()

export type LiveSearch = {
  id: string
  houseId: string
  talkId: string
  assignmentId: string
  requestId: string | null
  startsAt: DateTime
  placeOpen: boolean
}

/** Searches of these talks that may still end in a yes: those that run, and those that the coordinator was told of. */
export async function lockLiveSearches(trx: Trx, talkIds: string[]): Promise<LiveSearch[]> {
  const rows = await trx
    .selectFrom('substitutions')
    .innerJoin('assignments', 'assignments.id', 'substitutions.assignment_id')
    .innerJoin('talks', 'talks.id', 'substitutions.talk_id')
    .select([
      'substitutions.id',
      'substitutions.house_id as houseId',
      'substitutions.talk_id as talkId',
      'substitutions.assignment_id as assignmentId',
      'talks.request_id as requestId',
      'talks.during',
      sql<boolean>`assignments.state = 'declined' and assignments.ended_at is null`.as('placeOpen'),
    ])
    .where('substitutions.talk_id', '=', sql<string>`any(${talkIds}::uuid[])`)
    .where(it => it.or([it('substitutions.ended_as', 'is', null), it('substitutions.ended_as', '=', 'escalated')]))
    .orderBy('substitutions.id')
    .forUpdate('substitutions')
    .execute()
  return rows.map(({ during, ...row }) => ({ ...row, startsAt: during.from }))
}

export async function endSearch(trx: Trx, id: string, as: SubstitutionEnd, now: DateTime): Promise<void> {
  await trx
    .updateTable('substitutions')
    .set(it => ({ ended_as: as, ended_at: it.fn.coalesce('ended_at', it.val(now)) }))
    .where('id', '=', id)
    .execute()
}

/** Questions without an answer whose letter has left, but of nobody who stands in the team by now. */
export async function findHeard(trx: Trx, searchIds: string[]) {
  const { rows } = await sql<{
    id: string
    substitution_id: string
    speaker_id: string
    email: string
    language: 'kk' | 'ru' | 'en'
  }>`
    select a.id, a.substitution_id, a.speaker_id, p.email, p.language
    from substitution_asks a join speakers p on p.id = a.speaker_id join substitutions s on s.id = a.substitution_id
    where a.substitution_id = any(${searchIds}::uuid[]) and a.answer is null
      and not exists (select from assignments x where x.talk_id = s.talk_id and x.speaker_id = a.speaker_id and x.state in ('invited', 'accepted'))
      and exists (select from messages m where m.cause = 'ask:' || a.id and m.kind = 'substitution-asked' and m.state in ('sending', 'sent'))
    order by a.asked_at, a.id`.execute(trx)
  return rows
}

/** The questions of these searches that lie unsent are pointless. */
export async function supersedeQuestions(trx: Trx, searchIds: string[], reason: string): Promise<void> {
  await sql`
    update messages set state = 'superseded', reason = ${reason}
    where state = 'waiting' and version = 1 and cause in (
      select 'ask:' || id from substitution_asks where substitution_id = any(${searchIds}::uuid[]))`.execute(trx)
}

/** The search that runs for a place. */
export async function findRunning(trx: Trx, assignmentId: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('substitutions')
    .select('id')
    .where('assignment_id', '=', assignmentId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row?.id
}
