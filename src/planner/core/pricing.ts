import type { Duties } from './duties.ts'

/**
 * The best a speaker can do on a day at given prices of rows: for each number of talks the column that gains most, prices less travel.
 * More talks are listed only where they gain more than fewer.
 */
export type Day = { gain: number[]; columns: number[][] }

export type Pricing = {
  duties: Duties
  prices: Float64Array
  /** What each duty earns: the highest price among its rows, less the least that another talk of this speaker costs. */
  value: Float64Array
  row: Int32Array
  desk: Desk
  /** What never changes between two duties of a speaker-day, kept where there is room for it. */
  links: (Links | undefined)[] | undefined
}

/** For duties a and b of a day: what going on from a to b costs more than going home, minus infinity where it can't be; and the least time between their starts. */
type Links = { saving: Float64Array; lead: Int32Array }

/** Scratch for one speaker-day: its useful duties, and what each adds behind each other one. */
type Desk = {
  duty: Int32Array
  alone: Float64Array
  /** `next[a * n + b]` is what b adds to a day that ends with a, minus infinity where it can't follow. */
  next: Float64Array
  /** From the start of a to the earliest start of b. */
  lead: Int32Array
  furthest: Float64Array
  chain: Int32Array
}

export function pricingOf(duties: Duties, prices = new Float64Array(duties.rows)): Pricing {
  const { length } = duties.request
  let widest = 0
  for (let bin = 0; bin + 1 < duties.dutyAt.length; bin++)
    widest = Math.max(widest, duties.dutyAt[bin + 1]! - duties.dutyAt[bin]!)
  const desk = {
    duty: new Int32Array(widest),
    alone: new Float64Array(widest),
    next: new Float64Array(widest * widest),
    lead: new Int32Array(widest * widest),
    furthest: new Float64Array(widest),
    chain: new Int32Array(mostTalks),
  }
  let pairs = 0
  for (let bin = 0; bin + 1 < duties.dutyAt.length; bin++) pairs += (duties.dutyAt[bin + 1]! - duties.dutyAt[bin]!) ** 2
  return {
    duties,
    prices,
    value: new Float64Array(length),
    row: new Int32Array(length),
    desk,
    links: pairs <= mostLinks ? [] : undefined,
  }
}

const mostLinks = 8_000_000

/** Nobody gives more talks a day; a month that allows it gets a plan, but no bound. */
export const mostTalks = 12

/** How many talks a speaker may give on one day. */
export const talksInDay = ({ maxDay, maxWeek }: Duties['model'], s: number): number => Math.min(maxDay[s]!, maxWeek[s]!)

/** Works out what every duty of a speaker-day earns. */
export function valueDay({ duties, prices, value, row }: Pricing, s: number, day: number): void {
  const { coverAt, cover, dutyAt, model } = duties
  const toll = model.fair[model.fairAt[s]! + 1]!
  for (let i = dutyAt[s * model.days + day]!; i < dutyAt[s * model.days + day + 1]!; i++) {
    let most = -1
    let which = -1
    for (let c = coverAt[i]!; c < coverAt[i + 1]!; c++) {
      const price = prices[cover[c]!]!
      if (price > most) {
        most = price
        which = cover[c]!
      }
    }
    value[i] = most - toll
    row[i] = which
  }
}

/** Enumerates the columns of a speaker-day, as far as they can gain more than one with fewer talks. */
export function bestDay(pricing: Pricing, s: number, day: number): Day {
  valueDay(pricing, s, day)
  const { duties, desk } = pricing
  const most = talksInDay(duties.model, s)
  const n = laid(pricing, s, day, most, 0)
  const best: Day = { gain: [0], columns: [[]] }
  if (most === 0 || n === 0) return best
  let first = 0
  for (let a = 1; a < n; a++) if (desk.alone[a]! > desk.alone[first]!) first = a
  if (desk.alone[first]! <= 0 && most === 1) return best
  best.gain[1] = desk.alone[first]!
  best.columns[1] = [desk.duty[first]!]
  if (most > 1 && n > 1) {
    const [gain, a, b] = chained(pricing, s, day, n)
    if (gain === Number.NEGATIVE_INFINITY) return best
    best.gain[2] = gain
    best.columns[2] = [desk.duty[a]!, desk.duty[b]!]
    for (let count = 3; count <= most; count++) longer(pricing, s, n, count, best)
  }
  return best
}

/**
 * Lays the duties of a day on the desk that can be part of a column of so many talks which gains more than a floor, and more than the
 * best one alone; how many they are. Going somewhere else on the way is never shorter, so a column gains at most what one of its duties
 * gains alone and the others earn. Of a table of ways that isn't known, so all are laid.
 */
export function laid({ duties, value, desk }: Pricing, s: number, day: number, talks: number, floor: number): number {
  const { model, dutyAt } = duties
  const [from, to] = [dutyAt[s * model.days + day]!, dutyAt[s * model.days + day + 1]!]
  let [most, best] = [0, floor]
  for (let i = from; i < to; i++) {
    if (value[i]! > most) most = value[i]!
    best = Math.max(best, value[i]! - 2 * model.travelWeight * home(duties, s, i))
  }
  const detours = model.instance.travel.table !== undefined
  let n = 0
  for (let i = from; i < to; i++) {
    const alone = value[i]! - 2 * model.travelWeight * home(duties, s, i)
    const hopeless = !(value[i]! > floor) || (alone < best && alone + (talks - 1) * most <= best)
    if (hopeless && !detours) continue
    desk.duty[n] = i
    desk.alone[n++] = alone
  }
  return n
}

/** Fills `next` and `lead` for all that lies on the desk; the best two in a row. */
export function chained(pricing: Pricing, s: number, day: number, n: number): [gain: number, a: number, b: number] {
  const { duties, value, desk, links } = pricing
  const bin = s * duties.model.days + day
  const base = duties.dutyAt[bin]!
  const width = duties.dutyAt[bin + 1]! - base
  let known = links?.[bin]
  if (!known && links) {
    known = { saving: new Float64Array(width * width), lead: new Int32Array(width * width) }
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) link(duties, s, base + a, base + b, known, a * width + b)
    links[bin] = known
  }
  const own = known ?? { saving: desk.next, lead: desk.lead }
  const { duty, alone, next, lead, furthest } = desk
  let most = Number.NEGATIVE_INFINITY
  let [first, second] = [0, 0]
  for (let a = 0; a < n; a++) {
    const from = (duty[a]! - base) * width - base
    let reach = Number.NEGATIVE_INFINITY
    for (let b = 0; b < n; b++) {
      const at = a * n + b
      const j = duty[b]!
      if (known) lead[at] = own.lead[from + j]!
      else link(duties, s, duty[a]!, j, own, at)
      const more = (known ? own.saving[from + j]! : next[at]!) + value[j]!
      next[at] = more
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

function link(duties: Duties, s: number, i: number, j: number, { saving, lead }: Links, at: number): void {
  const { model, earliest, latest, request } = duties
  const way = model.site[request[i]!]! * model.sites + model.site[request[j]!]!
  lead[at] = model.duration[request[i]!]! + model.pauses[s]![way]!
  saving[at] =
    i === j || earliest[i]! + lead[at]! > latest[j]!
      ? Number.NEGATIVE_INFINITY
      : model.travelWeight * (home(duties, s, i) - home(duties, s, j) - model.between[s]![way]!)
}

/** Looks for the day of exactly so many talks that gains most, if that is more than any with fewer. */
function longer(pricing: Pricing, s: number, n: number, count: number, best: Day): void {
  const { desk, duties } = pricing
  best.gain[count] = Math.max(...best.gain)
  best.columns[count] = []
  let reach = Number.NEGATIVE_INFINITY
  for (let a = 0; a < n; a++) reach = Math.max(reach, desk.furthest[a]!)
  for (let a = 0; a < n; a++) {
    desk.chain[0] = a
    extend(pricing, s, n, 1, count, desk.alone[a]!, duties.earliest[desk.duty[a]!]!, reach, best)
  }
  if (best.columns[count].length === 0) best.gain[count] = Number.NEGATIVE_INFINITY
}

function extend(
  pricing: Pricing,
  s: number,
  n: number,
  size: number,
  count: number,
  gain: number,
  start: number,
  reach: number,
  best: Day,
): void {
  const { desk, duties } = pricing
  const last = desk.chain[size - 1]!
  const beyond = (count - size - 1) * reach
  if (gain + desk.furthest[last]! + beyond <= best.gain[count]!) return
  for (let b = 0; b < n; b++) {
    const more = gain + desk.next[last * n + b]!
    if (more + beyond <= best.gain[count]!) continue
    let twice = false
    for (let k = 0; k < size; k++) twice ||= desk.chain[k] === b
    if (twice) continue
    const at = startAfter(duties, desk.duty[b]!, start + desk.lead[last * n + b]!)
    if (at < 0) continue
    desk.chain[size] = b
    if (size + 1 < count) extend(pricing, s, n, size + 1, count, more, at, reach, best)
    else {
      best.gain[count] = more
      best.columns[count] = Array.from(desk.chain.subarray(0, count), a => desk.duty[a]!)
    }
  }
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
