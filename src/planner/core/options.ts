import type { Assignment, Instance } from './instance.ts'
import { startsOf } from './rows.ts'

/** An option is a request on one of its days, with at most thirty starts, each a bit; a day with more starts has several. */
export type Options = {
  /** Options of request r: at[r] to at[r + 1], in order of time. */
  at: Int32Array
  request: Int32Array
  day: Int32Array
  late: Float64Array
  starts: number[][]
}

const startsInOption = 30

export function optionsOf(
  { requests, slot, weights, priorityWeight }: Instance,
  pin: (Assignment | undefined)[],
  firstDay: Int32Array,
): Options {
  const lists = requests.map((request, r) => {
    const byDay = new Map<number, Set<number>>()
    for (const [day, from, to] of request.windows) {
      const starts = byDay.get(day) ?? new Set()
      byDay.set(day, starts)
      for (let start = Math.ceil(from / slot) * slot; start + request.duration <= to; start += slot) starts.add(start)
    }
    const pinned = pin[r]
    const days = [...byDay]
      .map(([day, starts]): [number, number[]] => [day, [...starts].sort((a, b) => a - b)])
      .sort(([a], [b]) => a - b)
    const allowed = pinned
      ? days.flatMap(([day, starts]): [number, number[]][] =>
          day === pinned.day && starts.includes(pinned.start) ? [[day, [pinned.start]]] : [],
        )
      : days
    return allowed.flatMap(([day, starts]) => chunks(starts).map(part => ({ r, day, starts: part })))
  })
  const all = lists.flat()
  return {
    at: startsOf(lists.map(({ length }) => length)),
    request: Int32Array.from(all, ({ r }) => r),
    day: Int32Array.from(all, ({ day }) => day),
    late: Float64Array.from(all, ({ r, day }) => {
      const weight = priorityWeight[requests[r]?.priority ?? 1]
      return weights.late * weight * (day - firstDay[r]!)
    }),
    starts: all.map(({ starts }) => starts),
  }
}

const chunks = (starts: number[]): number[][] =>
  Array.from({ length: Math.ceil(starts.length / startsInOption) }, (_, n) =>
    starts.slice(n * startsInOption, (n + 1) * startsInOption),
  )
