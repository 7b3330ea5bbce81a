import { transact } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { cancel } from '../talks/change-actions.ts'
import type { Obstruction } from '../talks/rules.ts'
import { undo } from '../talks/undo-actions.ts'
import { forgetAway } from './away-actions.ts'
import { holds } from './claim-store.ts'
import { finish, reopen } from './finish-store.ts'
import { findLines, type LineRow, type Outcome } from './line-store.ts'
import type { Desk } from './release-actions.ts'
import { inRounds } from './round-actions.ts'
import type { PlanRow } from './store.ts'

/**
 * Takes a release back talk by talk, each only once however often this begins again: new talks are taken off first, so that those
 * which made room for them find their old places. What has changed since stays as it is, and so does the plan then.
 */
export async function takePlanBack(
  desk: Desk,
  plan: PlanRow,
  holder: string,
  now: DateTime,
  goesOn: (done: number) => Promise<boolean>,
): Promise<void> {
  await forgetAway(desk.db, plan, now)
  const lines = (await findLines(desk.db, plan.id, 'kk')).filter(isBooked)
  const open = lines.filter(({ outcome }) => outcome && !('kept' in outcome))
  open.sort((a, b) => Number(a.talk_id !== null) - Number(b.talk_id !== null))
  const ended = await inRounds(
    desk.db,
    plan.id,
    open,
    line => takenBack(desk, plan, line, now),
    left => goesOn(open.length - left),
  )
  if (!ended) return
  await transact(desk.db, async trx => {
    if (!(await holds(trx, plan.id, holder))) return
    const stays = (await findLines(trx, plan.id, 'kk')).some(isBooked)
    await (stays ? finish(trx, plan.id, { state: 'released', now, backUntil: null }) : reopen(trx, plan.id))
  })
}

const isBooked = ({ outcome }: LineRow): boolean => outcome !== null && 'talkId' in outcome

async function takenBack(
  { db, jobs }: Desk,
  plan: PlanRow,
  line: LineRow,
  now: DateTime,
): Promise<{ done: Outcome } | { refused: Obstruction; kept: Outcome }> {
  const talkId = line.outcome && 'talkId' in line.outcome ? (line.outcome.talkId.split('?')[0] ?? '') : ''
  const accountId = plan.account_id ?? ''
  const key = `plan:${plan.id}:${plan.releases}:back:${line.request_id}`
  const revision = {
    by: { houseId: plan.house_id, whom: 'account' as const, accountId },
    ...{ talkId, location: `/app/talks/${talkId}`, joins: `plan:${plan.id}:${plan.releases}:back` },
    form: { key, url: `/app/planner/${plan.id}/taking-back`, by: accountId, body: { talkId }, now },
    // what the release itself has made of the talk
    shown: { version: line.talk_id === null ? 1 : (line.talk_version ?? 0) + 1, seen: undefined },
  }
  const done =
    line.talk_id === null
      ? await cancel(db, jobs, { ...revision, reason: 'other', unsaid: true }, now)
      : await undo(db, jobs, revision, now)
  return 'refused' in done ? { refused: done.refused, kept: { talkId, kept: done.refused } } : { done: { back: true } }
}
