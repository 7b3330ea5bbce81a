import type { Language } from '../base/i18n/language.ts'
import { teamSaid } from '../matching/pages.ts'
import { reasonSaid, refusalSaid, type Say, warningSaid } from '../matching/words.ts'
import type { TellWords } from '../messages/tell-words.ts'
import { capital } from '../talks/shown-pages.ts'
import type { Outcome } from './choice-rules.ts'
import { skip, wayValue } from './choice-rules.ts'
import { failedLines, headOf, labelOf, momentSaid, whenOf } from './date-pages.ts'
import type { Option } from './option-rules.ts'
import type { Proposal } from './plan-rules.ts'
import type { DateRow, SeriesRow } from './store.ts'
import { type SeriesWords, words } from './words.ts'

type Way = {
  value: string
  way: string
  when: string
  who: string
  why: string
  warnings: string[]
  checked: boolean
  best: boolean
}
type PlannedDate = {
  position: number
  label: string
  number: number
  href: string
  booked: string | undefined
  ways: Way[]
  skipChecked: boolean
  hindrances: string[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'series/plan': {
      say: SeriesWords
      id: string
      title: string
      crumb: string
      tags: string[]
      failed: { when: string; lines: string[] }[]
      nothing: boolean
      open: number
      dates: PlannedDate[]
      skip: string
      note: string
      noteError: string | undefined
      sayTells: TellWords
    }
  }
}

const mostHindrances = 3

/** Every date with its own proposal; `picked` are the values of a form that came back. */
export function planPage(
  language: Language,
  series: SeriesRow,
  rows: DateRow[],
  proposals: Proposal[],
  say: Say,
  sayTells: TellWords,
  again: {
    outcomes?: Outcome[]
    picked?: Map<number, string>
    nothing?: boolean
    note?: string
    noteError?: string
  } = {},
) {
  const dates = rows.map(row => {
    const found = proposals.find(({ position }) => position === row.position)
    const picked = again.picked?.get(row.position)
    const open = row.state === 'waiting'
    const values = (open ? (found?.options ?? []) : []).map(option => wayValue(option.moment, option.team))
    const chosen = picked === skip ? skip : (values.find(value => value === picked) ?? values[0] ?? skip)
    return {
      position: row.position,
      label: labelOf(language, series.kind, row),
      number: row.number,
      href: row.talkId && !open ? `/app/talks/${row.talkId}` : `/app/requests/${row.number}`,
      booked: open ? undefined : whenOf(language, row),
      ways: open
        ? (found?.options ?? []).map((option, at) =>
            wayShown(language, option, values[at] ?? '', chosen, at === 0, say),
          )
        : [],
      skipChecked: chosen === skip,
      hindrances: open
        ? (found?.hindrances ?? []).slice(0, mostHindrances).map(each => refusalSaid(language, each, say))
        : [],
    }
  })
  return {
    ...headOf(language, series, rows),
    failed: failedLines(language, series.kind, rows, again.outcomes ?? [], say),
    nothing: again.nothing ?? false,
    open: rows.filter(({ state }) => state === 'waiting').length,
    dates,
    skip,
    note: again.note ?? '',
    noteError: again.noteError,
    sayTells,
  }
}

function wayShown(language: Language, option: Option, value: string, chosen: string, best: boolean, say: Say): Way {
  const said = words[language]
  const named = (ids: string[]) => ids.map(id => say.speaker(id)).join(', ')
  const differs =
    option.out.length + option.in.length > 0 ? `${said.instead(named(option.out), named(option.in))}. ` : ''
  return {
    value,
    way: said.ways[option.way],
    when: momentSaid(language, option.moment),
    who: teamSaid(option.team, say),
    why:
      differs +
      capital(
        option.reasons
          .slice(0, 2)
          .map(reason => reasonSaid(language, reason, say))
          .join(', '),
      ),
    warnings: option.warnings
      .filter(({ code }) => code !== 'outside-wishes' || option.way !== 'shift')
      .map(warning => warningSaid(language, warning, say)),
    checked: value === chosen,
    best,
  }
}
