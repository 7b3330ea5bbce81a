import { type Bench, between, freeHours, gather } from './gathering.ts'
import type { Model } from './model.ts'
import { insert, remove, type Schedule } from './schedule.ts'

export type Talk = { day: number; start: number; team: number[] }

/** Puts a talk back at its hour with everybody who still can, and the cheapest other person in each empty place. */
export function swap(bench: Bench, r: number, was: Talk): boolean {
  const team = staying(bench, r, was)
  if (!team) return false
  insert(bench.schedule, r, was.day, was.start, team)
  return true
}

function staying(bench: Bench, r: number, was: Talk): number[] | undefined {
  const { model } = bench
  const o = optionAt(model, r, was)
  if (o < 0) return
  // another talk that was hit may have been given this hour of the hall
  const hour = between(model.options.starts[o]!, was.start, was.start) & freeHours(bench.schedule, r, o)
  gather(bench, r, o, hour, Number.POSITIVE_INFINITY)
  const team: number[] = []
  let languages = -1
  const order = Array.from({ length: bench.size }, (_, n) => n).sort((a, b) => bench.cost[a]! - bench.cost[b]! || a - b)
  const stays = was.team.map(s => order.find(n => bench.speaker[n] === s) ?? -1)
  for (const n of stays) if (n >= 0) languages &= bench.languages[n]!
  for (const [seat, s] of was.team.entries()) {
    if (stays[seat]! >= 0) {
      team.push(s)
      continue
    }
    const group = 1 << model.seatGroup[model.seatAt[r]! + seat]!
    const next = order.find(
      n =>
        bench.groups[n]! & group &&
        bench.languages[n]! & languages &&
        !was.team.includes(bench.speaker[n]!) &&
        !team.includes(bench.speaker[n]!),
    )
    if (next === undefined) return
    languages &= bench.languages[next]!
    team.push(bench.speaker[next]!)
  }
  return languages === 0 ? undefined : team
}

/** Somebody suitable is kept by one other talk: a third person takes that one at its hour, and both talks stay where they are. */
export function swapChain(bench: Bench, r: number, was: Talk, confirmed: Set<number>): boolean {
  const { model, schedule, candidates } = bench
  const o = optionAt(model, r, was)
  if (o < 0) return false
  for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++) {
    const s = candidates.speaker[p]!
    if (was.team.includes(s) || bench.away?.(s, was.day)) continue
    for (const other of blocking(schedule, s, was.day)) {
      if (confirmed.has(other) || model.pin[other]) continue
      const kept = talkOf(schedule, other)
      remove(schedule, other)
      if (swap(bench, r, was)) {
        if (swap(bench, other, kept)) return true
        remove(schedule, r)
      }
      insert(schedule, other, kept.day, kept.start, kept.team)
    }
  }
  return false
}

/** The talks of a speaker that can be in the way on a day: those of the day, then those of the week. */
export function blocking({ model, routes }: Schedule, s: number, day: number): number[] {
  const week: number[] = []
  for (let other = 0; other < model.days; other++)
    if (other !== day && model.weekOf[other] === model.weekOf[day]) week.push(...routes[s * model.days + other]!)
  return [...routes[s * model.days + day]!, ...week]
}

const optionAt = ({ options }: Model, r: number, { day, start }: Talk): number => {
  for (let o = options.at[r]!; o < options.at[r + 1]!; o++)
    if (options.day[o] === day && options.starts[o]!.includes(start)) return o
  return -1
}

export const talkOf = ({ model, day, start, team }: Schedule, r: number): Talk => ({
  day: day[r]!,
  start: start[r]!,
  team: Array.from(team.subarray(model.seatAt[r]!, model.seatAt[r + 1]!)),
})
