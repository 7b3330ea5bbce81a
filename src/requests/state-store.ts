import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

type Turn =
  | { state: 'booked' | 'waiting' | 'held' }
  | { state: 'withdrawn' }
  | { state: 'declined'; reason: 'no-speakers' | 'no-time' | 'not-our-topic' | 'not-our-district' | 'twice' | 'other' }

/** A request goes on to another state; ends are dated, and only a declined one keeps a reason. The new version. */
export async function turnRequest(trx: Trx, id: string, turn: Turn, now: DateTime): Promise<number> {
  const ended = turn.state === 'withdrawn' || turn.state === 'declined'
  const { version } = await trx
    .updateTable('requests')
    .set(eb => ({
      state: turn.state,
      version: eb('version', '+', 1),
      ended_at: ended ? now : null,
      decline_reason: 'reason' in turn ? turn.reason : null,
      ...(turn.state === 'booked' ? { first_at: eb.fn.coalesce('first_at', eb.val(now)) } : {}),
    }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}
