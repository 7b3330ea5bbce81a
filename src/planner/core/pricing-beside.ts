import { climbOn, type Proof, proven, type Start, startFrom } from './bounding.ts'
import type { Candidates } from './eligibility.ts'
import { guided } from './guide.ts'
import type { Model } from './model.ts'
import { type Snapshot, scheduleOf } from './plan.ts'

/** What prices have come to: a bound, and whom the search should try. */
export type News = { bound: number; candidates: Candidates }
export type Clock = { seconds: () => number; end: number; stopped: () => boolean }

/** How many times as long as a proof takes prices are made better before the next one. */
const longer = 4

/** Makes prices better and better until the time is over, and tells what they prove now and then; `latest` is the best plan so far. */
export function makePrices(
  model: Model,
  first: Snapshot,
  latest: () => Snapshot,
  { seconds, end, stopped }: Clock,
  tell: (news: News) => void,
): void {
  const start = startFrom(model, scheduleOf(model, first))
  if (!start) return
  let [last, best, proofTakes]: [Start | Proof, number, number] = [start, Number.NEGATIVE_INFINITY, 0]
  const left = () => (stopped() ? 0 : end - seconds())
  while (left() > proofTakes * 1.3) {
    const begun = seconds()
    const proof = proven(last)
    last = proof
    best = Math.max(best, proof.bound)
    tell({ bound: best, candidates: guided(proof, latest()) })
    const since = seconds()
    proofTakes = since - begun
    climbOn(
      proof,
      () => latest().cost,
      () => left() > proofTakes * 1.3 && seconds() - since < longer * proofTakes,
    )
  }
}
