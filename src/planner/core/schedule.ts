import type { Model } from './model.ts'

/** What takes place, who speaks, and what it costs; changed in place by `insert` and `remove`. */
export type Schedule = {
  model: Model
  /** The day of each request, -1 for those left out. */
  day: Int32Array
  start: Int32Array
  /** The speaker in each seat. */
  team: Int32Array
  /** Requests of each speaker-day and of each host-day, in order of time. */
  routes: number[][]
  halls: number[][]
  /** How long each route is. */
  sizes: Uint16Array
  inWeek: Int32Array
  talks: Int32Array
  /** What one more talk of each speaker costs in fair load; infinite at their limit. */
  nextFair: Float64Array
  cost: number
  minutes: number
}

export function emptySchedule(model: Model): Schedule {
  return {
    model,
    day: new Int32Array(model.requests).fill(-1),
    start: new Int32Array(model.requests),
    team: new Int32Array(model.seatGroup.length).fill(-1),
    routes: Array.from({ length: model.speakers * model.days }, () => []),
    halls: Array.from({ length: model.hosts * model.days }, () => []),
    sizes: new Uint16Array(model.speakers * model.days),
    inWeek: new Int32Array(model.speakers * model.weeks),
    talks: new Int32Array(model.speakers),
    nextFair: Float64Array.from({ length: model.speakers }, (_, s) => fairOf(model, s, 1)),
    cost: model.absence.reduce((sum, each) => sum + each, 0),
    minutes: 0,
  }
}

/** Puts a request at a time with a team, one speaker a seat; the caller answers for it that this is possible. */
export function insert(schedule: Schedule, r: number, day: number, start: number, team: ArrayLike<number>): void {
  const { model } = schedule
  schedule.day[r] = day
  schedule.start[r] = start
  place(schedule.halls[model.host[r]! * model.days + day]!, schedule.start, r)
  const first = model.seatAt[r]!
  for (let seat = first; seat < model.seatAt[r + 1]!; seat++) {
    const s = team[seat - first]!
    schedule.team[seat] = s
    const route = schedule.routes[s * model.days + day]!
    const at = place(route, schedule.start, r)
    travelled(schedule, detourAt(model, s, route, at))
    schedule.sizes[s * model.days + day]!++
    schedule.inWeek[s * model.weeks + model.weekOf[day]!]!++
    schedule.cost += schedule.nextFair[s]!
    schedule.talks[s]!++
    schedule.nextFair[s] = fairOf(model, s, schedule.talks[s]! + 1)
  }
  schedule.cost += model.latePerDay[r]! * (day - model.firstDay[r]!) - model.absence[r]!
}

export function remove(schedule: Schedule, r: number): void {
  const { model } = schedule
  const day = schedule.day[r]!
  const hall = schedule.halls[model.host[r]! * model.days + day]!
  hall.splice(hall.indexOf(r), 1)
  for (let seat = model.seatAt[r]!; seat < model.seatAt[r + 1]!; seat++) {
    const s = schedule.team[seat]!
    const route = schedule.routes[s * model.days + day]!
    const at = route.indexOf(r)
    travelled(schedule, -detourAt(model, s, route, at))
    route.splice(at, 1)
    schedule.sizes[s * model.days + day]!--
    schedule.inWeek[s * model.weeks + model.weekOf[day]!]!--
    schedule.nextFair[s] = model.fair[model.fairAt[s]! + schedule.talks[s]!]!
    schedule.talks[s]!--
    schedule.cost -= schedule.nextFair[s]!
    schedule.team[seat] = -1
  }
  schedule.cost -= model.latePerDay[r]! * (day - model.firstDay[r]!) - model.absence[r]!
  schedule.day[r] = -1
}

const fairOf = (model: Model, s: number, n: number): number =>
  n > model.most[s]! ? Number.POSITIVE_INFINITY : model.fair[model.fairAt[s]! + n]!

/** The minutes that the talk at a place of a route takes. */
export const detourAt = (model: Model, s: number, route: number[], at: number): number =>
  detour(model, s, at > 0 ? route[at - 1]! : -1, route[at]!, at + 1 < route.length ? route[at + 1]! : -1)

/** The minutes that a talk adds to a speaker's day between two others; -1 is home. */
export function detour(model: Model, s: number, before: number, r: number, after: number): number {
  const { sites, site, home } = model
  const ways = model.between[s]!
  const at = site[r]!
  const there = before < 0 ? home[s * sites + at]! : ways[site[before]! * sites + at]!
  const back = after < 0 ? home[s * sites + at]! : ways[at * sites + site[after]!]!
  if (before < 0) return after < 0 ? there + back : there + back - home[s * sites + site[after]!]!
  return there + back - (after < 0 ? home[s * sites + site[before]!]! : ways[site[before]! * sites + site[after]!]!)
}

function travelled(schedule: Schedule, minutes: number): void {
  schedule.minutes += minutes
  schedule.cost += schedule.model.travelWeight * minutes
}

function place(list: number[], start: Int32Array, r: number): number {
  let at = list.length
  while (at > 0 && start[list[at - 1]!]! > start[r]!) at--
  list.splice(at, 0, r)
  return at
}
