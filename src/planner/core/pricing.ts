import type { Duties } from './duties.ts'
import { type Links, link, linksOf, mostLinks } from './links.ts'

export type Pricing = {
  duties: Duties
  prices: Float64Array
  desk: Desk
  /** Numbers of talks a day that are reckoned with, none among them. */
  entries: number
  /** The columns of one speaker: the duties of `talks` talks on a day begin at `(day * entries + talks) * entries`. */
  columns: Int32Array
  /** What never changes between two duties of a speaker-day, kept where there is room for it. */
  links: (Links | undefined)[] | undefined
}

/** Scratch for one speaker-day: its useful duties, and what each adds behind each other one. */
type Desk = {
  /** What every duty of the day earns, from its first: its highest price, less the least that another talk of this speaker costs. */
  worth: Float64Array
  duty: Int32Array
  value: Float64Array
  alone: Float64Array
  /** `next[a * n + b]` is what b adds to a day that ends with a, minus infinity where it can't follow. */
  next: Float64Array
  /** From the start of a to the earliest start of b. */
  lead: Int32Array
  furthest: Float64Array
  chain: Int32Array
}

export function pricingOf(duties: Duties, prices = new Float64Array(duties.rows)): Pricing {
  const { model, dutyAt } = duties
  let [widest, pairs, most] = [0, 0, 1]
  for (let bin = 0; bin + 1 < dutyAt.length; bin++) {
    const width = dutyAt[bin + 1]! - dutyAt[bin]!
    widest = Math.max(widest, width)
    pairs += width * width
  }
  for (let s = 0; s < model.speakers; s++) most = Math.max(most, talksInDay(model, s))
  const entries = Math.min(most, mostTalks) + 1
  const desk = {
    worth: new Float64Array(widest),
    duty: new Int32Array(widest),
    value: new Float64Array(widest),
    alone: new Float64Array(widest),
    next: new Float64Array(widest * widest),
    lead: new Int32Array(widest * widest),
    furthest: new Float64Array(widest),
    chain: new Int32Array(mostTalks),
  }
  return {
    ...{ duties, prices, desk, entries, columns: new Int32Array(model.days * entries * entries) },
    links: pairs <= mostLinks ? [] : undefined,
  }
}

/** Nobody gives more talks a day; a month that allows it gets a plan, but no bound. */
export const mostTalks = 12

/** How many talks a speaker may give on one day. */
export const talksInDay = ({ maxDay, maxWeek }: Duties['model'], s: number): number => Math.min(maxDay[s]!, maxWeek[s]!)

/** The row that a duty covers: the dearest of those it can. */
export function rowOf({ coverAt, cover }: Duties, prices: Float64Array, i: number): number {
  let which = cover[coverAt[i]!]!
  for (let c = coverAt[i]! + 1; c < coverAt[i + 1]!; c++) if (prices[cover[c]!]! > prices[which]!) which = cover[c]!
  return which
}

/**
 * The best a speaker can do on a day at these prices: for each number of talks what the column that gains most gains, prices less
 * travel, from `gain[at]` on. More talks are told only where they gain more than fewer; else minus infinity.
 */
export function bestDay(pricing: Pricing, s: number, day: number, gain: Float64Array, at: number): void {
  const { duties, desk, entries, columns } = pricing
  const most = Math.min(talksInDay(duties.model, s), entries - 1)
  gain[at] = 0
  for (let talks = 1; talks < entries; talks++) gain[at + talks] = Number.NEGATIVE_INFINITY
  const n = most === 0 ? 0 : laid(pricing, s, day, most, 0)
  if (n === 0) return
  let first = 0
  for (let a = 1; a < n; a++) if (desk.alone[a]! > desk.alone[first]!) first = a
  if (desk.alone[first]! <= 0 && most === 1) return
  const to = day * entries * entries
  gain[at + 1] = desk.alone[first]!
  columns[to + entries] = desk.duty[first]!
  if (most === 1 || n === 1) return
  const [two, a, b] = chained(pricing, s, day, n)
  if (two === Number.NEGATIVE_INFINITY) return
  gain[at + 2] = two
  columns[to + 2 * entries] = desk.duty[a]!
  columns[to + 2 * entries + 1] = desk.duty[b]!
  for (let talks = 3; talks <= most; talks++) longer(pricing, n, talks, gain, at, to + talks * entries)
}

/**
 * Lays the duties of a day on the desk that can be part of a column of so many talks which gains more than a floor, and more than the
 * best one alone; how many they are. Going somewhere else on the way is never shorter, so a column gains at most what one of its duties
 * gains alone and the others earn. Of a table of ways that isn't known, so all are laid.
 */
export function laid({ duties, prices, desk }: Pricing, s: number, day: number, talks: number, floor: number): number {
  const { model, dutyAt, coverAt, cover, request } = duties
  const { worth } = desk
  const [from, to] = [dutyAt[s * model.days + day]!, dutyAt[s * model.days + day + 1]!]
  const toll = model.fair[model.fairAt[s]! + 1]!
  const there = s * model.sites
  let [most, best] = [0, floor]
  for (let i = from; i < to; i++) {
    let price = 0
    for (let c = coverAt[i]!; c < coverAt[i + 1]!; c++) if (prices[cover[c]!]! > price) price = prices[cover[c]!]!
    const value = price - toll
    worth[i - from] = value
    if (value > most) most = value
    if (value <= best) continue
    const alone = value - 2 * model.travelWeight * model.home[there + model.site[request[i]!]!]!
    if (alone > best) best = alone
  }
  const detours = model.instance.travel.table !== undefined
  let n = 0
  for (let i = from; i < to; i++) {
    const value = worth[i - from]!
    if (!(value > floor || detours)) continue
    const alone = value - 2 * model.travelWeight * model.home[there + model.site[request[i]!]!]!
    if (alone < best && alone + (talks - 1) * most <= best && !detours) continue
    desk.duty[n] = i
    desk.value[n] = value
    desk.alone[n++] = alone
  }
  return n
}

/** Fills `next` and `lead` for all that lies on the desk; the best two in a row. */
export function chained(pricing: Pricing, s: number, day: number, n: number): [gain: number, a: number, b: number] {
  const { duties, desk, links } = pricing
  const { duty, value, alone, next, lead, furthest } = desk
  const bin = s * duties.model.days + day
  if (links) {
    links[bin] ??= linksOf(duties, s, day)
    recall(links[bin], duties.dutyAt[bin]!, duties.dutyAt[bin + 1]!, desk, n)
  } else link(duties, s, duty, n, { saving: next, lead })
  let most = Number.NEGATIVE_INFINITY
  let [first, second] = [0, 0]
  for (let a = 0; a < n; a++) {
    let reach = Number.NEGATIVE_INFINITY
    for (let b = 0; b < n; b++) {
      const more = next[a * n + b]! + value[b]!
      next[a * n + b] = more
      if (more > reach) reach = more
    }
    furthest[a] = reach
    if (alone[a]! + reach > most) {
      most = alone[a]! + reach
      first = a
    }
  }
  if (most > Number.NEGATIVE_INFINITY) while (next[first * n + second]! !== furthest[first]!) second++
  return [most, first, second]
}

/** The links of what lies on the desk, out of those of the whole day. */
function recall({ saving, lead }: Links, base: number, end: number, desk: Desk, n: number): void {
  const width = end - base
  for (let a = 0; a < n; a++) {
    const from = (desk.duty[a]! - base) * width - base
    for (let b = 0; b < n; b++) {
      const at = from + desk.duty[b]!
      desk.next[a * n + b] = saving[at]!
      desk.lead[a * n + b] = lead[at]!
    }
  }
}

/** Looks for the day of exactly so many talks that gains most, if that is more than any with fewer. */
function longer(pricing: Pricing, n: number, count: number, gain: Float64Array, at: number, to: number): void {
  const { desk, duties } = pricing
  let floor = 0
  for (let talks = 1; talks < count; talks++) floor = Math.max(floor, gain[at + talks]!)
  let reach = Number.NEGATIVE_INFINITY
  for (let a = 0; a < n; a++) reach = Math.max(reach, desk.furthest[a]!)
  let best = floor
  for (let a = 0; a < n; a++) {
    desk.chain[0] = a
    best = extend(pricing, n, 1, count, desk.alone[a]!, duties.earliest[desk.duty[a]!]!, reach, best, to)
  }
  if (best > floor) gain[at + count] = best
}

/** The most that a day which begins with the chain gains, if that is more than the best so far, whose column is noted. */
function extend(
  pricing: Pricing,
  n: number,
  size: number,
  count: number,
  gain: number,
  start: number,
  reach: number,
  before: number,
  to: number,
): number {
  const { desk, duties, columns } = pricing
  const last = desk.chain[size - 1]!
  const beyond = (count - size - 1) * reach
  let best = before
  if (gain + desk.furthest[last]! + beyond <= best) return best
  for (let b = 0; b < n; b++) {
    const more = gain + desk.next[last * n + b]!
    if (more + beyond <= best) continue
    let twice = false
    for (let k = 0; k < size; k++) twice ||= desk.chain[k] === b
    if (twice) continue
    const at = startAfter(duties, desk.duty[b]!, start + desk.lead[last * n + b]!)
    if (at < 0) continue
    desk.chain[size] = b
    if (size + 1 < count) best = extend(pricing, n, size + 1, count, more, at, reach, best, to)
    else {
      best = more
      for (let k = 0; k < count; k++) columns[to + k] = desk.duty[desk.chain[k]!]!
    }
  }
  return best
}

export const home = ({ model, request }: Duties, s: number, i: number): number =>
  model.home[s * model.sites + model.site[request[i]!]!]!

/** The first start of a duty that is not before a minute, -1 where there is none. */
export function startAfter({ model, earliest, latest, candidate, option }: Duties, i: number, minute: number): number {
  if (minute <= earliest[i]!) return earliest[i]!
  if (minute > latest[i]!) return -1
  if (candidate[i]! < 0) return minute
  const starts = model.options.starts[option[i]!]!
  const mask = model.candidates.starts[candidate[i]!]!
  for (let n = 0; n < starts.length; n++) if (mask & (1 << n) && starts[n]! >= minute) return starts[n]!
  return -1
}
