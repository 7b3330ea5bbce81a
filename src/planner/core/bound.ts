import type { Duties } from './duties.ts'
import { bestLoad, type LoadDesk, loadDeskFor } from './load.ts'
import { bestDay, type Pricing, pricingOf, rowOf } from './pricing.ts'

/** A price list taken as given: what requests and speakers would do by themselves, and what no plan can cost less than. */
export type Relaxed = {
  value: number
  /** What the best column of each speaker-day and number of talks gains (see `bestDay`). */
  gain: Float64Array
  /** What each speaker gains in all. */
  load: Float64Array
  /** What each request costs where it costs least. */
  choice: Float64Array
  /** For each row how many people are wanted more than come. */
  lack: Float64Array
  desk: LoadDesk
}

export const relaxedFor = ({ duties, entries }: Pricing): Relaxed => ({
  value: 0,
  gain: new Float64Array(duties.model.speakers * duties.model.days * entries),
  load: new Float64Array(duties.model.speakers),
  choice: new Float64Array(duties.model.requests),
  lack: new Float64Array(duties.rows),
  desk: loadDeskFor(duties.model, entries),
})

/**
 * The Lagrangian value at given prices of rows. Whatever the prices, as long as none is negative, no plan costs less: relaxed are the
 * cover of rows, the common hour of a team and the host's hall.
 */
export function relax(pricing: Pricing, found: Relaxed): void {
  const { duties, prices, entries, columns } = pricing
  const { model } = duties
  const { lack, gain, desk } = found
  lack.fill(0)
  let value = 0
  for (let r = 0; r < model.requests; r++) {
    found.choice[r] = choose(duties, prices, r, lack)
    value += found.choice[r]!
  }
  for (let s = 0; s < model.speakers; s++) {
    for (let day = 0; day < model.days; day++) bestDay(pricing, s, day, gain, (s * model.days + day) * entries)
    found.load[s] = bestLoad(model, s, gain, desk)
    value -= found.load[s]!
    for (let day = 0; day < model.days; day++) {
      const talks = desk.talks[day]!
      const at = (day * entries + talks) * entries
      for (let n = 0; n < talks; n++) lack[rowOf(duties, prices, columns[at + n]!)]!--
    }
  }
  found.value = value
}

/** Asks for people where a request costs least at these prices, on one of its days in a language, or for none; what that costs. */
function choose(
  { model, dayAt, rowAt, late, need, groupsOf }: Duties,
  prices: Float64Array,
  r: number,
  lack: Float64Array,
): number {
  const groups = groupsOf[r]!
  let least = model.pin[r] ? Number.POSITIVE_INFINITY : model.absence[r]!
  let first = -1
  for (let q = dayAt[r]!; q < dayAt[r + 1]!; q++)
    for (let row = rowAt[q]!; row < rowAt[q + 1]!; row += groups) {
      let cost = late[q]!
      for (let at = row; at < row + groups; at++) cost += need[at]! * prices[at]!
      if (cost < least) {
        least = cost
        first = row
      }
    }
  if (first >= 0) for (let at = first; at < first + groups; at++) lack[at]! += need[at]!
  return least
}

/** Where a climb stands: the best prices so far, the averaged lack of people along which it steps, and how far it steps. */
export type Climb = { prices: Prices; mean: Prices | undefined; pace: number; rounds: number }

type Prices = Float64Array<ArrayBuffer>

/** The share of the newest lack in the average, and after how many failures the pace is slowed: first roughly, then with care. */
const manners = { rough: { share: 0.1, patience: 5, pace: 0.05 }, careful: { share: 0.02, patience: 6, pace: 0.2 } }
const roughRounds = 80
const slower = 0.8

export const firstClimb = (prices: Prices): Climb => ({
  prices,
  mean: undefined,
  pace: manners.rough.pace,
  rounds: 0,
})

/** Raises the bound by the volume method: steps along the averaged lack of people, from the best prices so far. */
export function ascend(duties: Duties, climb: Climb, target: () => number, goOn: (round: number) => boolean): void {
  const { prices } = climb
  const pricing = pricingOf(duties, prices.slice())
  const found = relaxedFor(pricing)
  relax(pricing, found)
  let best = found.value
  const mean = climb.mean ?? found.lack.slice()
  climb.mean = mean
  let failures = 0
  for (let round = 0; goOn(round); round++) {
    if (++climb.rounds === roughRounds + 1) {
      pricing.prices.set(prices)
      relax(pricing, found)
      mean.set(found.lack)
      climb.pace = manners.careful.pace
      failures = 0
    }
    const { share, patience } = climb.rounds > roughRounds ? manners.careful : manners.rough
    let norm = 0
    for (let n = 0; n < mean.length; n++) norm += mean[n]! * mean[n]!
    if (norm < 1e-9) break
    const step = (climb.pace * Math.max(1, 1.01 * target() - best)) / norm
    for (let n = 0; n < prices.length; n++) pricing.prices[n] = Math.max(0, prices[n]! + step * mean[n]!)
    relax(pricing, found)
    let along = 0
    for (let n = 0; n < mean.length; n++) {
      along += found.lack[n]! * mean[n]!
      mean[n] = share * found.lack[n]! + (1 - share) * mean[n]!
    }
    if (found.value > best) {
      best = found.value
      prices.set(pricing.prices)
      failures = 0
      if (along > 0) climb.pace *= 1.1
    } else if (++failures >= patience) {
      failures = 0
      climb.pace *= slower
    }
  }
}
