import { firstProof, type Proof, sharpen } from './bounding.ts'
import { construct } from './construct.ts'
import type { Candidates } from './eligibility.ts'
import { finish } from './exact.ts'
import { guided } from './guide.ts'
import { benchFor } from './insertion.ts'
import type { Model } from './model.ts'
import { nearnessOf } from './nearness.ts'
import { type Snapshot, scheduleOf, snapshotOf } from './plan.ts'
import { randomFrom } from './random.ts'
import { emptySchedule } from './schedule.ts'
import { improve } from './search.ts'
import type { Limits } from './solver.ts'

/** How long to search: until a share of a given time is over, or so many iterations, which makes the plan repeatable. */
export type Budget = { iterations: number } | { seconds: number }
export type Phase = 'construct' | 'search' | 'bound' | 'guided' | 'exact' | 'done'
/** `seconds` since the work began; `stopped` when somebody has asked for the end. */
export type Watch = { seconds: () => number; stopped: () => boolean }
/** The best plan so far, which goes on changing, and what no plan can cost less than. */
export type Stand = { phase: Phase; best: Snapshot; bound: number | undefined }

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
      const before = last.bound
      last = sharpen(
        last,
        () => stand.best.cost,
        n => {
          rounds++
          return n < roundsBetweenProofs && done(rounds * iterationsPerRound) < 1
        },
      )
      stand.bound = Math.max(stand.bound ?? Number.NEGATIVE_INFINITY, last.bound)
      tell(stand)
      if (last.bound > before && last.bound - before < settled * (stand.best.cost - last.bound)) break
    }
    return last
  }
  const exact = async (proof: Proof) => {
    if (model.requests > exactUpTo || over()) return
    stand.phase = 'exact'
    const done = await finish(proof, stand.best, limitsIn(budget, watch, 0.95))
    if (done?.schedule) stand.best = snapshotOf(done.schedule)
    if (done) stand.bound = Math.max(stand.bound ?? Number.NEGATIVE_INFINITY, done.bound)
    tell(stand)
  }

  search('search', model.candidates, 0, 0.15, { from: 30, to: 5 })
  const first = over() ? undefined : firstProof(model, scheduleOf(model, stand.best))
  if (!first) search('search', model.candidates, 0.15, 1, { from: 15, to: 0.7 })
  if (!first || over()) return finished(stand)
  let proof = bound(first, 0.15, 0.4)
  if (model.requests <= exactAtOnceUpTo) await exact(proof)
  search('guided', guided(proof, stand.best), 0.4, 0.7, { from: 15, to: 1.5 })
  proof = bound(proof, 0.7, 0.8)
  await exact(proof)
  search('guided', guided(proof, stand.best), 0.8, 0.95, { from: 5, to: 0.7 })
  search('search', model.candidates, 0.95, 1, { from: 1, to: 0.5 })
  return finished(stand)
}

/** The solver may finish the proof of months with at most so many requests. */
const exactUpTo = 200
const exactAtOnceUpTo = 60

function limitsIn(budget: Budget, watch: Watch, until: number): Limits {
  const seconds =
    'seconds' in budget ? Math.max(0.1, budget.seconds * until - watch.seconds()) : Number.POSITIVE_INFINITY
  const nodes = 'iterations' in budget ? Math.max(10, Math.round(budget.iterations / 20)) : 1_000_000
  return { nodes, seconds, stopped: watch.stopped }
}

type Heat = { from: number; to: number }
const roundsBetweenProofs = 60
/** Prices are settled when that many rounds closed less than such a share of the gap. */
const settled = 0.003

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
