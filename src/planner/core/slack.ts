import type { Relaxed } from './bound.ts'
import { elsewhere } from './load.ts'
import { chained, laid, type Pricing } from './pricing.ts'

/** Duties that lose more than that, whatever else is done on the day, are not looked at. */
const faintHope = 60

/**
 * How much dearer the relaxed month gets when a speaker must do a duty, alone or with one other talk that day: a small slack marks
 * who is worth a try. Not a proof, as days of three talks are not looked at.
 */
export function slacksOf(pricing: Pricing, found: Relaxed): Float64Array {
  const { duties, desk, entries } = pricing
  const { model } = duties
  const slack = new Float64Array(duties.request.length).fill(Number.POSITIVE_INFINITY)
  for (let s = 0; s < model.speakers; s++) {
    const rest = elsewhere(model, s, found.gain, entries)
    for (let day = 0; day < model.days; day++) {
      const n = laid(pricing, s, day, 2, -faintHope)
      if (n === 0) continue
      const at = day * entries
      const [alone, two] = [rest[at + 1]!, entries > 2 ? rest[at + 2]! : Number.NEGATIVE_INFINITY]
      const pair = new Float64Array(n).fill(Number.NEGATIVE_INFINITY)
      if (n > 1 && two > Number.NEGATIVE_INFINITY) {
        chained(pricing, s, day, n)
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++) {
            const gain = desk.alone[a]! + desk.next[a * n + b]!
            if (gain > pair[a]!) pair[a] = gain
            if (gain > pair[b]!) pair[b] = gain
          }
      }
      for (let a = 0; a < n; a++)
        slack[desk.duty[a]!] = found.load[s]! - Math.max(alone + desk.alone[a]!, two + pair[a]!)
    }
  }
  return slack
}
