import { Worker } from 'node:worker_threads'
import type { Budget } from './core/budget.ts'
import type { Explanation } from './core/explaining.ts'
import type { Instance, Plan } from './core/instance.ts'
import type { Shortage } from './core/shortage.ts'
import type { Phase } from './core/solving.ts'

/** What the thread is told; `beganAt` is in milliseconds since 1970, the same for all threads. */
export type Order = {
  instance: Instance
  seed: number
  budget: Budget
  explain: boolean
  beganAt: number
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
  beganAt?: number
  heard?: (found: Found) => void
}

const thread = new URL('./thread.ts', import.meta.url)
const limits = { maxOldGenerationSizeMb: 1400, stackSizeMb: 8 }
/** How long the engine may take to hear of its end; a solver at work hears nothing. */
const patience = 700

const now = () => performance.timeOrigin + performance.now()

/** Plans an instance in a thread of its own, so that nobody else waits; always with a valid plan in hand. */
export function startPlanning(
  instance: Instance,
  { seed, budget, explain = false, beganAt = now(), heard }: Wishes,
): Planning {
  const flag = new SharedArrayBuffer(4)
  const order: Order = { instance, seed, budget, explain, beganAt, flag }
  const worker = new Worker(thread, { workerData: order, resourceLimits: limits })
  let last: Found | undefined
  let [cancelled, timer]: [boolean, NodeJS.Timeout | undefined] = [false, undefined]
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const end = (error?: Error) => {
    clearTimeout(timer)
    clearTimeout(deadline)
    if (last) resolve({ ...last, interrupted: cancelled, ...(error && { fault: error.message }) })
    else reject(error ?? new Error('the planner ended without a plan'))
    worker.terminate().catch(() => {})
  }
  const stop = () => {
    Atomics.store(new Int32Array(flag), 0, 1)
    timer ??= setTimeout(end, last ? patience : 20 * patience)
  }
  const left = 'seconds' in budget ? beganAt + budget.seconds * 1000 - now() : undefined
  const deadline = left === undefined ? undefined : setTimeout(stop, Math.max(0, left))
  worker.on('message', (said: Said) => {
    if (said.kind === 'failed') return end(new Error(said.message))
    last = said
    // reasons are worked out after the time for planning is over
    if (said.phase === 'done') clearTimeout(deadline)
    if (said.kind === 'done') end()
    else heard?.(said)
  })
  worker.once('error', end)
  worker.once('exit', () => end())
  return {
    result: promise,
    cancel: () => {
      cancelled = true
      stop()
    },
  }
}
