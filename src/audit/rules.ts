/** A row as it lies in the table; the time in microseconds, for no change is too small to be found. */
export type Row = {
  n: number
  micros: string
  byWhom: string
  actorId: string | null
  place: string
  kind: string
  thing: string
  thingId: string
  old: string
  new: string
  previous: string
  hash: string
}
export type Head = { n: number; hash: string }
export type Fault = { n: number; how: 'changed' | 'missing' | 're-ordered' | 'added' | 'head' | 'rewritten' }
type Hash = (text: string) => string

/** What stands before the first row. */
export const beginning = '0'.repeat(64)

/** What is hashed of a row that stands at this place behind this hash: the very text that `write_journal` makes in the database. */
export const textOf = (houseId: string, row: Row, n: number, previous: string): string =>
  [
    previous,
    houseId,
    n,
    row.micros,
    row.byWhom,
    row.actorId ?? '',
    row.place,
    row.kind,
    row.thing,
    row.thingId,
    row.old,
    row.new,
  ].join('\n')

/**
 * Goes along the chain of a House, row by row in the order of their numbers, and says at which row it is broken first and how.
 * `total` is how many rows there are: more or fewer than the head says tell what was added or taken out from what was moved.
 */
export function along(houseId: string, head: Head | undefined, total: number, hash: Hash) {
  let [n, last] = [0, beginning]
  const own = (row: Row, place: number) => hash(textOf(houseId, row, place, row.previous)) === row.hash
  const most = Math.max(total, head?.n ?? 0)
  /** The place that a row was written for, when it is not this one. */
  const placeOf = (row: Row) => {
    for (let distance = 1; distance <= most; distance++)
      for (const place of [row.n + distance, row.n - distance])
        if (place > 0 && place <= most && own(row, place)) return place
    return undefined
  }
  const said = (at: number, moved: boolean): Fault => {
    if (head && total > head.n) return { n: at, how: 'added' }
    if (head && total < head.n) return { n: at, how: 'missing' }
    return { n: at, how: moved ? 're-ordered' : 'changed' }
  }
  return {
    next(row: Row): Fault | undefined {
      if (row.n > n + 1) return { n: n + 1, how: 'missing' }
      if (row.n < n + 1) return { n: row.n, how: 'added' }
      if (own(row, row.n)) {
        // a row that is right in itself behind one that was sealed anew
        if (row.previous !== last) return { n: Math.max(1, n), how: 'changed' }
        ;[n, last] = [row.n, row.hash]
        return
      }
      if (row.previous === last) return said(row.n, false)
      const place = placeOf(row)
      return said(place === n && head && total > head.n ? n : row.n, place !== undefined)
    },
    end(): Fault | undefined {
      if (!head) return n > 0 ? { n, how: 'head' } : undefined
      if (head.n > n) return { n: n + 1, how: 'missing' }
      if (head.n < n) return { n: head.n + 1, how: 'added' }
      return head.hash === last ? undefined : { n, how: 'head' }
    },
  }
}
