import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Fate } from './closing-rules.ts'
import type { CancelReason } from './rules.ts'
import { seatsThatCount } from './seat-store.ts'

/** Talks locked in the order of their ids, with what a closure changes and tells. Those that ended or began meanwhile are left. */
export const lockTalks = (trx: Trx, ids: string[]) =>
  trx
    .selectFrom('talks')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .select([
      'talks.id',
      'talks.house_id',
      'talks.request_id',
      'talks.host_id',
      'talks.state',
      'talks.mode',
      'talks.link',
      'talks.version',
      'talks.zone',
      'talks.held_on',
      'talks.during',
      'requests.contact_id',
    ])
    .where('talks.id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('talks.id')
    .forNoKeyUpdate('talks')
    .execute()
export type TalkToClose = Awaited<ReturnType<typeof lockTalks>>[number]

/** Who stands in the teams of these talks, or declined and is not replaced. */
export async function findAllSeats(trx: Db | Trx, talkIds: string[]) {
  const rows = await seatsThatCount(trx, talkIds)
    .select(['id', 'talk_id', 'speaker_id', 'state', 'travel_minutes'])
    .execute()
  return rows.map(row => ({
    assignmentId: row.id,
    talkId: row.talk_id,
    speakerId: row.speaker_id,
    state: row.state,
    travelMinutes: row.travel_minutes,
  }))
}
export type SeatToClose = Awaited<ReturnType<typeof findAllSeats>>[number]

/** Talks go on without a room, each with its own way in. */
export async function putOnline(
  trx: Trx,
  talks: { id: string; link: string | null }[],
  now: DateTime,
): Promise<Map<string, number>> {
  if (talks.length === 0) return new Map()
  const { rows } = await sql<{ id: string; version: number }>`
    update talks t set mode = 'online', hall_id = null, link = v.link, version = t.version + 1, sequence = t.sequence + 1, revised_at = ${now.toISO()}::timestamptz
    from unnest(${talks.map(it => it.id)}::uuid[], ${talks.map(it => it.link)}::text[]) as v (id, link)
    where t.id = v.id returning t.id, t.version`.execute(trx)
  return new Map(rows.map(row => [row.id, row.version]))
}

export async function cancelTalks(
  trx: Trx,
  ids: string[],
  reason: CancelReason,
  now: DateTime,
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .updateTable('talks')
    .set(eb => ({
      state: 'cancelled' as const,
      cancel_reason: reason,
      cancelled_at: now,
      version: eb('version', '+', 1),
      sequence: eb('sequence', '+', 1),
      revised_at: now,
    }))
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .returning(['id', 'version'])
    .execute()
  return new Map(rows.map(row => [row.id, row.version]))
}

/** What the closure made of each talk, with what it was before. */
export async function keepClosing(
  trx: Trx,
  closureId: string,
  talks: (Pick<TalkToClose, 'id' | 'mode' | 'link' | 'during'> & { fate: Fate; version: number })[],
  seats: SeatToClose[],
): Promise<void> {
  if (talks.length === 0) return
  await trx
    .insertInto('closure_talks')
    .values(
      talks.map(it => ({
        closure_id: closureId,
        talk_id: it.id,
        outcome: it.fate,
        version: it.version,
        mode_before: it.mode,
        link_before: it.link,
        during_before: it.during,
      })),
    )
    .execute()
  if (seats.length === 0) return
  await trx
    .insertInto('closure_seats')
    .values(seats.map(it => ({ closure_id: closureId, assignment_id: it.assignmentId, state: it.state })))
    .execute()
}

/** Whatever still waits about these talks is pointless now, but who left a team before and was not told yet still has to hear it. */
export async function supersedeAll(trx: Trx, talkIds: string[], reason: string): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ state: 'superseded', reason })
    .where('cause', '=', sql<string>`any(${talkIds.map(id => `talk:${id}`)}::text[])`)
    .where('state', '=', 'waiting')
    .where('kind', '<>', 'invitation-cancellation')
    .execute()
}

/** What a closure made of one talk, as its letters say it. */
export async function findClosing(
  db: Db | Trx,
  closureId: string,
  talkId: string | null,
): Promise<{ fate: Fate; restoredVersion: number | null } | undefined> {
  const row = await db
    .selectFrom('closure_talks')
    .select(['outcome', 'restored_version'])
    .where('closure_id', '=', closureId)
    .where('talk_id', '=', talkId)
    .executeTakeFirst()
  return row && { fate: row.outcome, restoredVersion: row.restored_version }
}

/** The version with which a talk has the link that was promised. */
export const keepLink = (trx: Trx, closureId: string, talkId: string, version: number) =>
  trx
    .updateTable('closure_talks')
    .set({ version })
    .where('closure_id', '=', closureId)
    .where('talk_id', '=', talkId)
    .execute()
