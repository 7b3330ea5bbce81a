import { dateWithoutWeekday, timesSaid, weekdayShort } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Day, type Moment, minuteOf } from '../base/time.ts'
import { quoted, refusalsShown } from '../matching/pages.ts'
import type { Say } from '../matching/words.ts'
import { obstructionSaid } from '../talks/pages.ts'
import type { Obstruction } from '../talks/rules.ts'
import { terms } from '../talks/words.ts'
import type { Outcome } from './choice-rules.ts'
import type { SeriesKind } from './rules.ts'
import type { DateRow, SeriesRow } from './store.ts'
import { words } from './words.ts'

/** `вт, 1 декабря`: a series runs over months. */
export const daySaid = (language: Language, day: Day): string =>
  `${weekdayShort(language, day)}, ${dateWithoutWeekday(language, day)}`

export const momentSaid = (language: Language, { day, from, to }: Moment): string =>
  `${daySaid(language, day)}, ${timesSaid(from, to)}`

/** When a date is held: its talk's time, or the day that is wished. */
export function whenOf(language: Language, row: DateRow): string {
  const from = row.fromTime === null ? undefined : minuteOf(row.fromTime)
  if (row.heldOn === null || from === undefined || row.minutes === null || row.talkState === 'cancelled')
    return daySaid(language, row.day)
  return momentSaid(language, { day: row.heldOn, from, to: from + row.minutes })
}

/** What tells one date from the others: its class or its topic. */
export const whatOf = (language: Language, kind: SeriesKind, row: DateRow): string =>
  kind === 'day' ? row.className : kind === 'programme' ? quoted(row.topic) : terms[language].people(row.heads)

/** `1. 9А`. */
export const labelOf = (language: Language, kind: SeriesKind, row: DateRow): string =>
  [
    `${row.position}.`,
    kind === 'day' ? row.className : daySaid(language, row.day),
    kind === 'programme' ? quoted(row.topic) : '',
  ]
    .filter(part => part !== '')
    .join(' ')

/** What all pages of a series say of it above. */
export function headOf(language: Language, series: SeriesRow, rows: DateRow[]) {
  const [first] = rows
  const said = words[language]
  const topics = new Set(rows.map(({ topic }) => topic))
  return {
    say: said,
    id: series.id,
    title: series.name,
    crumb: first?.host ?? '',
    tags: [
      said.kinds[series.kind],
      ...(series.kind === 'programme' ? [said.rhythms[series.every_weeks ?? 1] ?? ''] : []),
      ...(topics.size === 1 && first ? [quoted(first.topic)] : []),
    ],
  }
}

/** What could not be done, a line for each date. */
export function failedLines(
  language: Language,
  kind: SeriesKind,
  rows: DateRow[],
  outcomes: Outcome[],
  say: Say,
): { when: string; lines: string[] }[] {
  return outcomes.flatMap(({ position, refused }) => {
    const row = rows.find(each => each.position === position)
    return row && refused ? [{ when: labelOf(language, kind, row), lines: hindered(language, refused, say) }] : []
  })
}

function hindered(language: Language, refused: Obstruction, say: Say): string[] {
  if (refused.code === 'missing') return []
  return refused.code === 'impossible'
    ? refusalsShown(language, refused.refusals, say)
    : [obstructionSaid(language, refused)]
}
