import { clock, type Minute, type Weekday } from '../base/time.ts'
import type { Weekly } from './rules.ts'

export type Hours = (Weekly & { given: boolean })[]
/** Painted half-hours of a week, `1-08:30`: free to be asked. `only`: outside them nobody asks, else only inside the grid. */
export type Grid = { only: boolean; cells: Set<string> }

export const gridDays: Weekday[] = [1, 2, 3, 4, 5, 6]
const [start, end, step] = [480, 1200, 30]
export const gridTimes: Minute[] = Array.from({ length: (end - start) / step }, (_, at) => start + at * step)
/** The shifts of a school, roughly (domain.md section 4): rows under one heading, and one click to paint them. */
export const shifts = { first: { from: 480, to: 810 }, second: { from: 840, to: 1170 } }

export const cellOf = (weekday: Weekday, from: Minute): string => `${weekday}-${clock(from)}`
const allCells = gridDays.flatMap(weekday => gridTimes.map(from => cellOf(weekday, from)))

export const presets = {
  all: { from: start, to: end },
  first: shifts.first,
  second: shifts.second,
  none: { from: 0, to: 0 },
}
type Preset = keyof typeof presets
const isPreset = (text: string): text is Preset => Object.hasOwn(presets, text)

/** The half-hours of every day that one click paints. */
export const painted = (preset: Preset): Set<string> =>
  new Set(
    gridDays.flatMap(weekday =>
      gridTimes
        .filter(from => presets[preset].from <= from && from < presets[preset].to)
        .map(from => cellOf(weekday, from)),
    ),
  )

/** What somebody's weekly hours look like in the grid: a half-hour is painted when the whole of it is free. */
export function gridOf(hours: Hours): Grid {
  const only = hours.some(({ given }) => given)
  const free = (weekday: Weekday, from: Minute) => {
    const its = hours.filter(each => each.weekday === weekday)
    const offered = joined(its.filter(({ given }) => given))
    return (
      (!only || offered.some(each => each.from <= from && from + step <= each.to)) &&
      !its.some(each => !each.given && each.from < from + step && from < each.to)
    )
  }
  return {
    only,
    cells: new Set(gridDays.flatMap(day => gridTimes.filter(from => free(day, from)).map(from => cellOf(day, from)))),
  }
}

/** More than the grid has: a form may name no more. */
export const mostCells = 200
/** What a form says of the grid; what is no cell is left out. */
export const gridSent = ({ outside, cells }: { outside: string; cells: string[] }): Grid => ({
  only: outside !== 'any',
  cells: cellsOf(cells),
})
/** The grid as it is kept, or as one click of a preset paints it before it is kept. */
export const gridAsked = (paint: string, kept: Grid): Grid =>
  isPreset(paint) ? { ...kept, cells: painted(paint) } : kept

export const cellsOf = (sent: string[]): Set<string> => new Set(sent.filter(cell => allCells.includes(cell)))

/**
 * The weekly hours that a painted grid means. A day on which nothing was repainted keeps its exact minutes, and what lies
 * outside the grid stays as it was; undefined: only painted hours count and none is painted, which would mean all of them.
 */
export function hoursOf(before: Hours, grid: Grid): Hours | undefined {
  const was = gridOf(before)
  const all: Weekday[] = [...gridDays, 7]
  const hours = all.flatMap(weekday => {
    const its = before.filter(each => each.weekday === weekday)
    const day = { its, weekday }
    if (was.only === grid.only && (weekday === 7 || sameDay(weekday, was.cells, grid.cells))) return its
    return [...givenOn(day, grid), ...busyOn(day, grid)]
  })
  return grid.only && !hours.some(({ given }) => given) ? undefined : hours
}

const sameDay = (weekday: Weekday, a: Set<string>, b: Set<string>): boolean =>
  gridTimes.every(from => a.has(cellOf(weekday, from)) === b.has(cellOf(weekday, from)))

type DayOf = { its: Hours; weekday: Weekday }

function givenOn({ its, weekday }: DayOf, { only, cells }: Grid): Hours {
  if (!only) return []
  const outside = beyond(
    its.filter(({ given }) => given),
    weekday,
  )
  return joined([...outside, ...runs(weekday, from => cells.has(cellOf(weekday, from)))]).map(part => ({
    ...part,
    weekday,
    given: true,
  }))
}

function busyOn({ its, weekday }: DayOf, { only, cells }: Grid): Hours {
  const outside = beyond(
    its.filter(({ given }) => !given),
    weekday,
  )
  const inside = only || weekday === 7 ? [] : runs(weekday, from => !cells.has(cellOf(weekday, from)))
  return joined([...outside, ...inside]).map(part => ({ ...part, weekday, given: false }))
}

type Part = { from: Minute; to: Minute }

/** The parts that no cell covers; on Sunday, which has none, all of them. */
function beyond(parts: Part[], weekday: Weekday): Part[] {
  if (weekday === 7) return parts
  return parts.flatMap(({ from, to }) =>
    [
      { from, to: Math.min(to, start) },
      { from: Math.max(from, end), to },
    ].filter(part => part.from < part.to),
  )
}

const runs = (weekday: Weekday, takes: (from: Minute) => boolean): Part[] =>
  weekday === 7 ? [] : joined(gridTimes.filter(takes).map(from => ({ from, to: from + step })))

function joined(parts: Part[]): Part[] {
  const found: Part[] = []
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else found.push({ from, to })
  }
  return found
}
