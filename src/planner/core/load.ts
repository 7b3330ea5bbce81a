import type { Model } from './model.ts'

/** Scratch for what one speaker does in the whole horizon: rows by day and by week, each entry a number of talks so far. */
export type LoadDesk = {
  /** Entries of a speaker-day, of a row by day, of a row by week. */
  entries: number
  width: number
  total: number
  byDay: Float64Array
  dayPick: Int32Array
  byWeek: Float64Array
  weekPick: Int32Array
  /** What was found: how many talks on each day. */
  talks: Int32Array
}

export function loadDeskFor({ days, weeks, instance, maxWeek }: Model, entries: number): LoadDesk {
  const perWeek = (entries - 1) * Math.min(days, instance.horizon.daysPerWeek)
  const width = 1 + Math.max(0, ...Array.from(maxWeek, most => Math.min(most, perWeek)))
  const total = 1 + (width - 1) * weeks
  return {
    ...{ entries, width, total, talks: new Int32Array(days) },
    ...{ byDay: new Float64Array(days * width), dayPick: new Int32Array(days * width) },
    ...{ byWeek: new Float64Array(weeks * total), weekPick: new Int32Array(weeks * total) },
  }
}

/**
 * The most a speaker gains less fair load, caps kept, at given gains by day and number of talks; exact, by dynamic programming over
 * days, then weeks, then the load that each further talk adds.
 */
export function bestLoad(model: Model, s: number, gain: Float64Array, desk: LoadDesk): number {
  const { days, weeks } = model
  const { entries, width, total, byDay, dayPick, byWeek, weekPick, talks } = desk
  const { daysPerWeek } = model.instance.horizon
  const each = Math.min(entries - 1, model.maxDay[s]!)
  const cap = Math.min(model.maxWeek[s]!, width - 1)
  let whole = 0
  for (let week = 0, day = 0; week < weeks; week++) {
    let size = 0
    for (const end = Math.min(days, day + daysPerWeek); day < end; day++) {
      const before = size
      const begins = day % daysPerWeek === 0
      size = Math.min(cap, before + each)
      const own = (s * days + day) * entries
      for (let c = 0; c <= size; c++) {
        let [best, pick] = [Number.NEGATIVE_INFINITY, 0]
        for (let b = Math.max(0, c - before); b <= each && b <= c; b++) {
          const sum = gain[own + b]! + (begins ? 0 : byDay[(day - 1) * width + c - b]!)
          if (sum > best) [best, pick] = [sum, b]
        }
        byDay[day * width + c] = best
        dayPick[day * width + c] = pick
      }
    }
    const last = (day - 1) * width
    const before = whole
    whole = before + size
    for (let c = 0; c <= whole; c++) {
      let [best, pick] = [Number.NEGATIVE_INFINITY, 0]
      for (let b = Math.max(0, c - before); b <= size && b <= c; b++) {
        const sum = byDay[last + b]! + (week === 0 ? 0 : byWeek[(week - 1) * total + c - b]!)
        if (sum > best) [best, pick] = [sum, b]
      }
      byWeek[week * total + c] = best
      weekPick[week * total + c] = pick
    }
  }
  const fairAt = model.fairAt[s]!
  const toll = model.fair[fairAt + 1]!
  let [most, count, fair] = [0, 0, 0]
  for (let n = 1; n <= whole && n <= model.most[s]!; n++) {
    fair += model.fair[fairAt + n]! - toll
    const less = byWeek[(weeks - 1) * total + n]! - fair
    if (less > most) [most, count] = [less, n]
  }
  for (let week = weeks - 1, day = days - 1; week >= 0; week--) {
    let own = weekPick[week * total + count]!
    count -= own
    for (; day >= week * daysPerWeek; day--) {
      talks[day] = dayPick[day * width + own]!
      own -= talks[day]!
    }
  }
  return most
}

/** The most that two lists of gains by number give together for each total number. */
function joined(a: number[], b: number[], cap: number): number[] {
  const sums = Array<number>(Math.min(cap, a.length + b.length - 2) + 1).fill(Number.NEGATIVE_INFINITY)
  for (let n = 0; n < a.length; n++)
    for (let m = 0; m < b.length && n + m < sums.length; m++) sums[n + m] = Math.max(sums[n + m]!, a[n]! + b[m]!)
  return sums
}

/** For each of several lists what all others give together. */
function withoutEach(lists: number[][], cap: number): number[][] {
  const behind: number[][] = [[0]]
  for (let n = lists.length - 1; n > 0; n--) behind.push(joined(behind.at(-1)!, lists[n]!, cap))
  let before = [0]
  return lists.map((list, n) => {
    const rest = joined(before, behind[lists.length - 1 - n]!, cap)
    before = joined(before, list, cap)
    return rest
  })
}

/**
 * For each day and number of talks on it, the most that a speaker gains on all other days, less the fair load of all: minus infinity
 * where so many can't be.
 */
export function elsewhere(model: Model, s: number, gain: Float64Array, entries: number): Float64Array {
  const { days, weeks, instance } = model
  const { daysPerWeek } = instance.horizon
  const cap = model.maxWeek[s]!
  const each = Math.min(entries - 1, model.maxDay[s]!)
  const listOf = (day: number) =>
    Array.from(gain.subarray((s * days + day) * entries, (s * days + day) * entries + each + 1))
  const byDay = Array.from({ length: days }, (_, day) => listOf(day))
  const inWeek = Array.from({ length: weeks }, (_, week) => byDay.slice(week * daysPerWeek, (week + 1) * daysPerWeek))
  const weekly = inWeek.map(lists => lists.reduce((sum, list) => joined(sum, list, cap), [0]))
  const fair = [0]
  for (let n = 1; n <= model.most[s]! && n <= days * each; n++)
    fair.push(fair[n - 1]! + model.fair[model.fairAt[s]! + n]! - model.fair[model.fairAt[s]! + 1]!)
  const found = new Float64Array(days * entries).fill(Number.NEGATIVE_INFINITY)
  for (const [week, others] of withoutEach(weekly, Number.POSITIVE_INFINITY).entries()) {
    // what so many talks in this week leave for the other weeks
    const left = Array.from({ length: Math.min(cap, daysPerWeek * each) + 1 }, (_, n) => {
      let best = Number.NEGATIVE_INFINITY
      for (let m = 0; m < others.length && n + m < fair.length; m++) best = Math.max(best, others[m]! - fair[n + m]!)
      return best
    })
    for (const [at, rest] of withoutEach(inWeek[week]!, cap).entries())
      for (let talks = 0; talks <= each; talks++)
        for (let n = 0; n < rest.length && n + talks < left.length; n++) {
          const to = (week * daysPerWeek + at) * entries + talks
          found[to] = Math.max(found[to]!, rest[n]! + left[n + talks]!)
        }
  }
  return found
}
