import { type Proof, type Start, sharpen, startFrom } from './bounding.ts'
import { type Budget, limitsIn, progressIn, type Watch } from './budget.ts'
import { construct, fitIn, isPlaced } from './construct.ts'
import type { Candidates } from './eligibility.ts'
import { finish } from './exact.ts'
import { benchFor } from './gathering.ts'
import { guided } from './guide.ts'
import type { Model } from './model.ts'
import { type Nearness, nearnessOf } from './nearness.ts'
import { type Snapshot, scheduleOf, snapshotOf } from './plan.ts'
import type { News } from './pricing-beside.ts'
import { randomFrom } from './random.ts'
import { emptySchedule } from './schedule.ts'
import { type Heat, improve } from './search.ts'

export type Phase = 'construct' | 'search' | 'bound' | 'guided' | 'exact' | 'done'
/** The best plan so far, which goes on changing, and what no plan can cost less than, with the prices that prove it. */
export type Stand = { phase: Phase; best: Snapshot; bound: number | undefined; proof: Proof | undefined }
/** Somebody who makes prices while the search goes on: is shown the best plan now and then, and has news or not. */
export type Beside = { show: (best: Snapshot) => void; news: () => News | undefined }
type Work = {
  model: Model
  budget: Budget
  watch: Watch
  stand: Stand
  tell: () => void
  random: () => number
  nearness: Nearness
  over: () => boolean
}

/** The solver may finish the proof of months with so many requests, of small ones as soon as there are prices. */
const exactUpTo = 200
const exactAtOnceUpTo = 60

/** Plans a month: from the first moment on `tell` has a valid plan, and hears of better ones and of better bounds. */
export async function solve(
  model: Model,
  { seed, budget }: { seed: number; budget: Budget },
  watch: Watch,
  tell: (stand: Stand) => void,
  beside?: Beside,
): Promise<Stand> {
  const schedule = emptySchedule(model)
  construct(benchFor(schedule), watch.hurried)
  const stand: Stand = { phase: 'construct', best: snapshotOf(schedule), bound: undefined, proof: undefined }
  tell(stand)
  const work: Work = {
    model,
    budget,
    watch,
    stand,
    tell: () => tell(stand),
    random: randomFrom(seed),
    nearness: nearnessOf(model),
    over: () => watch.stopped() || isProven(stand),
  }
  if (beside) searchBeside(work, beside)
  else await carryOut(work)
  stand.phase = 'done'
  return stand
}

/** A first search, prices, a search among what they are worth, better prices, and so on; each until a share of the budget is over. */
async function carryOut(work: Work): Promise<void> {
  const { model, stand, over } = work
  const all = model.candidates
  search(work, 'search', all, [0, model.requests <= exactUpTo ? 0.1 : 0.04], { from: 15, to: 2 })
  if (over()) return
  stand.phase = 'bound'
  const start = startFrom(model, scheduleOf(model, stand.best))
  if (start) raise(work, start, [0.04, 0.3])
  if (model.requests <= exactAtOnceUpTo) await exact(work, 0.6)
  search(work, 'guided', worthTrying(work), [0.3, 0.82], { from: 30, to: 0.8 })
  if (start) raise(work, stand.proof ?? start, [0.82, 0.87])
  if (model.requests <= exactUpTo) await exact(work, 0.95)
  search(work, 'search', all, [0.87, 1], { from: 1.5, to: 0.5 })
}

const worthTrying = ({ model, stand }: Work): Candidates =>
  stand.proof ? guided(stand.proof, stand.best) : model.candidates

/** From so many requests on there is enough to do for somebody beside the search. */
export const besideFrom = 300
/** Parts of the search between which it hears which candidates are worth a try by the newest prices. */
const partsBeside = 16

/** The search with somebody beside it who makes prices all the while. */
function searchBeside(work: Work, beside: Beside): void {
  const { model, stand } = work
  const all = model.candidates
  const listen = () => {
    const news = beside.news()
    if (news) stand.bound = Math.max(stand.bound ?? news.bound, news.bound)
    return news?.candidates
  }
  search(work, 'search', all, [0, 0.04], { from: 15, to: 2 })
  beside.show(stand.best)
  const [from, until] = [0.04, 0.85]
  const [hot, cold] = [30, 0.8]
  const at = (n: number) => from + ((until - from) * n) / partsBeside
  const heat = (n: number) => hot * (cold / hot) ** (n / partsBeside)
  let few = all
  for (let n = 0; n < partsBeside; n++) {
    few = listen() ?? few
    search(work, few === all ? 'search' : 'guided', few, [at(n), at(n + 1)], { from: heat(n), to: heat(n + 1) })
    beside.show(stand.best)
  }
  for (const [n, candidates] of [few, all, few].entries()) {
    search(work, 'search', candidates, [until + 0.05 * n, until + 0.05 * (n + 1)], { from: 1.5, to: 0.5 })
    listen()
  }
}

type Part = [from: number, to: number]

function search(
  { stand, tell, over, ...work }: Work,
  phase: Phase,
  candidates: Candidates,
  part: Part,
  heat: Heat,
): void {
  if (over()) return
  stand.phase = phase
  improve({
    schedule: scheduleOf(work.model, stand.best),
    candidates,
    nearness: work.nearness,
    random: work.random,
    heat,
    progress: progressIn(work.budget, work.watch, ...part, over),
    better: best => {
      stand.best = best
      tell()
    },
  })
}

/** Iterations of the search that one round of prices stands for. */
const iterationsPerRound = 60
const roundsBetweenProofs = (requests: number): number => (requests > 300 ? 120 : 60)
/** Prices are settled when that many rounds closed less than such a share of the gap. */
const settled = 0.001

function raise({ model, stand, tell, over, budget, watch }: Work, first: Start, part: Part): void {
  stand.phase = 'bound'
  tell()
  const done = progressIn(budget, watch, ...part, over)
  let [last, rounds] = [first, 0]
  const goOn = (n: number) => {
    rounds++
    return n < roundsBetweenProofs(model.requests) && done(rounds * iterationsPerRound) < 1
  }
  while (done(rounds * iterationsPerRound) < 1) {
    const before = last.bound
    const proof = sharpen(last, () => stand.best.cost, goOn)
    last = proof
    stand.proof = proof
    stand.bound = Math.max(stand.bound ?? proof.bound, proof.bound)
    tell()
    if (proof.bound > before && proof.bound - before < settled * (stand.best.cost - proof.bound)) return
  }
}

async function exact({ model, stand, tell, over, budget, watch }: Work, until: number): Promise<void> {
  const { proof } = stand
  if (!proof || over()) return
  stand.phase = 'exact'
  tell()
  const done = await finish(proof, stand.best, limitsIn(budget, watch, until))
  if (!done) return
  if (done.schedule) {
    const bench = benchFor(done.schedule)
    for (let r = 0; r < model.requests; r++) if (!isPlaced(done.schedule, r)) fitIn(bench, r)
    if (done.schedule.cost < stand.best.cost) stand.best = snapshotOf(done.schedule)
  }
  stand.bound = Math.max(stand.bound ?? done.bound, done.bound)
  tell()
}

const isProven = ({ best, bound }: Stand): boolean => bound !== undefined && Math.ceil(bound - 0.01) >= best.cost
