import type { Proof } from './bounding.ts'
import { isPlaced } from './construct.ts'
import { type Relaxation, relaxations } from './relaxing.ts'
import type { Schedule } from './schedule.ts'

/** Whom the House lacks: one more person of a profession and language on a weekday would place so many talks, each taken by itself. */
export type Shortage = { anyOf: string[]; language: string; weekday: number; talks: number[]; worth: number }

/** From each request that is left out, what one more person would do; `worth` is the most that prices give for such a place. */
export function shortages(schedule: Schedule, proof?: Proof, known?: Map<number, Relaxation[]>): Shortage[] {
  const { model } = schedule
  const { daysPerWeek } = model.instance.horizon
  const found = new Map<string, Shortage>()
  for (let r = 0; r < model.requests; r++) {
    if (isPlaced(schedule, r)) continue
    for (const each of known?.get(r) ?? relaxations(schedule, r)) {
      if (each.change !== 'one-more-person') continue
      const { anyOf } = model.instance.requests[r]!.team[each.group]!
      for (const weekday of new Set(each.days.map(day => day % daysPerWeek))) {
        const key = JSON.stringify([anyOf, each.language, weekday])
        const shortage = found.get(key) ?? { anyOf, language: each.language, weekday, talks: [], worth: 0 }
        found.set(key, shortage)
        if (!shortage.talks.includes(r)) shortage.talks.push(r)
        const days = each.days.filter(day => day % daysPerWeek === weekday)
        shortage.worth = Math.max(shortage.worth, ...days.map(day => priceOf(proof, r, day, each.group, each.language)))
      }
    }
  }
  return [...found.values()].sort((a, b) => b.talks.length - a.talks.length || b.worth - a.worth)
}

/** The price of one more place in a group of a request on a day: what the proof would pay for it. */
function priceOf(proof: Proof | undefined, r: number, day: number, group: number, language: string): number {
  if (!proof) return 0
  const { duties, pricing } = proof
  const l = duties.model.instance.requests[r]!.langs.indexOf(language)
  for (let q = duties.dayAt[r]!; q < duties.dayAt[r + 1]!; q++)
    if (duties.dayOf[q] === day) return pricing.prices[duties.rowAt[q]! + l * duties.groupsOf[r]! + group]!
  return 0
}
