import type { Proof } from './bounding.ts'
import { elsewhere } from './load.ts'
import { home, startAfter, talksInDay } from './pricing.ts'

/** What a speaker does on a day: seats, each a row, and the travel that takes. */
export type Column = { s: number; day: number; rows: number[]; requests: number[]; cost: number }
/** A way to place a request at all: on a day, in a language. */
export type Variant = { r: number; q: number; language: number; rows: number[]; cost: number }

type Seat = { i: number; row: number; gain: number; homeward: number }

/**
 * Everything that can be part of a plan which costs at most `gap` more than the bound, proven by its reduced cost at the best prices;
 * undefined where that is more than `most` columns.
 */
export function withinGap(
  proof: Proof,
  gap: number,
  most: number,
): { columns: Column[]; variants: Variant[] } | undefined {
  const { duties, found, pricing } = proof
  const { model } = duties
  const variants = variantsWithin(proof, gap)
  const open = new Set(variants.flatMap(({ rows }) => rows))
  const columns: Column[] = []
  for (let s = 0; s < model.speakers; s++) {
    const rest = elsewhere(model, s, found.gain, pricing.entries)
    for (let day = 0; day < model.days; day++) {
      const seats = seatsOf(proof, s, day, open)
      if (seats.length === 0) continue
      const floors = [0]
      for (let talks = 1; talks <= talksInDay(model, s); talks++)
        floors.push(found.load[s]! - rest[day * pricing.entries + talks]! - gap)
      if (!enumerate(proof, s, day, seats, floors, columns, most)) return
    }
  }
  return { columns, variants }
}

function variantsWithin({ duties, found, pricing }: Proof, gap: number): Variant[] {
  const { model, dayAt, rowAt, need, late, groupsOf } = duties
  const variants: Variant[] = []
  for (let r = 0; r < model.requests; r++)
    for (let q = dayAt[r]!; q < dayAt[r + 1]!; q++)
      for (let language = 0; language < model.instance.requests[r]!.langs.length; language++) {
        const first = rowAt[q]! + language * groupsOf[r]!
        const rows = Array.from({ length: groupsOf[r]! }, (_, g) => first + g)
        const cost = rows.reduce((sum, row) => sum + need[row]! * pricing.prices[row]!, late[q]!)
        if (cost - found.choice[r]! <= gap) variants.push({ r, q, language, rows, cost: late[q]! })
      }
  return variants
}

function seatsOf({ duties, pricing }: Proof, s: number, day: number, open: Set<number>): Seat[] {
  const { model, dutyAt, coverAt, cover } = duties
  const toll = model.fair[model.fairAt[s]! + 1]!
  const seats: Seat[] = []
  for (let i = dutyAt[s * model.days + day]!; i < dutyAt[s * model.days + day + 1]!; i++)
    for (let c = coverAt[i]!; c < coverAt[i + 1]!; c++) {
      const row = cover[c]!
      if (!open.has(row)) continue
      seats.push({ i, row, gain: pricing.prices[row]! - toll, homeward: model.travelWeight * home(duties, s, i) })
    }
  return seats
}

/** All orders of all sets of seats that gain at least the floor of their number; of several orders of a set the shortest. */
function enumerate(
  { duties }: Proof,
  s: number,
  day: number,
  seats: Seat[],
  floors: number[],
  found: Column[],
  most: number,
) {
  const { model, request, earliest } = duties
  const [ways, pauses] = [model.between[s]!, model.pauses[s]!]
  const known = new Map<string, Column>()
  const best = Math.max(0, ...seats.map(({ gain }) => gain))
  const chain: Seat[] = []
  let full = false
  const extend = (gain: number, start: number): void => {
    if (full) return
    const size = chain.length
    const last = chain[size - 1]!
    if (gain >= floors[size]!) {
      const rows = chain.map(({ row }) => row).sort((a, b) => a - b)
      const key = rows.join()
      const cost = chain.reduce((sum, seat) => sum + seat.gain, 0) - gain
      const column = known.get(key)
      if (column) column.cost = Math.min(column.cost, cost)
      else {
        const fresh = { s, day, rows, requests: chain.map(({ i }) => request[i]!), cost }
        known.set(key, fresh)
        found.push(fresh)
        full = found.length > most
      }
    }
    if (!floors.some((floor, count) => count > size && gain + (count - size) * best >= floor)) return
    const from = model.site[request[last.i]!]! * model.sites
    for (const seat of seats) {
      if (chain.some(other => other.i === seat.i)) continue
      const to = from + model.site[request[seat.i]!]!
      const more = gain + seat.gain - model.travelWeight * ways[to]! - seat.homeward + last.homeward
      const at = startAfter(duties, seat.i, start + model.duration[request[last.i]!]! + pauses[to]!)
      if (at < 0) continue
      chain.push(seat)
      extend(more, at)
      chain.pop()
    }
  }
  for (const seat of seats) {
    chain.push(seat)
    extend(seat.gain - 2 * seat.homeward, earliest[seat.i]!)
    chain.pop()
  }
  return !full
}
