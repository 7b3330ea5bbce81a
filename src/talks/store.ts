import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { hashOf, newNonce, tokenOf } from '../base/secrets.ts'
import { clock, type DateTime, type Moment, minuteOf } from '../base/time.ts'
import type { TeamMember } from '../matching/rules.ts'
import { lockPeople } from '../speakers/person-store.ts'
import type { CancelReason, Seat } from './rules.ts'
import { seatsThatCount } from './seat-store.ts'

/** The request to be booked, locked. */
export const lockRequest = (trx: Trx, houseId: string, number: number) =>
  trx
    .selectFrom('requests')
    .innerJoin('houses', 'houses.id', 'requests.house_id')
    .select([
      'requests.id',
      'state',
      'host_id',
      'contact_id',
      'topic_id',
      'mode',
      'heads',
      'public',
      'version',
      'zone',
      'answer_hours',
      'undo_seconds',
      'requests.language',
    ])
    .where('house_id', '=', houseId)
    .where('requests.number', '=', number)
    .forNoKeyUpdate('requests')
    .executeTakeFirst()

/** A talk of the House, locked, with what its changes are judged and told by. */
export const lockTalk = (trx: Trx, houseId: string, id: string) =>
  trx
    .selectFrom('talks')
    .innerJoin('houses', 'houses.id', 'talks.house_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .select([
      'talks.id',
      'talks.house_id',
      'talks.request_id',
      'talks.host_id',
      'talks.state',
      'talks.version',
      'talks.mode',
      'talks.hall_id',
      'talks.note',
      'talks.zone',
      'held_on',
      'from_time',
      'minutes',
      'during',
      'requests.contact_id',
      'answer_hours',
      'undo_seconds',
    ])
    .where('talks.house_id', '=', houseId)
    .where('talks.id', '=', id)
    .forNoKeyUpdate('talks')
    .executeTakeFirst()
export type LockedTalk = NonNullable<Awaited<ReturnType<typeof lockTalk>>>

export const momentOf = (talk: { held_on: string; from_time: string; minutes: number }): Moment => {
  const from = minuteOf(talk.from_time) ?? 0
  return { day: talk.held_on, from, to: from + talk.minutes }
}

/** People in the order of their ids, whoever asks, so that two bookings never wait for each other; then the hall. */
export async function lockPeopleAndHall(trx: Trx, speakerIds: string[], hostId: string): Promise<void> {
  await lockPeople(trx, speakerIds)
  await sql`select id from hosts where id = ${hostId} for no key update`.execute(trx)
}

/** Everybody who has or had a seat that still counts: standing, or declined and not filled again. */
export async function findSeats(trx: Db | Trx, talkId: string): Promise<Seat[]> {
  const rows = await seatsThatCount(trx, [talkId]).select(['id', 'speaker_id', 'profession', 'state']).execute()
  return rows.map(row => ({
    assignmentId: row.id,
    speakerId: row.speaker_id,
    profession: row.profession,
    state: row.state,
  }))
}

export type NewTalk = {
  houseId: string
  requestId: string
  hostId: string
  topicId: string
  zone: string
  moment: Moment
  startsAt: DateTime
  mode: 'onsite' | 'online' | 'broadcast'
  /** Of a host that has several. */
  hallId: string | undefined
  heads: number
  public: boolean
}

export async function insertTalk(trx: Trx, talk: NewTalk, now: DateTime): Promise<string> {
  const { id } = await trx
    .insertInto('talks')
    .values({
      house_id: talk.houseId,
      request_id: talk.requestId,
      host_id: talk.hostId,
      topic_id: talk.topicId,
      zone: talk.zone,
      ...timesOf(talk.moment, talk.startsAt),
      mode: talk.mode,
      hall_id: talk.hallId ?? null,
      public: talk.public,
      heads_planned: talk.heads,
      created_at: now,
      revised_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A talk at another time or with other people: the version that calendars and letters go by rises with it. */
export async function reviseTalk(
  trx: Trx,
  id: string,
  moved: { moment: Moment; startsAt: DateTime; hallId: string | undefined } | undefined,
  now: DateTime,
): Promise<number> {
  const { version } = await trx
    .updateTable('talks')
    .set(eb => ({
      version: eb('version', '+', 1),
      sequence: eb('sequence', '+', 1),
      revised_at: now,
      ...(moved ? { ...timesOf(moved.moment, moved.startsAt), hall_id: moved.hallId ?? null } : {}),
    }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export async function cancelTalk(trx: Trx, id: string, reason: CancelReason, now: DateTime): Promise<number> {
  const { version } = await trx
    .updateTable('talks')
    .set(eb => ({
      state: 'cancelled' as const,
      cancel_reason: reason,
      cancelled_at: now,
      version: eb('version', '+', 1),
      sequence: eb('sequence', '+', 1),
      revised_at: now,
    }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** The coordinators' own note: no letter and no calendar knows it, so no version rises. */
export const setNote = (trx: Trx, id: string, note: string) =>
  trx.updateTable('talks').set({ note }).where('id', '=', id).execute()

/** Seats of these people, busy during the talk alone; `settle` adds the journeys. */
export async function insertSeats(
  trx: Trx,
  secret: string,
  talk: { id: string; startsAt: DateTime; minutes: number },
  members: TeamMember[],
  answerBy: DateTime,
  now: DateTime,
): Promise<{ id: string; speakerId: string }[]> {
  if (members.length === 0) return []
  const busy = { from: talk.startsAt, to: talk.startsAt.plus({ minutes: talk.minutes }) }
  const rows = await trx
    .insertInto('assignments')
    .values(
      members.map(({ speakerId, profession }) => {
        const nonce = newNonce()
        return {
          talk_id: talk.id,
          speaker_id: speakerId,
          profession,
          busy,
          nonce,
          token_hash: hashOf(tokenOf(secret, 'invitation', nonce)),
          invited_at: now,
          answer_by: answerBy,
        }
      }),
    )
    .returning(['id', 'speaker_id'])
    .execute()
  return rows.map(row => ({ id: row.id, speakerId: row.speaker_id }))
}

/** These people no longer come; a refusal keeps its reason and is closed. */
export async function endSeats(trx: Trx, assignmentIds: string[], now: DateTime): Promise<void> {
  if (assignmentIds.length === 0) return
  await trx
    .updateTable('assignments')
    .set(eb => ({
      ended_at: now,
      state: eb
        .case()
        .when('state', '=', 'declined')
        .then(sql<'declined'>`'declined'::assignment_state`)
        .else(sql<'replaced'>`'replaced'::assignment_state`)
        .end(),
    }))
    .where('id', 'in', assignmentIds)
    .execute()
}

/** Another time is another question: everybody who stays is asked again, by the same link. */
export async function askAgain(
  trx: Trx,
  talkId: string,
  during: { from: DateTime; to: DateTime },
  answerBy: DateTime,
): Promise<void> {
  await trx
    .updateTable('assignments')
    .set({ state: 'invited', answered_at: null, answer_by: answerBy, busy: during })
    .where('talk_id', '=', talkId)
    .where('state', 'in', ['invited', 'accepted'])
    .execute()
}

export const timesOf = (moment: Moment, startsAt: DateTime) => {
  const minutes = moment.to - moment.from
  return {
    held_on: moment.day,
    from_time: clock(moment.from),
    minutes,
    during: { from: startsAt, to: startsAt.plus({ minutes }) },
  }
}
