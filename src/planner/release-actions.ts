import { remember } from '../base/db/changes.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, instantOrThrow, plusDays } from '../base/time.ts'
import { insertBusy, lockSpeaker } from '../speakers/busy-store.ts'
import { book } from '../talks/actions.ts'
import { move } from '../talks/change-actions.ts'
import type { Obstruction } from '../talks/rules.ts'
import { holds } from './claim-store.ts'
import { finish } from './finish-store.ts'
import { findLines, type LineRow, type Outcome, setOutcome } from './line-store.ts'
import { isAnswered, type PlanRow } from './store.ts'

type Desk = { db: Db; jobs: Jobs; secret: string }

/** For a talk that is booked already the wishes were set aside when its change was proposed. */
const waived = { windows: true, latest: true, notice: true }
/** What another proposal of the same draft may have cleared away by the next round. */
const passing: Obstruction['code'][] = ['impossible', 'taken']

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
  let open = lines.filter(({ outcome }) => outcome === null)
  // who gives way goes before who takes the place
  open.sort((a, b) => Number(a.talk_id === null) - Number(b.talk_id === null))
  for (;;) {
    const refused = new Map<LineRow, Outcome>()
    for (const line of open) {
      if (!(await goesOn(lines.length - open.length))) return
      const outcome = await carriedOut(desk, plan, line, now)
      if ('refused' in outcome && passing.includes(outcome.refused.code)) refused.set(line, outcome)
      else await setOutcome(desk.db, plan.id, line.request_id, outcome)
    }
    const left = open.filter(line => refused.has(line))
    if (left.length === open.length || left.length === 0) {
      for (const [line, outcome] of refused) await setOutcome(desk.db, plan.id, line.request_id, outcome)
      break
    }
    open = left
  }
  await transact(desk.db, async trx => {
    if (!(await holds(trx, plan.id, holder))) return
    await finish(trx, plan.id, { state: 'released', now })
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

/** Who is away is not asked for anything else in these days. */
async function noteAway(
  db: Db,
  { house_id: houseId, account_id, away, zone, id }: PlanRow,
  now: DateTime,
): Promise<void> {
  for (const { speakerId, from, to } of away)
    await transact(db, async trx => {
      await lockSpeaker(trx, speakerId)
      const during = { from: instantOrThrow(from, 0, zone), to: instantOrThrow(plusDays(to, 1), 0, zone) }
      await insertBusy(trx, speakerId, { absence: during })
      const by = { houseId, accountId: account_id ?? undefined, speakerId }
      await remember(trx, { ...by, kind: 'busy-added', at: now, byWhom: 'account', detail: { plan: id } })
    })
}

async function carriedOut({ db, jobs, secret }: Desk, plan: PlanRow, line: LineRow, now: DateTime): Promise<Outcome> {
  const { moment, team } = line
  if (!moment) return { refused: { code: 'missing' } }
  const accountId = plan.account_id ?? ''
  const houseId = plan.house_id
  const startsAt = { day: moment.day, minute: moment.from }
  const speakers = team.map(({ speakerId }) => speakerId)
  const joins = `plan:${plan.id}`
  // the same whoever goes on with it
  const url = `/app/planner/${plan.id}/release`
  const form = { key: `plan:${plan.id}:${line.request_id}`, url, by: accountId, body: { startsAt, speakers }, now }
  // who has accepted since the draft was made is not asked again to make room
  if (
    line.talk_id !== null &&
    line.step === 'chain' &&
    plan.moves === 'unanswered' &&
    (await isAnswered(db, line.talk_id))
  )
    return { refused: { code: 'stale', seen: undefined } }
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
  return 'refused' in done ? { refused: done.refused } : { talkId: done.location.split('/').at(-1) ?? '' }
}
