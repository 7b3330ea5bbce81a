import { Worker } from 'node:worker_threads'
import type { Budget } from './core/budget.ts'
import type { Explanation } from './core/explaining.ts'
import type { Instance, Plan } from './core/instance.ts'
import { scoreOf } from './core/score.ts'
import type { Shortage } from './core/shortage.ts'
import type { Phase } from './core/solving.ts'

/** What the thread is told; `beganAt` is in milliseconds since 1970, the same for all threads. */
export type Order = {
  instance: Instance
  seed: number
  budget: Budget
  explain: boolean
  threads: number
  beganAt: number
  /** 1 asks for the end, 2 for a first plan as far as it is. */
  flag: SharedArrayBuffer
}
export type Found = {
  phase: Phase
  plan: Plan
  placed: number
  unplacedWeight: number
  cost: number
  bound: number | undefined
}
/** Why requests are left out, and whom the House lacks most. */
export type Reasons = { leftOut: Explanation[]; shortages: Shortage[] }
export type Said =
  | ({ kind: 'better' } & Found)
  | ({ kind: 'done'; reasons: Reasons | undefined } & Found)
  | { kind: 'failed'; message: string }

/** `fault`: the engine broke off; the plan is the best it had until then. */
export type Result = Found & { interrupted: boolean; reasons?: Reasons | undefined; fault?: string }

export type Planning = {
  /** The last plan of the engine: the final one, or the best so far where it was stopped. */
  result: Promise<Result>
  /** Asks for the end; the best plan so far is the result soon after, whatever the engine is at. */
  cancel: () => void
}

export type Wishes = {
  seed: number
  budget: Budget
  explain?: boolean
  /** With two of them a large month has its prices made beside the search. */
  threads?: number
  beganAt?: number
  heard?: (found: Found) => void
}

const thread = new URL('./thread.ts', import.meta.url)
const limits = { maxOldGenerationSizeMb: 1400, stackSizeMb: 8 }
/** How long the engine may take to hear of its end: a solver, a proof or the loading of a month hears nothing. */
const patience = 400
/** How long it may go on with its first plan, which is then told as far as it is. */
const patienceForFirst = 500
/** How long it may take, when the plan is done, to say why; shorter for somebody who has asked for the end. */
const patienceForReasons = { stopped: 8000, waiting: 60_000 }

const now = () => performance.timeOrigin + performance.now()

/** The plan before there is one: what is pinned, in the order of requests. */
function pinnedAlone(instance: Instance): Found {
  const pins = new Map(instance.pinned?.map(pin => [pin.request, pin]))
  const assignments = instance.requests.flatMap(({ id }) => pins.get(id) ?? [])
  const plan = { instance: instance.name, assignments }
  const { placed, unplacedWeight, cost } = scoreOf(instance, plan)
  return { phase: 'construct', plan, placed, unplacedWeight, cost, bound: undefined }
}

/** Plans an instance in a thread of its own, so that nobody else waits; always with a valid plan in hand. */
export function startPlanning(
  instance: Instance,
  { seed, budget, explain = false, threads = 2, beganAt = now(), heard }: Wishes,
): Planning {
  const flag = new SharedArrayBuffer(4)
  const order: Order = { instance, seed, budget, explain, threads, beganAt, flag }
  const worker = new Worker(thread, { workerData: order, resourceLimits: limits })
  let last: Found | undefined
  let [cancelled, ended, timer]: [boolean, boolean, NodeJS.Timeout | undefined] = [false, false, undefined]
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const end = (error?: Error) => {
    ended = true
    clearTimeout(timer)
    clearTimeout(deadline)
    const known = last ?? (timer && !error ? pinnedAlone(instance) : undefined)
    if (known) resolve({ ...known, interrupted: cancelled, ...(error && { fault: error.message }) })
    else reject(error ?? new Error('the planner ended without a plan'))
    worker.terminate().catch(() => {})
  }
  const endIn = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(end, ms)
  }
  const stop = () => {
    const asked = new Int32Array(flag)
    Atomics.store(asked, 0, 1)
    if (last) return endIn(last.phase === 'done' ? patienceForReasons.stopped : patience)
    clearTimeout(timer)
    timer = setTimeout(() => {
      Atomics.store(asked, 0, 2)
      endIn(patience)
    }, patienceForFirst)
  }
  const left = 'seconds' in budget ? beganAt + budget.seconds * 1000 - now() : undefined
  const deadline = left === undefined ? undefined : setTimeout(stop, Math.max(0, left))
  worker.on('message', (said: Said) => {
    if (ended) return
    if (said.kind === 'failed') return end(new Error(said.message))
    last = said
    // reasons are worked out after the time for planning is over
    if (said.phase === 'done') {
      clearTimeout(deadline)
      endIn(cancelled ? patienceForReasons.stopped : patienceForReasons.waiting)
    }
    if (said.kind === 'done') end()
    else heard?.(said)
  })
  worker.once('error', end)
  worker.once('exit', () => end())
  return {
    result: promise,
    cancel: () => {
      if (cancelled || ended) return
      cancelled = true
      stop()
    },
  }
}
