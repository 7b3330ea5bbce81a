import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Day } from '../base/time.ts'

type Turn =
  // postponed: a closure took its talk, and it comes before all others; its hours are wished from this day on, too
  | { state: 'booked' | 'waiting' | 'held'; postponedFrom?: Day }
  | { state: 'withdrawn' }
  | { state: 'declined'; reason: 'no-speakers' | 'no-time' | 'not-our-topic' | 'not-our-district' | 'twice' | 'other' }

/** A request goes on to another state; ends are dated, and only a declined one keeps a reason. The new version. */
export async function turnRequest(trx: Trx, id: string, turn: Turn, now: DateTime): Promise<number> {
  const [version] = await turnRequests(trx, [id], turn, now)
  if (version === undefined) throw new Error(`there is no request ${id}`)
  return version
}

/** The same for requests that go on together. */
export async function turnRequests(trx: Trx, ids: string[], turn: Turn, now: DateTime): Promise<number[]> {
  const ended = turn.state === 'withdrawn' || turn.state === 'declined'
  const rows = await trx
    .updateTable('requests')
    .set(eb => ({
      state: turn.state,
      version: eb('version', '+', 1),
      ended_at: ended ? now : null,
      decline_reason: 'reason' in turn ? turn.reason : null,
      postponed_from: 'postponedFrom' in turn ? (turn.postponedFrom ?? null) : null,
      ...(turn.state === 'booked' ? { first_at: eb.fn.coalesce('first_at', eb.val(now)) } : {}),
    }))
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .returning('version')
    .execute()
  return rows.map(({ version }) => version)
}
