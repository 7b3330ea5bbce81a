import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Said } from './plan-rules.ts'

type Ended =
  | { state: 'done' | 'stopped'; now: DateTime; said: Said | undefined; placed: number; failed?: boolean }
  | { state: 'released'; now: DateTime; backUntil: DateTime | null }

/** A plan has come to its end, and nobody holds it any longer. */
export async function finish(trx: Trx, id: string, ended: Ended): Promise<void> {
  const found =
    ended.state === 'released'
      ? { released_at: ended.now, back_until: ended.backUntil }
      : {
          ...{ finished_at: ended.now, placed: ended.placed },
          ...(ended.failed ? {} : { figures: ended.said ? JSON.stringify(ended.said) : null }),
          ...(ended.said ? { cost: ended.said.cost, bound: ended.said.bound ?? null } : {}),
        }
  await trx
    .updateTable('plans')
    .set({
      ...{ state: ended.state, phase: 'failed' in ended && ended.failed ? 'failed' : 'over', stop_asked: false },
      ...{ claimed_by: null, claimed_until: null, taking_back: false },
      ...found,
    })
    .where('id', '=', id)
    .execute()
}

/** A release was taken back, and the plan is a draft again, with what stands of its talks by now. */
export async function reopen(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('plan_talks')
    .from('talks')
    .set(it => ({ talk_version: it.ref('talks.version') }))
    .whereRef('talks.id', '=', 'plan_talks.talk_id')
    .where('plan_id', '=', id)
    .execute()
  await trx.updateTable('plan_talks').set({ outcome: null }).where('plan_id', '=', id).execute()
  await trx
    .updateTable('plans')
    .set({
      ...{ state: 'done', phase: 'over', taking_back: false, back_until: null },
      ...{ claimed_by: null, claimed_until: null },
    })
    .where('id', '=', id)
    .execute()
}
