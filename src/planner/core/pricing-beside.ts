import { climbOn, proven, type Start, startFrom } from './bounding.ts'
import type { Candidates } from './eligibility.ts'
import { guided } from './guide.ts'
import type { Model } from './model.ts'
import { type Snapshot, scheduleOf } from './plan.ts'

/** What prices have come to: a bound, and whom the search should try. */
export type News = { bound: number; candidates: Candidates }
export type Clock = { seconds: () => number; end: number; stopped: () => boolean }

/** How many times as long as a proof takes prices are made better before the next one, and how many rounds before the first. */
const longer = 4
const firstRounds = 60
/** Prices are as good as they get when one more proof closes less than such a share of the gap. */
const settled = 0.0005

/** Makes prices better and better as long as that helps and there is time, and tells what they prove now and then; `latest` is the best plan so far. */
export function makePrices(
  model: Model,
  first: Snapshot,
  latest: () => Snapshot,
  { seconds, end, stopped }: Clock,
  tell: (news: News) => void,
): void {
  const start = startFrom(model, scheduleOf(model, first))
  if (!start) return
  const left = () => (stopped() ? 0 : end - seconds())
  let [last, proofTakes]: [Start, number] = [start, 0]
  while (left() > proofTakes * 1.3) {
    const begun = seconds()
    const enough = (round: number) => (last === start ? round >= firstRounds : seconds() - begun >= longer * proofTakes)
    const target = () => latest().cost
    climbOn(last, target, round => left() > proofTakes * 1.3 && !enough(round))
    const climbed = seconds()
    const proof = proven(last)
    proofTakes = seconds() - climbed
    const better = proof.bound - last.bound
    if (better > 0) tell({ bound: proof.bound, candidates: guided(proof, latest()) })
    last = { ...proof, bound: Math.max(proof.bound, last.bound) }
    if (better >= 0 && better < settled * (latest().cost - last.bound)) return
  }
}
