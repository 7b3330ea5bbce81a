import { firstProof, type Proof, sharpen } from './bounding.ts'
import { construct } from './construct.ts'
import type { Candidates } from './eligibility.ts'
import { guided } from './guide.ts'
import { benchFor } from './insertion.ts'
import type { Model } from './model.ts'
import { nearnessOf } from './nearness.ts'
import { type Snapshot, scheduleOf, snapshotOf } from './plan.ts'
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

/** Where in the whole budget each part of the work ends: a first search, prices, a guided search, prices again, and a last search. */
const ends = { search: 0.15, bound: 0.4, guided: 0.7, again: 0.8, last: 1 }
/** Rounds of prices for so many iterations of the search. */
const iterationsPerRound = 60

/** Plans a month: from the first moment on `tell` has a valid plan, and hears of better ones and of better bounds. */
export async function solve(
  model: Model,
  { seed, budget }: { seed: number; budget: Budget },
  watch: Watch,
  tell: (stand: Stand) => void,
): Promise<Stand> {
  const random = randomFrom(seed)
  const nearness = nearnessOf(model)
  const schedule = emptySchedule(model)
  construct(benchFor(schedule))
  const stand: Stand = { phase: 'construct', best: snapshotOf(schedule), bound: undefined }
  tell(stand)
  const over = () => watch.stopped() || isProven(stand)

  const search = (phase: Phase, candidates: Candidates, from: number, to: number, heat: Heat) => {
    if (over()) return
    stand.phase = phase
    improve({
      schedule: scheduleOf(model, stand.best),
      candidates,
      nearness,
      random,
      heat,
      progress: progressIn(budget, watch, from, to, over),
      better: best => {
        stand.best = best
        tell(stand)
      },
    })
  }
  const bound = (proof: Proof, from: number, to: number): Proof => {
    stand.phase = 'bound'
    let last = proof
    const done = progressIn(budget, watch, from, to, over)
    for (let rounds = 0; done(rounds * iterationsPerRound) < 1; ) {
      last = sharpen(
        last,
        () => stand.best.cost,
        n => {
          rounds++
          return n < roundsBetweenProofs && done(rounds * iterationsPerRound) < 1
        },
      )
      if (last.bound > (stand.bound ?? Number.NEGATIVE_INFINITY)) stand.bound = last.bound
      tell(stand)
    }
    return last
  }

  search('search', model.candidates, 0, ends.search, { from: 30, to: 5 })
  if (over()) return finished(stand)
  const proof = bound(firstProof(model, scheduleOf(model, stand.best)), ends.search, ends.bound)
  search('guided', guided(proof, stand.best), ends.bound, ends.guided, { from: 15, to: 1.5 })
  const better = bound(proof, ends.guided, ends.again)
  search('guided', guided(better, stand.best), ends.again, 0.95, { from: 5, to: 0.7 })
  search('search', model.candidates, 0.95, 1, { from: 1, to: 0.5 })
  return finished(stand)
}

type Heat = { from: number; to: number }
const roundsBetweenProofs = 60

const isProven = ({ best, bound }: Stand): boolean => bound !== undefined && Math.ceil(bound - 0.01) >= best.cost

function finished(stand: Stand): Stand {
  stand.phase = 'done'
  return stand
}

/** How far a part of the budget is used up: by the clock, or by iterations since the part began. */
function progressIn(budget: Budget, watch: Watch, from: number, to: number, over: () => boolean) {
  if ('iterations' in budget) {
    const most = Math.max(1, Math.round(budget.iterations * (to - from)))
    return (n: number) => (over() ? 1 : n / most)
  }
  const begun = Math.max(watch.seconds(), 0)
  const end = budget.seconds * to
  return () => (over() ? 1 : end <= begun ? 1 : (watch.seconds() - begun) / (end - begun))
}
