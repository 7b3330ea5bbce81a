import type { Duties } from './duties.ts'

/**
 * What never changes between two duties a and b of a speaker-day: what going on from a to b saves against going home in between, minus
 * infinity where it can't be, and the least time between their starts.
 */
export type Links = { saving: Numbers; lead: Numbers }
type Numbers = Float64Array | Float32Array | Int32Array | Uint16Array

/** Links are kept for so many pairs of duties, in 6 bytes each; of more they are made anew each time. */
export const mostLinks = 16_000_000

/** The links between all duties of a speaker-day. */
export function linksOf(duties: Duties, s: number, day: number): Links {
  const { model, dutyAt } = duties
  const bin = s * model.days + day
  const own = Int32Array.from({ length: dutyAt[bin + 1]! - dutyAt[bin]! }, (_, n) => dutyAt[bin]! + n)
  // whole numbers, which the short form holds exactly up to 2 ** 24
  const isShort = model.travelWeight * longestDay < 2 ** 24
  const size = own.length ** 2
  const links = { saving: isShort ? new Float32Array(size) : new Float64Array(size), lead: new Uint16Array(size) }
  link(duties, s, own, own.length, links)
  return links
}

const longestDay = 3 * 65_535
const never = 65_535

/** Fills in what lies between the first n of some duties, row by row. */
export function link(duties: Duties, s: number, list: Int32Array, n: number, { saving, lead }: Links): void {
  const { model, earliest, latest, request } = duties
  const { sites, travelWeight } = model
  const [ways, pauses] = [model.between[s]!, model.pauses[s]!]
  const site = new Int32Array(n)
  const home = new Int32Array(n)
  const until = new Int32Array(n)
  for (let a = 0; a < n; a++) {
    site[a] = model.site[request[list[a]!]!]!
    home[a] = model.home[s * sites + site[a]!]!
    until[a] = latest[list[a]!]!
  }
  for (let a = 0; a < n; a++) {
    const begins = earliest[list[a]!]!
    const takes = model.duration[request[list[a]!]!]!
    const from = site[a]! * sites
    for (let b = 0; b < n; b++) {
      const way = from + site[b]!
      const between = Math.min(never, takes + pauses[way]!)
      lead[a * n + b] = between
      saving[a * n + b] =
        a === b || begins + between > until[b]!
          ? Number.NEGATIVE_INFINITY
          : travelWeight * (home[a]! - home[b]! - ways[way]!)
    }
  }
}
