import { type Candidates, candidatesOf } from './eligibility.ts'
import { type Assignment, type Instance, weeksIn } from './instance.ts'
import { type Options, optionsOf } from './options.ts'
import { startsOf } from './rows.ts'
import { type Minutes, waysOf } from './travel.ts'

/** An instance as numbers, for the inner loops. Everything is by index: request, speaker, day, site, seat. */
export type Model = {
  instance: Instance
  requests: number
  speakers: number
  days: number
  weeks: number
  weekOf: Int32Array
  travelWeight: number
  sites: number
  /** For each speaker by the mode: minutes from site to site, and from the end of a talk to the start of the next. */
  between: Minutes[]
  pauses: Minutes[]
  home: Minutes
  duration: Int32Array
  site: Int32Array
  host: Int32Array
  hosts: number
  /** What leaving a request out costs. */
  absence: Float64Array
  weight: Int32Array
  firstDay: Int32Array
  latePerDay: Float64Array
  pin: (Assignment | undefined)[]
  /** Seats of request r: seatAt[r] to seatAt[r + 1], each with its group. */
  seatAt: Int32Array
  seatGroup: Int32Array
  maxDay: Int32Array
  maxWeek: Int32Array
  most: Int32Array
  /** fair[fairAt[s] + n] is what the n-th talk of a speaker in this horizon costs, n from 1. */
  fairAt: Int32Array
  fair: Float64Array
  options: Options
  candidates: Candidates
}

export function modelOf(instance: Instance): Model {
  const { requests, speakers, horizon, weights, priorityWeight } = instance
  const ways = waysOf(instance)
  const hostAt = new Map(instance.hosts.map(({ id }, at) => [id, at]))
  const weeks = weeksIn(horizon)
  const weight = Int32Array.from(requests, ({ priority }) => priorityWeight[priority])
  const firstDay = Int32Array.from(requests, ({ windows }) => Math.min(...windows.map(([day]) => day)))
  const pins = new Map(instance.pinned?.map(pin => [pin.request, pin]))
  const pin = requests.map(({ id }) => pins.get(id))
  const seats = requests.map(({ team }) => team.flatMap(({ n }, group) => Array<number>(n).fill(group)))
  const { fairAt, fair } = fairnessOf(instance, weeks)
  const options = optionsOf(instance, pin, firstDay)
  return {
    instance,
    requests: requests.length,
    speakers: speakers.length,
    days: horizon.days,
    weeks,
    weekOf: Int32Array.from({ length: horizon.days }, (_, day) => Math.floor(day / horizon.daysPerWeek)),
    travelWeight: weights.travel,
    sites: ways.sites,
    between: speakers.map(({ mode }) => ways.between.get(mode)!),
    pauses: speakers.map(({ mode }) => ways.pauses.get(mode)!),
    home: ways.home,
    duration: Int32Array.from(requests, ({ duration }) => duration),
    site: Int32Array.from(requests, ({ loc }) => ways.siteOf.get(loc) ?? 0),
    host: Int32Array.from(requests, ({ host }) => hostAt.get(host) ?? 0),
    hosts: instance.hosts.length,
    absence: Float64Array.from(weight, each => weights.unplaced * each),
    weight,
    firstDay,
    latePerDay: Float64Array.from(weight, each => weights.late * each),
    pin,
    seatAt: startsOf(seats.map(({ length }) => length)),
    seatGroup: Int32Array.from(seats.flat()),
    maxDay: Int32Array.from(speakers, ({ maxDay }) => maxDay),
    maxWeek: Int32Array.from(speakers, ({ maxWeek }) => maxWeek),
    most: Int32Array.from(speakers, ({ most, maxWeek }) => most ?? maxWeek * weeks),
    fairAt,
    fair,
    options,
    candidates: candidatesOf(instance, options, pin),
  }
}

function fairnessOf({ speakers, weights }: Instance, weeks: number) {
  const most = speakers.map(({ maxWeek }) => Math.min(maxWeek * weeks, 10_000))
  const fairAt = startsOf(most.map(n => n + 2))
  const fair = new Float64Array(fairAt.at(-1) ?? 0)
  for (const [s, { past, maxWeek }] of speakers.entries())
    for (let n = 1; n <= most[s]! + 1; n++)
      fair[fairAt[s]! + n] = Math.round((weights.fair * (past + n)) / Math.max(1, maxWeek * weeks))
  return { fairAt, fair }
}
