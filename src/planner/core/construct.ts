import type { Bench } from './gathering.ts'
import { cheapest } from './insertion.ts'
import { insert, type Schedule } from './schedule.ts'

/** Books the place that was found, at the earliest or the latest of its hours. */
export function take({ model, schedule, best }: Bench, r: number, latest = false): void {
  const bit = latest ? 31 - Math.clz32(best.hours) : 31 - Math.clz32(best.hours & -best.hours)
  insert(schedule, r, model.options.day[best.option]!, model.options.starts[best.option]![bit]!, best.team)
}

/**
 * Pinned talks first, then every request at its cheapest place: most urgent first, and of these the ones with fewest people. Whoever
 * is hurried has a smaller plan, but one.
 */
export function construct(bench: Bench, hurried: () => boolean = () => false): void {
  const { model, candidates } = bench
  const choice = (r: number) => candidates.at[model.options.at[r + 1]!]! - candidates.at[model.options.at[r]!]!
  const rank = Array.from({ length: model.requests }, (_, r) => ({
    r,
    pinned: model.pin[r] ? 1 : 0,
    choice: choice(r),
  }))
  rank.sort(
    (a, b) => b.pinned - a.pinned || model.weight[b.r]! - model.weight[a.r]! || a.choice - b.choice || a.r - b.r,
  )
  for (const { r, pinned } of rank) {
    if (!pinned && hurried()) return
    if (!isPlaced(bench.schedule, r)) fitIn(bench, r)
  }
}

/** Places a request where it costs least, if that is less than leaving it out. */
export function fitIn(bench: Bench, r: number, latest = false): boolean {
  const pinned = bench.model.pin[r] !== undefined
  if (!cheapest(bench, r, pinned ? Number.POSITIVE_INFINITY : bench.model.absence[r]!)) return false
  take(bench, r, latest)
  return true
}

export const isPlaced = (schedule: Schedule, r: number): boolean => schedule.day[r]! >= 0
