import { createHash } from 'node:crypto'

/** Chance that repeats itself: the same seed draws the same. */
export type Random = {
  /** From 0 inclusive to 1 exclusive. */
  next: () => number
  /** A whole number, both ends possible. */
  whole: (from: number, to: number) => number
  chance: (share: number) => boolean
  pick: <Item>(list: readonly Item[]) => Item
  shuffled: <Item>(list: readonly Item[]) => Item[]
}

/** mulberry32: 32 bits of state are plenty for a demonstration. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <Item>(list: readonly Item[]): Item => {
    const item = list[whole(0, list.length - 1)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  const shuffled = <Item>(list: readonly Item[]): Item[] =>
    list
      .map(item => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  return { next, whole, chance: share => next() < share, pick, shuffled }
}

/** An id that is the same in every seeding, so that what is drawn by it is the same, too. */
export function seedId(...parts: (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
