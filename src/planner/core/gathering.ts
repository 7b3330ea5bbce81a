import type { Candidates } from './eligibility.ts'
import type { Model } from './model.ts'
import { detour, type Schedule } from './schedule.ts'

/** Where a request costs least as things stand: hours are a mask of the option's starts, any of which will do. */
export type Place = { option: number; hours: number; cost: number; team: Int32Array }

/** Scratch rows that are filled for one option after another. */
export type Bench = {
  model: Model
  schedule: Schedule
  candidates: Candidates
  /** What each candidate's way there and back costs on a day with nothing else. */
  alone: Float64Array
  size: number
  order: Int32Array
  speaker: Int32Array
  groups: Int32Array
  languages: Int32Array
  hours: Int32Array
  cost: Float64Array
  least: Float64Array
  team: Int32Array
  best: Place
  /** Speaker-days and host-days that are out, and the hours of an option that may be used: for what has changed since the month was loaded. */
  away?: ((s: number, day: number) => boolean) | undefined
  allowed?: ((o: number) => number) | undefined
  /** How often somebody is passed over by chance, and how many are still to come before the next time. */
  blink: number
  untilBlink: number
  random: () => number
}

const mostSeats = 8

export function benchFor(schedule: Schedule, candidates = schedule.model.candidates): Bench {
  const { model } = schedule
  let widest = 0
  for (let o = 0; o + 1 < candidates.at.length; o++)
    widest = Math.max(widest, candidates.at[o + 1]! - candidates.at[o]!)
  const alone = new Float64Array(candidates.speaker.length)
  for (let o = 0; o + 1 < candidates.at.length; o++)
    for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++)
      alone[p] =
        2 *
        model.travelWeight *
        model.home[candidates.speaker[p]! * model.sites + model.site[model.options.request[o]!]!]!
  const most = Math.max(0, ...model.instance.speakers.map(({ maxDay }) => Math.min(maxDay, 50)))
  const size = widest * (most + 1)
  return {
    model,
    schedule,
    candidates,
    alone,
    blink: 0,
    untilBlink: 0,
    random: () => 0.5,
    size: 0,
    order: new Int32Array(size),
    speaker: new Int32Array(size),
    groups: new Int32Array(size),
    languages: new Int32Array(size),
    hours: new Int32Array(size),
    cost: new Float64Array(size),
    least: new Float64Array(mostSeats + 1),
    team: new Int32Array(mostSeats),
    best: { option: -1, hours: 0, cost: Number.POSITIVE_INFINITY, team: new Int32Array(mostSeats) },
  }
}

/** The starts of an option at which the host has no other talk. */
export function freeHours(schedule: Schedule, r: number, o: number): number {
  const { model } = schedule
  const starts = model.options.starts[o]!
  let mask = (1 << starts.length) - 1
  const hall = schedule.halls[model.host[r]! * model.days + model.options.day[o]!]!
  for (let n = 0; n < hall.length; n++) {
    const other = hall[n]!
    mask &= ~between(
      starts,
      schedule.start[other]! - model.duration[r]! + 1,
      schedule.start[other]! + model.duration[other]! - 1,
    )
  }
  return mask
}

/** A bit for each start from lo to hi. */
export function between(starts: number[], lo: number, hi: number): number {
  let mask = 0
  for (let n = 0; n < starts.length; n++) if (starts[n]! >= lo && starts[n]! <= hi) mask |= 1 << n
  return mask
}

/** Fills the bench with every candidate who could come, once for each gap in their day, priced. */
export function gather(bench: Bench, r: number, o: number, hall: number, limit: number): void {
  const { model, schedule, candidates, alone, away } = bench
  const { sizes, inWeek, nextFair } = schedule
  const { days, weeks, maxDay, maxWeek } = model
  const day = model.options.day[o]!
  const week = model.weekOf[day]!
  bench.size = 0
  for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++) {
    const possible = candidates.starts[p]! & hall
    if (possible === 0) continue
    const s = candidates.speaker[p]!
    const fair = nextFair[s]!
    const size = sizes[s * days + day]!
    if (size === 0 && alone[p]! + fair >= limit) continue
    if (fair >= limit || size >= maxDay[s]! || inWeek[s * weeks + week]! >= maxWeek[s]!) continue
    if (bench.blink > 0 && --bench.untilBlink < 0) {
      bench.untilBlink = Math.floor(Math.log(bench.random()) / Math.log(1 - bench.blink))
      continue
    }
    if (away?.(s, day)) continue
    if (size === 0) add(bench, p, s, possible, fair + alone[p]!)
    else gaps(bench, r, o, p, s, possible, fair, limit)
  }
}

/** A candidate who has talks that day: once for each gap between them in which there is an hour. */
function gaps(bench: Bench, r: number, o: number, p: number, s: number, possible: number, fair: number, limit: number) {
  const { model, schedule } = bench
  const route = schedule.routes[s * model.days + model.options.day[o]!]!
  const starts = model.options.starts[o]!
  const pauses = model.pauses[s]!
  const { sites } = model
  const site = model.site[r]!
  for (let at = 0; at <= route.length; at++) {
    const before = at > 0 ? route[at - 1]! : -1
    const after = at < route.length ? route[at]! : -1
    const lo =
      before < 0 ? 0 : schedule.start[before]! + model.duration[before]! + pauses[model.site[before]! * sites + site]!
    const hi =
      after < 0 ? 1440 : schedule.start[after]! - pauses[site * sites + model.site[after]!]! - model.duration[r]!
    if (lo > hi) continue
    const hours = possible & between(starts, lo, hi)
    if (hours === 0) continue
    const cost = fair + model.travelWeight * detour(model, s, before, r, after)
    if (cost < limit) add(bench, p, s, hours, cost)
  }
}

function add(bench: Bench, p: number, s: number, hours: number, cost: number): void {
  const at = bench.size++
  bench.speaker[at] = s
  bench.groups[at] = bench.candidates.groups[p]!
  bench.languages[at] = bench.candidates.languages[p]!
  bench.hours[at] = hours
  bench.cost[at] = cost
}
