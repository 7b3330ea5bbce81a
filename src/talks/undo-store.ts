import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Moment, Span } from '../base/time.ts'
import { isMessageKind, type MessageKind } from '../messages/rules.ts'
import { momentOf, timesOf } from './store.ts'
import type { Before, Knowledge, SeatBefore, Undone } from './undo-rules.ts'

/** How a talk stands now, to be kept before it changes. */
export async function standing(
  trx: Trx,
  talk: { id: string; held_on: string; from_time: string; minutes: number },
): Promise<Before> {
  const rows = await trx
    .selectFrom('assignments')
    .select(['id', 'speaker_id', 'profession', 'state', 'answered_at', 'answer_by'])
    .where('talk_id', '=', talk.id)
    .where(it => it.or([it('state', 'in', ['invited', 'accepted']), it('ended_at', 'is', null)]))
    .orderBy('invited_at')
    .orderBy('id')
    .execute()
  const { day, from } = momentOf(talk)
  return {
    day,
    from,
    minutes: talk.minutes,
    seats: rows.map(row => ({
      id: row.id,
      speakerId: row.speaker_id,
      profession: row.profession,
      state: row.state,
      answeredAt: row.answered_at?.toISO() ?? null,
      answerBy: row.answer_by?.toISO() ?? null,
    })),
  }
}

const news: MessageKind[] = [
  'invitation',
  'invitation-update',
  'invitation-cancellation',
  'talk-booked',
  'talk-changed',
  'talk-cancelled',
]

/** Who heard of a version of the talk, and what the change to it left unsaid. */
export async function findKnowledge(
  db: Db | Trx,
  talkId: string,
  { version, event, at }: { version: number; event: Undone; at: DateTime },
): Promise<Map<string, Knowledge>> {
  const rows = await db
    .selectFrom('messages')
    .select(['recipient', 'kind', 'version', 'state', 'reason', 'note'])
    .where('cause', '=', `talk:${talkId}`)
    .where('version', 'in', [version - 1, version])
    .where('kind', 'in', news)
    .where(it =>
      it.or([it('version', '=', version), it.and([it('state', '=', 'superseded'), it('reason', '=', event)])]),
    )
    .execute()
  const answered = await db
    .selectFrom('assignments')
    .select('speaker_id')
    .where('talk_id', '=', talkId)
    // whoever answered since has seen the change on a page
    .where('answered_at', '>', at)
    .execute()
  const known = new Map<string, Knowledge>()
  const knowledge = (recipient: string): Knowledge => {
    const its = known.get(recipient) ?? { heard: false, owed: undefined, note: undefined }
    known.set(recipient, its)
    return its
  }
  for (const row of rows) {
    const its = knowledge(row.recipient)
    if (row.version === version) its.heard ||= row.state === 'sent' || row.state === 'sending'
    else if (isMessageKind(row.kind)) Object.assign(its, { owed: row.kind, note: row.note ?? undefined })
  }
  for (const { speaker_id } of answered) knowledge(`speaker:${speaker_id}`).heard = true
  return known
}

/** A talk as it was before: booked, at that time; calendars hear of it by the sequence that rises. */
export async function restoreTalk(
  trx: Trx,
  id: string,
  { moment, startsAt, hallId }: { moment: Moment; startsAt: DateTime; hallId: string | null },
  now: DateTime,
): Promise<number> {
  const { version } = await trx
    .updateTable('talks')
    .set(it => ({
      state: 'booked' as const,
      cancel_reason: null,
      cancelled_at: null,
      version: it('version', '+', 1),
      sequence: it('sequence', '+', 1),
      revised_at: now,
      hall_id: hallId,
      ...timesOf(moment, startsAt),
    }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export type SeatBack = Pick<SeatBefore, 'id' | 'state' | 'answeredAt' | 'answerBy'>

/** Seats as they were, or as an undoing leaves them, busy during the talk alone; `settle` adds the journeys. */
export async function restoreSeats(trx: Trx, seats: SeatBack[], during: Span): Promise<void> {
  if (seats.length === 0) return
  const rows = seats.map(
    it =>
      sql`(${it.id}::uuid, ${it.state}::assignment_state, ${it.answeredAt}::timestamptz, ${it.answerBy}::timestamptz)`,
  )
  await sql`
    update assignments a set state = v.state, answered_at = v.answered_at, answer_by = v.answer_by, ended_at = null,
      reason = case when v.state = 'declined' then a.reason end, busy = ${during}::tstzrange
    from (values ${sql.join(rows)}) as v (id, state, answered_at, answer_by) where a.id = v.id`.execute(trx)
}

/** The request of a talk, locked, and the talk that stands for it by now. */
export async function lockRequestOf(trx: Trx, requestId: string | null) {
  if (requestId === null) return
  return trx
    .selectFrom('requests')
    .select(it => [
      'requests.id',
      'requests.state',
      it
        .selectFrom('talks')
        .select('talks.id')
        .whereRef('talks.request_id', '=', 'requests.id')
        .where('talks.state', 'in', ['booked', 'held'])
        .limit(1)
        .as('talkId'),
    ])
    .where('requests.id', '=', requestId)
    .forNoKeyUpdate('requests')
    .executeTakeFirst()
}
