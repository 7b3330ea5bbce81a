import { construct } from './construct.ts'
import { benchFor } from './insertion.ts'
import type { Model } from './model.ts'
import { nearnessOf } from './nearness.ts'
import { type Snapshot, snapshotOf } from './plan.ts'
import { randomFrom } from './random.ts'
import { emptySchedule } from './schedule.ts'
import { improve } from './search.ts'

/** How long to search: until a share of a given time is over, or so many iterations, which makes the plan repeatable. */
export type Budget = { iterations: number } | { seconds: number }
export type Phase = 'construct' | 'search' | 'bound' | 'guided' | 'exact' | 'done'
/** `seconds` since the work began; `stopped` when somebody has asked for the end. */
export type Watch = { seconds: () => number; stopped: () => boolean }
/** The best plan so far, which goes on changing, and what no plan can cost less than. */
export type Stand = { phase: Phase; best: Snapshot; bound: number | undefined }

/** Plans a month: from the first moment on `tell` has a valid plan, and hears of better ones and of better bounds. */
export async function solve(
  model: Model,
  { seed, budget }: { seed: number; budget: Budget },
  watch: Watch,
  tell: (stand: Stand) => void,
): Promise<Stand> {
  const schedule = emptySchedule(model)
  construct(benchFor(schedule))
  const stand: Stand = { phase: 'construct', best: snapshotOf(schedule), bound: undefined }
  tell(stand)
  stand.phase = 'search'
  improve({
    schedule,
    candidates: model.candidates,
    nearness: nearnessOf(model),
    random: randomFrom(seed),
    heat: { from: 30, to: 1 },
    progress: n =>
      watch.stopped() ? 1 : 'iterations' in budget ? n / budget.iterations : watch.seconds() / budget.seconds,
    better: best => {
      stand.best = best
      tell(stand)
    },
  })
  stand.phase = 'done'
  return stand
}
