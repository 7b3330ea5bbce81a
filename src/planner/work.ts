import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { turns } from '../base/turns.ts'
import { takePlanBack } from './back-actions.ts'
import { claim, findAbandoned, holds, keep } from './claim-store.ts'
import { type Drafting, startDrafting } from './drafting.ts'
import { finish } from './finish-store.ts'
import { findLines, writeDraft } from './line-store.ts'
import type { Progress } from './plan-rules.ts'
import { releasePlan } from './release-actions.ts'
import { findPlan, type PlanRow } from './store.ts'
import { findCases } from './world-store.ts'

export type Desk = {
  db: Db
  jobs: Jobs
  secret: string
  now: () => DateTime | Promise<DateTime>
  onFault: (error: unknown) => void
}
export type Planner = {
  /** Goes on with a plan that is given to this holder, or that nobody holds; it ends by itself. */
  start: (id: string, holder: string) => void
  /** Goes on with the plans of processes that have died. */
  takeOver: () => Promise<void>
  /** All of it ends with the best so far. */
  stop: () => Promise<void>
}

// a search takes a whole processor and up to a gigabyte
const oneSearch = turns(1)
// and nobody who has decided waits for another House's search
const oneRelease = turns(1)
const keepEvery = 1000

/** What works on plans in this process. */
export function startPlanner(desk: Desk): Planner {
  const running = new Map<Promise<void>, () => void>()
  let stopping = false
  const start = (id: string, holder: string) => {
    if (stopping) return
    const job = workOn(desk, id, holder)
    const done = job.done.catch(desk.onFault).finally(() => running.delete(done))
    running.set(done, job.stop)
  }
  return {
    start,
    takeOver: async () => {
      for (const id of await findAbandoned(desk.db)) start(id, crypto.randomUUID())
    },
    stop: async () => {
      stopping = true
      for (const stop of running.values()) stop()
      await Promise.all(running.keys())
    },
  }
}

function workOn(desk: Desk, id: string, holder: string): { done: Promise<void>; stop: () => void } {
  const { db, onFault } = desk
  let [stopped, lost]: [boolean, boolean] = [false, false]
  let progress: Progress | undefined
  let drafting: Drafting | undefined
  const stop = () => {
    stopped = true
    drafting?.cancel()
  }
  const keeping = () =>
    keep(db, id, holder, progress).then(kept => {
      lost ||= kept === undefined
      if (kept?.stop && !stopped) stop()
      if (lost) drafting?.kill()
    })
  const work = async () => {
    const taken = await claim(db, id, holder)
    if (!taken) return
    const timer = setInterval(() => keeping().catch(onFault), keepEvery)
    try {
      await (taken.releasing ? oneRelease : oneSearch)(async () => {
        const plan = await findPlan(db, taken.houseId, id)
        if (!plan || lost) return
        const now = await desk.now()
        if (plan.state === 'releasing')
          return (plan.taking_back ? takePlanBack : releasePlan)(desk, plan, holder, now, async placed => {
            progress = { ...figuresOf(plan), phase: plan.taking_back ? 'taking-back' : 'releasing', placed }
            return !stopped && !lost
          })
        await draft(plan, now)
      })
    } finally {
      clearInterval(timer)
    }
  }
  const draft = async (plan: PlanRow, now: DateTime) => {
    const order = await orderOf(db, plan, now)
    if (stopped) order.seconds = 0.5
    drafting = startDrafting(order, found => {
      progress = found
    })
    if (stopped) drafting.cancel()
    const found = await drafting.result.catch(error => {
      if (!lost) onFault(error)
      return undefined
    })
    await transact(db, async trx => {
      if (!(await holds(trx, id, holder))) return
      const pinned = order.pinned.length
      if (found) await writeDraft(trx, id, found.lines, new Map(order.cases.map(one => [one.requestId, one])))
      const placed = found ? found.lines.filter(({ kind }) => kind !== 'unplaced').length + pinned : plan.placed
      await finish(trx, id, {
        ...{ state: found && !found.interrupted ? 'done' : 'stopped', now, said: found?.said, placed },
        failed: found === undefined,
      })
    })
  }
  const ended = async (error: unknown) => {
    onFault(error)
    // a release goes on where it was, by whoever takes it over
    await transact(db, async trx => {
      if (!(await holds(trx, id, holder, 'running'))) return
      await finish(trx, id, { state: 'stopped', now: await desk.now(), said: undefined, placed: 0, failed: true })
    })
  }
  return { done: work().catch(ended), stop }
}

const figuresOf = ({ cost, bound, travel_minutes }: PlanRow) => ({
  cost: cost ?? 0,
  bound: bound ?? undefined,
  travel: travel_minutes ?? 0,
})

/** What goes to the thread. Which of the talks that stand may change, the draft itself decides. */
async function orderOf(db: Db, plan: PlanRow, now: DateTime) {
  const lines = await findLines(db, plan.id, 'kk')
  const range = { from: plan.from_on, to: plan.to_on }
  const talks = plan.away.length > 0 || plan.moves !== 'none'
  const wanted = lines.filter(({ chosen, excluded }) => chosen && !excluded)
  const requestIds = wanted.map(({ request_id }) => request_id)
  const cases = await findCases(db, plan.house_id, { requestIds, talks, range }, now)
  const known = new Map(cases.map(one => [one.requestId, one]))
  const pinned = lines.filter(({ pinned, excluded, request_id }) => pinned && !excluded && known.has(request_id))
  const stays = new Set(pinned.map(({ request_id }) => request_id))
  const out = new Set(lines.filter(({ excluded }) => excluded).map(({ request_id }) => request_id))
  return {
    cases: cases.filter(({ requestId }) => !out.has(requestId)),
    asked: wanted
      .toSorted((a, b) => a.position - b.position)
      .map(({ request_id }) => request_id)
      .filter(id => !stays.has(id) && known.has(id) && known.get(id)?.standing === undefined),
    pinned: pinned.map(({ request_id, moment, team }) => ({ requestId: request_id, moment, team })),
    ...{ range, weights: plan.weights, moves: plan.moves, away: plan.away, leftOut: plan.leftOut },
    ...{ seconds: plan.seconds, seed: plan.seed },
  }
}
