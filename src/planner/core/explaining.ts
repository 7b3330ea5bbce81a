import { type Bench, benchFor, freeHours, gather } from './gathering.ts'
import { cheapest } from './insertion.ts'
import type { Model } from './model.ts'
import { type Relaxation, relaxations } from './relaxing.ts'
import { emptySchedule, type Schedule } from './schedule.ts'

/** How many people are left for a group of the team after each question, in the order in which a coordinator would ask. */
export type Counters = {
  group: number
  wanted: number
  role: number
  topic: number
  language: number
  audience: number
  availability: number
  dayCap: number
  weekCap: number
  travel: number
}

export type Explanation = {
  r: number
  groups: Counters[]
  /** Whether the host's hall is taken at every hour. */
  hostBusy: boolean
  /** True only where no plan at all contains the request. */
  impossible: boolean
  /** Single changes each of which would place it with everything else as it is, the smallest first. */
  relaxations: Relaxation[]
}

/** Why a request is left out, and what would place it. */
export function explained(schedule: Schedule, r: number): Explanation {
  const { model } = schedule
  const { at } = model.options
  let hostBusy = true
  for (let o = at[r]!; o < at[r + 1]!; o++) hostBusy &&= freeHours(schedule, r, o) === 0
  return {
    r,
    groups: model.instance.requests[r]!.team.map((_, group) => counters(schedule, r, group)),
    hostBusy: hostBusy && at[r + 1]! > at[r]!,
    impossible: !cheapest(benchFor(emptySchedule(model)), r, Number.POSITIVE_INFINITY),
    relaxations: relaxations(schedule, r),
  }
}

function counters(schedule: Schedule, r: number, group: number): Counters {
  const { model } = schedule
  const request = model.instance.requests[r]!
  const { anyOf, n } = request.team[group]!
  const found: Counters = {
    group,
    wanted: n,
    role: 0,
    topic: 0,
    language: 0,
    audience: 0,
    availability: 0,
    dayCap: 0,
    weekCap: 0,
    travel: 0,
  }
  for (const { roles, topics, langs, audiences } of model.instance.speakers) {
    if (!anyOf.some(role => roles.includes(role))) continue
    found.role++
    if (!topics.includes(request.topic)) continue
    found.topic++
    if (!request.langs.some(lang => langs.includes(lang))) continue
    found.language++
    if (audiences.includes(request.audience)) found.audience++
  }
  const reached = reach(schedule, r, group)
  const after = (stage: number) => [...reached.values()].filter(each => each >= stage).length
  return { ...found, availability: after(1), dayCap: after(2), weekCap: after(3), travel: after(4) }
}

/** How far each candidate gets on their best day: there at all, day not full, week not full, ways possible. */
function reach(schedule: Schedule, r: number, group: number): Map<number, number> {
  const { model } = schedule
  const { options, candidates } = model
  const found = new Map<number, number>()
  const bench = benchFor(schedule)
  for (let o = options.at[r]!; o < options.at[r + 1]!; o++) {
    const day = options.day[o]!
    for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++) {
      if (!(candidates.groups[p]! & (1 << group))) continue
      const s = candidates.speaker[p]!
      found.set(s, Math.max(found.get(s) ?? 0, stageOf(model, schedule, s, day)))
    }
  }
  for (const s of free(bench, r, group)) found.set(s, 4)
  return found
}

function stageOf(model: Model, { routes, inWeek }: Schedule, s: number, day: number): number {
  if (routes[s * model.days + day]!.length >= model.maxDay[s]!) return 1
  return inWeek[s * model.weeks + model.weekOf[day]!]! >= model.maxWeek[s]! ? 2 : 3
}

function free(bench: Bench, r: number, group: number): Set<number> {
  const { model } = bench
  const found = new Set<number>()
  for (let o = model.options.at[r]!; o < model.options.at[r + 1]!; o++) {
    gather(bench, r, o, -1, Number.POSITIVE_INFINITY)
    for (let n = 0; n < bench.size; n++) if (bench.groups[n]! & (1 << group)) found.add(bench.speaker[n]!)
  }
  return found
}
