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
  inWeek: Int32Array
  talks: Int32Array
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
    inWeek: new Int32Array(model.speakers * model.weeks),
    talks: new Int32Array(model.speakers),
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
    travelled(schedule, detour(model, s, route[at - 1], r, route[at + 1]))
    schedule.inWeek[s * model.weeks + model.weekOf[day]!]!++
    schedule.talks[s]!++
    schedule.cost += model.fair[model.fairAt[s]! + schedule.talks[s]!]!
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
    travelled(schedule, -detour(model, s, route[at - 1], r, route[at + 1]))
    route.splice(at, 1)
    schedule.inWeek[s * model.weeks + model.weekOf[day]!]!--
    schedule.cost -= model.fair[model.fairAt[s]! + schedule.talks[s]!]!
    schedule.talks[s]!--
    schedule.team[seat] = -1
  }
  schedule.cost -= model.latePerDay[r]! * (day - model.firstDay[r]!) - model.absence[r]!
  schedule.day[r] = -1
}

/** The minutes that a talk adds to a speaker's day between two others, or home. */
export function detour(model: Model, s: number, before: number | undefined, r: number, after: number | undefined) {
  const { sites, site, home } = model
  const ways = model.between[s]!
  const at = site[r]!
  const there = before === undefined ? home[s * sites + at]! : ways[site[before]! * sites + at]!
  const back = after === undefined ? home[s * sites + at]! : ways[at * sites + site[after]!]!
  if (before === undefined && after === undefined) return there + back
  const direct =
    before === undefined
      ? home[s * sites + site[after!]!]!
      : after === undefined
        ? home[s * sites + site[before]!]!
        : ways[site[before]! * sites + site[after]!]!
  return there + back - direct
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
