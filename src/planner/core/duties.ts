import type { Model } from './model.ts'
import { startsOf } from './rows.ts'

/**
 * The month by days, without hours. A row is a seat to be covered: a group of a request on a day in a language. A duty is a
 * speaker who could cover rows of one request on one day; a column is what a speaker does on a day, an ordered list of duties.
 */
export type Duties = {
  model: Model
  /** Request-days of request r: dayAt[r] to dayAt[r + 1]. */
  dayAt: Int32Array
  dayOf: Int32Array
  late: Float64Array
  /** Rows of request-day q: rowAt[q] + language * groups + group. */
  rowAt: Int32Array
  rows: number
  /** People a row needs. */
  need: Int32Array
  groupsOf: Int32Array
  /** Duties of speaker s on day d: dutyAt[s * days + d]. */
  dutyAt: Int32Array
  request: Int32Array
  requestDay: Int32Array
  /** Rows a duty can cover: coverAt[duty] to coverAt[duty + 1]. */
  coverAt: Int32Array
  cover: Int32Array
  earliest: Int32Array
  latest: Int32Array
  /** The candidate whose starts are those of the duty, -1 where its day has several options. */
  candidate: Int32Array
  option: Int32Array
}

export function dutiesOf(model: Model): Duties {
  const { options, instance } = model
  const dayAt = new Int32Array(model.requests + 1)
  const days: RequestDay[] = []
  for (let r = 0; r < model.requests; r++) {
    for (let o = options.at[r]!; o < options.at[r + 1]!; o++) {
      const before = days.at(-1)
      if (before?.r === r && before.day === options.day[o]) before.last = o
      else days.push({ r, day: options.day[o]!, late: options.late[o]!, first: o, last: o })
    }
    dayAt[r + 1] = days.length
  }
  const groupsOf = Int32Array.from(instance.requests, ({ team }) => team.length)
  const rowAt = startsOf(days.map(({ r }) => groupsOf[r]! * instance.requests[r]!.langs.length))
  const need = Int32Array.from(
    days.flatMap(({ r }) => instance.requests[r]!.langs.flatMap(() => instance.requests[r]!.team.map(({ n }) => n))),
  )
  return {
    model,
    dayAt,
    dayOf: Int32Array.from(days, ({ day }) => day),
    late: Float64Array.from(days, ({ late }) => late),
    rowAt,
    rows: rowAt.at(-1) ?? 0,
    need,
    groupsOf,
    ...peopleOf(model, days, rowAt, groupsOf),
  }
}

type RequestDay = { r: number; day: number; late: number; first: number; last: number }

/** Sorted into speaker-days in two passes, the first one counting. */
function peopleOf(model: Model, days: RequestDay[], rowAt: Int32Array, groupsOf: Int32Array) {
  const { options, candidates } = model
  const counts = new Int32Array(model.speakers * model.days)
  const visit = (each: (bin: number, p: number, o: number, q: number, again: boolean) => void) => {
    for (const [q, { day, first, last }] of days.entries()) {
      const seen = first === last ? undefined : new Set<number>()
      for (let o = first; o <= last; o++)
        for (let p = candidates.at[o]!; p < candidates.at[o + 1]!; p++) {
          const s = candidates.speaker[p]!
          each(s * model.days + day, p, o, q, seen?.has(s) ?? false)
          seen?.add(s)
        }
    }
  }
  let covers = 0
  visit((bin, p, _, __, again) => {
    if (again) return
    counts[bin]!++
    covers += bitsIn(candidates.languages[p]!) * bitsIn(candidates.groups[p]!)
  })
  const dutyAt = startsOf(counts)
  const size = dutyAt.at(-1)!
  const ints = () => new Int32Array(size)
  const [request, requestDay, earliest, latest, candidate, option] = [ints(), ints(), ints(), ints(), ints(), ints()]
  const first = ints()
  const filled = new Int32Array(counts.length)
  visit((bin, p, o, q, again) => {
    const starts = options.starts[o]!
    const mask = candidates.starts[p]!
    const until = starts[31 - Math.clz32(mask)]!
    if (again) {
      const known = dutyAt[bin]! + filled[bin]! - 1
      latest[known] = until
      candidate[known] = -1
      return
    }
    const at = dutyAt[bin]! + filled[bin]!++
    request[at] = days[q]!.r
    requestDay[at] = q
    earliest[at] = starts[31 - Math.clz32(mask & -mask)]!
    latest[at] = until
    candidate[at] = p
    first[at] = p
    option[at] = o
  })
  const coverAt = new Int32Array(size + 1)
  const cover = new Int32Array(covers)
  let n = 0
  for (let i = 0; i < size; i++) {
    const groups = groupsOf[request[i]!]!
    for (let l = candidates.languages[first[i]!]!; l > 0; l &= l - 1)
      for (let g = candidates.groups[first[i]!]!; g > 0; g &= g - 1)
        cover[n++] = rowAt[requestDay[i]!]! + (31 - Math.clz32(l & -l)) * groups + 31 - Math.clz32(g & -g)
    coverAt[i + 1] = n
  }
  return { dutyAt, request, requestDay, coverAt, cover, earliest, latest, candidate, option }
}

function bitsIn(mask: number): number {
  let count = 0
  for (let left = mask; left > 0; left &= left - 1) count++
  return count
}

/** The same rows with some of the duties only. */
export function narrowed(duties: Duties, keep: (i: number) => boolean): Duties {
  const kept: number[] = []
  const { dutyAt } = duties
  const at = new Int32Array(dutyAt.length)
  for (let bin = 0; bin + 1 < dutyAt.length; bin++) {
    for (let i = dutyAt[bin]!; i < dutyAt[bin + 1]!; i++) if (keep(i)) kept.push(i)
    at[bin + 1] = kept.length
  }
  const covers = kept.map(i => duties.cover.subarray(duties.coverAt[i]!, duties.coverAt[i + 1]!))
  const cover = new Int32Array(covers.reduce((sum, { length }) => sum + length, 0))
  const coverAt = startsOf(covers.map(({ length }) => length))
  for (const [n, rows] of covers.entries()) cover.set(rows, coverAt[n]!)
  const picked = (list: Int32Array) => Int32Array.from(kept, i => list[i]!)
  return {
    ...duties,
    dutyAt: at,
    request: picked(duties.request),
    requestDay: picked(duties.requestDay),
    coverAt,
    cover,
    earliest: picked(duties.earliest),
    latest: picked(duties.latest),
    candidate: picked(duties.candidate),
    option: picked(duties.option),
  }
}
