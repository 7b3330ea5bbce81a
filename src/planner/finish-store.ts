import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Said } from './plan-rules.ts'

type Ended =
  | { state: 'done' | 'stopped'; now: DateTime; said: Said | undefined; placed: number; failed?: boolean }
  | { state: 'released'; now: DateTime }

/** A plan has come to its end, and nobody holds it any longer. */
export async function finish(trx: Trx, id: string, ended: Ended): Promise<void> {
  const found =
    ended.state === 'released'
      ? { released_at: ended.now }
      : {
          ...{ finished_at: ended.now, placed: ended.placed },
          ...(ended.failed ? {} : { figures: ended.said ? JSON.stringify(ended.said) : null }),
          ...(ended.said ? { cost: ended.said.cost, bound: ended.said.bound ?? null } : {}),
        }
  await trx
    .updateTable('plans')
    .set({
      ...{ state: ended.state, phase: 'failed' in ended && ended.failed ? 'failed' : 'over', stop_asked: false },
      ...{ claimed_by: null, claimed_until: null },
      ...found,
    })
    .where('id', '=', id)
    .execute()
}
