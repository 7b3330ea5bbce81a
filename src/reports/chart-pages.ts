import { dateWithoutWeekday, dateWithYear, monthShort } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Day, mondayOf } from '../base/time.ts'
import { allSteps, type Period, stepOf, stepsOf } from './period-rules.ts'
import type { Report } from './report-store.ts'
import { type Figures, veiled } from './rules.ts'
import { hiddenText } from './table-pages.ts'

export type Step = { day: Day; name: string; short: string; held: number; open: number; now: boolean }
export type Column = {
  x: number
  middle: number
  /** Held below, what is open or ahead above it with a dashed edge: told apart without colour. */
  held: { y: number; height: number } | undefined
  open: { y: number; height: number } | undefined
  now: boolean
  text: string
  outside: string
  textY: number
  label: string
}
export type Chart = { width: number; height: number; axis: number; columns: Column[]; barWidth: number }

/** The talks of a period by week, month or year. */
export function stepsIn(language: Language, period: Period, days: Report['days'], today: Day): Step[] {
  const step = stepsOf(period)
  const found = new Map<Day, Pick<Figures, 'held' | 'open'>>()
  for (const [day, { held, open }] of days) {
    const key = stepOf(step, day)
    const before = found.get(key) ?? { held: 0, open: 0 }
    found.set(key, { held: before.held + held, open: before.open + open })
  }
  const current = step === 'week' ? mondayOf(today) : stepOf(step, today)
  return allSteps(period).map((day, at) => ({
    day,
    ...(found.get(day) ?? { held: 0, open: 0 }),
    now: day === current,
    name:
      step === 'year'
        ? day.slice(0, 4)
        : step === 'month'
          ? `${monthShort(language, day)} ${day.slice(0, 4)}`
          : dateWithYear(language, day),
    short:
      step === 'year'
        ? day.slice(0, 4)
        : step === 'month'
          ? monthShort(language, day)
          : at === 0 || Number(day.slice(8)) <= 7
            ? shortDate(language, day)
            : String(Number(day.slice(8))),
  }))
}
const shortDate = (language: Language, day: Day): string =>
  `${dateWithoutWeekday(language, day).split(' ')[0]} ${monthShort(language, day)}`

const [top, floor, width] = [20, 168, 596]

/** What is hidden of steps, in their table and in their chart. */
export const veilOf = (steps: Pick<Step, 'held' | 'open'>[]): boolean[][] =>
  veiled(
    steps.map(({ held, open }) => [held, open]),
    true,
  )

/** Bars as numbers; the view draws them. Outside, a bar that could be measured is not there. */
export function chartOf(steps: Step[], outside: boolean): Chart {
  const veil = veilOf(steps)
  const most = Math.max(1, ...steps.map(({ held, open }) => held + open))
  const pitch = (width - 16) / Math.max(1, steps.length)
  const barWidth = Math.min(34, pitch * 0.72)
  const high = (value: number) => Math.round((value / most) * (floor - top))
  return {
    width,
    height: 194,
    axis: floor,
    barWidth,
    columns: steps.map(({ held, open, now, short }, at) => {
      const x = Math.round((8 + at * pitch + (pitch - barWidth) / 2) * 10) / 10
      const [heldHigh, openHigh] = [high(held), high(open)]
      const sum = held + open
      const hidden = veil[at]?.includes(true) === true
      const drawn = !(outside && hidden)
      return {
        x,
        middle: Math.round((x + barWidth / 2) * 10) / 10,
        held: drawn && held > 0 ? { y: floor - heldHigh, height: heldHigh } : undefined,
        open: drawn && open > 0 ? { y: floor - heldHigh - openHigh, height: openHigh } : undefined,
        now,
        text: sum > 0 ? String(sum) : '',
        outside: hidden ? hiddenText : sum > 0 ? String(sum) : '',
        textY: drawn ? floor - heldHigh - openHigh - 6 : floor - 6,
        label: short,
      }
    }),
  }
}

/** How wide bars are on a scale of 200, by the largest. */
export function widths(values: { all: number; part: number }[]): { all: number; part: number }[] {
  const most = Math.max(1, ...values.map(({ all }) => all))
  const wide = (value: number) => Math.round((value / most) * 200)
  return values.map(({ all, part }) => ({ all: wide(all), part: wide(part) }))
}

/** A quarter of the way each, as four shades; the numbers stand in the tile. */
export const shadeOf = (visited: number, hosts: number): 1 | 2 | 3 | 4 => {
  const share = hosts === 0 ? 0 : visited / hosts
  return share >= 0.75 ? 4 : share >= 0.5 ? 3 : share >= 0.25 ? 2 : 1
}
