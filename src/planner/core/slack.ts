import type { Relaxed } from './bound.ts'
import { packed } from './load.ts'
import { chained, laid, type Pricing, valueDay } from './pricing.ts'

/** Duties that lose more than that, whatever else is done on the day, are not looked at. */
const faintHope = 60

/**
 * How much dearer the relaxed month gets when a speaker must do a duty, alone or with one other talk that day: a small slack marks
 * who is worth a try. Not a proof, as days of three talks are not looked at.
 */
export function slacksOf(pricing: Pricing, found: Relaxed): Float64Array {
  const { duties, desk } = pricing
  const { model } = duties
  const slack = new Float64Array(duties.request.length).fill(Number.POSITIVE_INFINITY)
  for (let s = 0; s < model.speakers; s++) {
    const days = found.days.slice(s * model.days, (s + 1) * model.days).map(({ gain }) => gain)
    for (let day = 0; day < model.days; day++) {
      valueDay(pricing, s, day)
      const n = laid(pricing, s, day, 2, -faintHope)
      if (n === 0) continue
      const [alone, two] = [elsewhere(pricing, s, days, day, 1), elsewhere(pricing, s, days, day, 2)]
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
        slack[desk.duty[a]!] = found.loads[s]!.gain - Math.max(alone + desk.alone[a]!, two + pair[a]!)
    }
  }
  return slack
}

/** The most a speaker gains on all other days when so many talks are held on this one, less the fair load of all. */
export function elsewhere({ duties }: Pricing, s: number, days: number[][], day: number, talks: number): number {
  const { model } = duties
  const cap = model.maxWeek[s]! - talks
  if (cap < 0 || talks > model.maxDay[s]!) return Number.NEGATIVE_INFINITY
  const within = (week: number) => days.filter((_, other) => model.weekOf[other] === week && other !== day)
  const week = model.weekOf[day]!
  const lists = Array.from(
    { length: model.weeks },
    (_, other) => packed(within(other), other === week ? cap : model.maxWeek[s]!).gain,
  )
  const { gain } = packed(lists, Number.POSITIVE_INFINITY)
  const fair = model.fairAt[s]!
  const toll = model.fair[fair + 1]!
  let [best, sum] = [Number.NEGATIVE_INFINITY, 0]
  for (let n = 1; n < gain.length + talks && n <= model.most[s]!; n++) {
    sum += model.fair[fair + n]! - toll
    if (n >= talks) best = Math.max(best, gain[n - talks]! - sum)
  }
  return best
}
