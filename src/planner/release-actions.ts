import { remember } from '../base/db/changes.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { book } from '../talks/actions.ts'
import { move } from '../talks/change-actions.ts'
import type { Obstruction } from '../talks/rules.ts'
import { noteAway } from './away-actions.ts'
import { holds } from './claim-store.ts'
import { finish } from './finish-store.ts'
import { findLines, type LineRow, type Outcome } from './line-store.ts'
import { backUntil } from './plan-rules.ts'
import { inRounds } from './round-actions.ts'
import { isAnswered, type PlanRow } from './store.ts'

export type Desk = { db: Db; jobs: Jobs; secret: string }

/** For a talk that is booked already the wishes were set aside when its change was proposed. */
const waived = { windows: true, latest: true, notice: true }

/**
 * Books a draft talk by talk, each in its own right: under the same locks and by the same judge as by hand, and each only once
 * however often this begins again. What waits for another proposal to give way comes round again while anything gets done.
 */
export async function releasePlan(
  desk: Desk,
  plan: PlanRow,
  holder: string,
  now: DateTime,
  goesOn: (done: number) => Promise<boolean>,
): Promise<void> {
  await noteAway(desk.db, plan, now)
  const lines = (await findLines(desk.db, plan.id, 'kk')).filter(
    ({ kind, excluded }) => kind !== 'unplaced' && !excluded,
  )
  const open = lines.filter(({ outcome }) => outcome === null)
  // who gives way goes before who takes the place
  open.sort((a, b) => Number(a.talk_id === null) - Number(b.talk_id === null))
  const ended = await inRounds(
    desk.db,
    plan.id,
    open,
    line => carriedOut(desk, plan, line, now),
    left => goesOn(lines.length - left),
  )
  if (!ended) return
  await transact(desk.db, async trx => {
    if (!(await holds(trx, plan.id, holder))) return
    await finish(trx, plan.id, { state: 'released', now, backUntil: backUntil(plan, now) })
    await remember(trx, {
      ...{
        houseId: plan.house_id,
        kind: 'plan-released',
        at: now,
        byWhom: 'account',
        accountId: plan.account_id ?? undefined,
      },
      detail: { plan: plan.id, talks: lines.length },
    })
  })
}

async function carriedOut(
  { db, jobs, secret }: Desk,
  plan: PlanRow,
  line: LineRow,
  now: DateTime,
): Promise<{ done: Outcome } | { refused: Obstruction; kept: Outcome }> {
  const { moment, team } = line
  if (!moment) return notDone({ code: 'missing' })
  const accountId = plan.account_id ?? ''
  const houseId = plan.house_id
  const startsAt = { day: moment.day, minute: moment.from }
  const speakers = team.map(({ speakerId }) => speakerId)
  const joins = `plan:${plan.id}:${plan.releases}`
  // the same whoever goes on with it
  const url = `/app/planner/${plan.id}/release`
  const form = {
    key: `plan:${plan.id}:${plan.releases}:${line.request_id}`,
    url,
    by: accountId,
    body: { startsAt, speakers },
    now,
  }
  // who has accepted since the draft was made is not asked again to make room
  if (
    line.talk_id !== null &&
    line.step === 'chain' &&
    plan.moves === 'unanswered' &&
    (await isAnswered(db, line.talk_id))
  )
    return notDone({ code: 'stale', seen: undefined })
  const done =
    line.talk_id === null
      ? await book(
          db,
          jobs,
          secret,
          { actor: { accountId, houseId }, requestNumber: line.number, startsAt, speakers, form, joins },
          now,
        )
      : await move(
          db,
          jobs,
          secret,
          {
            ...{
              by: { houseId, whom: 'account', accountId },
              talkId: line.talk_id,
              location: `/app/talks/${line.talk_id}`,
            },
            ...{ shown: { version: line.talk_version ?? 0, seen: undefined }, startsAt, speakers, waived, form, joins },
            minutes: moment.to - moment.from,
          },
          now,
        )
  return 'refused' in done ? notDone(done.refused) : { done: { talkId: done.location.split('/').at(-1) ?? '' } }
}

const notDone = (refused: Obstruction) => ({ refused, kept: { refused } })
