import type { Model } from './model.ts'
import type { Day } from './pricing.ts'

/** What a speaker does in the whole horizon at given gains by day: the most that gains less fair load, caps kept, and how often each day. */
export type Load = { gain: number; talks: Int32Array }

/** Exact, by dynamic programming over days, then weeks, then the load that each further talk adds. */
export function bestLoad(model: Model, s: number, days: Day[]): Load {
  const cap = model.maxWeek[s]!
  const weeks = Array.from({ length: model.weeks }, (_, week) =>
    packed(
      days.filter((_, day) => model.weekOf[day] === week).map(({ gain }) => gain),
      cap,
    ),
  )
  const whole = packed(
    weeks.map(({ gain }) => gain),
    Number.POSITIVE_INFINITY,
  )
  const toll = model.fair[model.fairAt[s]! + 1]!
  let [best, count, fair] = [0, 0, 0]
  for (let n = 1; n < whole.gain.length && n <= model.most[s]!; n++) {
    fair += model.fair[model.fairAt[s]! + n]! - toll
    if (whole.gain[n]! - fair > best) [best, count] = [whole.gain[n]! - fair, n]
  }
  const talks = new Int32Array(model.days)
  const perWeek = whole.shares(count)
  let day = 0
  for (const [week, n] of perWeek.entries()) for (const talksThen of weeks[week]!.shares(n)) talks[day++] = talksThen
  return { gain: best, talks }
}

/** The most that lists of gains by number give together for each total number, and how a total is shared among them. */
export function packed(lists: number[][], cap: number) {
  const stages: number[][] = [[0]]
  for (const list of lists) {
    const before = stages.at(-1)!
    const size = Math.min(cap, before.length + list.length - 2) + 1
    const after = Array<number>(size).fill(Number.NEGATIVE_INFINITY)
    for (let a = 0; a < before.length; a++)
      for (let b = 0; b < list.length && a + b < size; b++)
        if (before[a]! + list[b]! > after[a + b]!) after[a + b] = before[a]! + list[b]!
    stages.push(after)
  }
  const gain = stages.at(-1)!
  const shares = (total: number): number[] => {
    const found: number[] = []
    let left = total
    for (let n = lists.length - 1; n >= 0; n--) {
      const before = stages[n]!
      const list = lists[n]!
      let b = 0
      while (left - b >= before.length || before[left - b]! + (list[b] ?? Number.NaN) !== stages[n + 1]![left]) b++
      found.unshift(b)
      left -= b
    }
    return found
  }
  return { gain, shares }
}
