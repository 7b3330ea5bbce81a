import type { Relaxed } from './bound.ts'
import { elsewhere } from './load.ts'
import { chained, laid, type Pricing, startAfter, talksInDay } from './pricing.ts'

/** Duties that lose more than that, whatever else is done on the day, are not looked at. */
const faintHope = 60
/** Days of three talks that lose more than that are not looked at: there are too many of them. */
const hope = 20

/**
 * How much dearer the relaxed month gets when a speaker must do a duty, alone or with one or two other talks that day: a small slack
 * marks who is worth a try. Not a proof, as days of more talks are not looked at.
 */
export function slacksOf(pricing: Pricing, found: Relaxed): Float64Array {
  const { duties, desk, entries } = pricing
  const { model } = duties
  const slack = new Float64Array(duties.request.length).fill(Number.POSITIVE_INFINITY)
  for (let s = 0; s < model.speakers; s++) {
    const rest = elsewhere(model, s, found.gain, entries)
    const most = Math.min(talksInDay(model, s), 3)
    const load = found.load[s]!
    for (let day = 0; day < model.days; day++) {
      const n = laid(pricing, s, day, Math.max(2, most), -faintHope)
      if (n === 0) continue
      const others = (talks: number) => (talks <= most ? rest[day * entries + talks]! : Number.NEGATIVE_INFINITY)
      const [one, two, three] = [others(1), others(2), others(3)]
      const gains = desk.alone.slice(0, n).map(alone => one + alone)
      if (n > 1 && two > Number.NEGATIVE_INFINITY) {
        chained(pricing, s, day, n)
        twos(pricing, n, two, gains)
        if (n > 2 && three > Number.NEGATIVE_INFINITY) threes(pricing, n, three, load - hope, gains)
      }
      for (let a = 0; a < n; a++) slack[desk.duty[a]!] = load - gains[a]!
    }
  }
  return slack
}

function twos({ desk }: Pricing, n: number, rest: number, gains: Float64Array): void {
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) {
      const gain = rest + desk.alone[a]! + desk.next[a * n + b]!
      if (gain > gains[a]!) gains[a] = gain
      if (gain > gains[b]!) gains[b] = gain
    }
}

function threes({ duties, desk }: Pricing, n: number, rest: number, floor: number, gains: Float64Array): void {
  const { duty, alone, next, lead, furthest } = desk
  let reach = Number.NEGATIVE_INFINITY
  for (let a = 0; a < n; a++) reach = Math.max(reach, furthest[a]!)
  for (let a = 0; a < n; a++) {
    if (!(rest + alone[a]! + furthest[a]! + reach >= floor)) continue
    for (let b = 0; b < n; b++) {
      const before = rest + alone[a]! + next[a * n + b]!
      if (!(before + furthest[b]! >= floor)) continue
      const start = startAfter(duties, duty[b]!, duties.earliest[duty[a]!]! + lead[a * n + b]!)
      if (start < 0) continue
      for (let c = 0; c < n; c++) {
        const gain = before + next[b * n + c]!
        if (!(gain >= floor) || c === a || startAfter(duties, duty[c]!, start + lead[b * n + c]!) < 0) continue
        if (gain > gains[a]!) gains[a] = gain
        if (gain > gains[b]!) gains[b] = gain
        if (gain > gains[c]!) gains[c] = gain
      }
    }
  }
}
