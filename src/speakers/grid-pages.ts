import { weekdayName, weekdayShort } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock } from '../base/time.ts'
import type { UnfitLine } from './edit-pages.ts'
import { cellOf, type Grid, gridDays, gridTimes, presets, shifts } from './grid-rules.ts'
import { type GridWords, words } from './grid-words.ts'

type Row = { time: string; cells: { value: string; checked: boolean; text: string }[] }
export type GridPart = {
  say: GridWords
  action: string
  days: { short: string; name: string }[]
  parts: { head: string; rows: Row[] }[]
  presets: { href: string; text: string }[]
  modes: { value: string; text: string; checked: boolean }[]
  error: string | undefined
}

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/week-grid': GridPart
    'speakers/grid': { title: string; say: GridWords; back: { href: string; text: string }; grid: GridPart } & {
      errors: { href: string; text: string }[]
      unfit: { title: string; text: string; lines: UnfitLine[]; anyway: string }
    }
    'speakers/my-grid': { title: string; invitations: number; grid: GridPart; errors: { href: string; text: string }[] }
  }
}

/** The grid as a table of boxes, under the headings of a school's shifts. */
export function gridPart(language: Language, action: string, grid: Grid, wrong = false): GridPart {
  const say = words[language]
  const rows = (from: number, to: number): Row[] =>
    gridTimes
      .filter(time => from <= time && time < to)
      .map(time => ({
        time: clock(time),
        cells: gridDays.map(weekday => {
          const value = cellOf(weekday, time)
          return { value, checked: grid.cells.has(value), text: `${weekdayName(language, weekday)}, ${clock(time)}` }
        }),
      }))
  return {
    say,
    action,
    // the first of January 2024 was a Monday
    days: gridDays.map(weekday => ({
      short: weekdayShort(language, `2024-01-0${weekday}`),
      name: weekdayName(language, weekday),
    })),
    parts: [
      { head: say.first, rows: rows(shifts.first.from, shifts.first.to) },
      { head: say.between, rows: rows(shifts.first.to, shifts.second.from) },
      { head: say.second, rows: rows(shifts.second.from, shifts.second.to) },
      { head: say.evening, rows: rows(shifts.second.to, 1440) },
    ],
    presets: (Object.keys(presets) as (keyof typeof presets)[]).map(preset => ({
      href: `${action}?paint=${preset}`,
      text: say.presets[preset],
    })),
    modes: (['only', 'any'] as const).map(value => ({
      value,
      text: say.modes[value],
      checked: grid.only === (value === 'only'),
    })),
    error: wrong ? say.none : undefined,
  }
}
