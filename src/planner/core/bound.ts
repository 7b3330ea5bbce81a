import type { Duties } from './duties.ts'
import { bestLoad, type Load } from './load.ts'
import { bestDay, type Day, type Pricing, pricingOf } from './pricing.ts'

/** A price list taken as given: what requests and speakers would do by themselves, and what no plan can cost less than. */
export type Relaxed = {
  value: number
  days: Day[]
  loads: Load[]
  /** The request-day and language each request would take, -1 for being left out. */
  choice: { q: number; language: number; cost: number }[]
  /** For each row how many people are wanted more than come. */
  lack: Float64Array
}

/**
 * The Lagrangian value at given prices of rows. Whatever the prices, as long as none is negative, no plan costs less: relaxed are the
 * cover of rows, the common hour of a team and the host's hall.
 */
export function relaxed(pricing: Pricing): Relaxed
export function relaxed(pricing: Pricing, stop: () => boolean): Relaxed | undefined
export function relaxed(pricing: Pricing, stop?: () => boolean): Relaxed | undefined {
  const { duties, prices, row } = pricing
  const { model } = duties
  const lack = new Float64Array(duties.rows)
  let value = 0
  const choice = Array.from({ length: model.requests }, (_, r) => {
    const chosen = cheapestDay(duties, prices, r)
    value += chosen.cost
    if (chosen.q >= 0) {
      const groups = duties.groupsOf[r]!
      const first = duties.rowAt[chosen.q]! + chosen.language * groups
      for (let g = 0; g < groups; g++) lack[first + g]! += duties.need[first + g]!
    }
    return chosen
  })
  const days: Day[] = []
  const loads: Load[] = []
  for (let s = 0; s < model.speakers; s++) {
    if (stop?.()) return
    const own = Array.from({ length: model.days }, (_, day) => bestDay(pricing, s, day))
    const load = bestLoad(model, s, own)
    value -= load.gain
    for (const [day, talks] of load.talks.entries()) for (const i of own[day]!.columns[talks]!) lack[row[i]!]!--
    days.push(...own)
    loads.push(load)
  }
  return { value, days, loads, choice, lack }
}

/** Where a request costs least at these prices: on one of its days in a language, or left out. */
function cheapestDay({ model, dayAt, rowAt, late, need, groupsOf }: Duties, prices: Float64Array, r: number) {
  const groups = groupsOf[r]!
  const languages = model.instance.requests[r]!.langs.length
  const best = { q: -1, language: -1, cost: model.pin[r] ? Number.POSITIVE_INFINITY : model.absence[r]! }
  for (let q = dayAt[r]!; q < dayAt[r + 1]!; q++)
    for (let language = 0; language < languages; language++) {
      let cost = late[q]!
      for (let g = 0; g < groups; g++) {
        const at = rowAt[q]! + language * groups + g
        cost += need[at]! * prices[at]!
      }
      if (cost < best.cost) Object.assign(best, { q, language, cost })
    }
  return best
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
  const begun = relaxed(pricing)
  let best = begun.value
  const mean = climb.mean ?? begun.lack.slice()
  climb.mean = mean
  let failures = 0
  for (let round = 0; goOn(round); round++) {
    if (++climb.rounds === roughRounds + 1) {
      mean.set(relaxed(pricingOf(duties, prices)).lack)
      climb.pace = manners.careful.pace
      failures = 0
    }
    const { share, patience } = climb.rounds > roughRounds ? manners.careful : manners.rough
    let norm = 0
    for (let n = 0; n < mean.length; n++) norm += mean[n]! * mean[n]!
    if (norm < 1e-9) break
    const step = (climb.pace * Math.max(1, 1.01 * target() - best)) / norm
    for (let n = 0; n < prices.length; n++) pricing.prices[n] = Math.max(0, prices[n]! + step * mean[n]!)
    const found = relaxed(pricing)
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
