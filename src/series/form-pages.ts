import type { Language } from '../base/i18n/language.ts'
import { dayOf } from '../requests/rules.ts'
import { rowCount, type SeriesProblem, type TypedSeries } from './form-rules.ts'
import { type SeriesKind, seriesKinds } from './rules.ts'
import { type SeriesWords, words } from './words.ts'

type Choice = { value: string; text: string; checked: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'series/new': {
      say: SeriesWords
      number: number
      title: string
      crumb: string
      kind: SeriesKind
      kinds: { href: string; text: string; here: boolean }[]
      typed: TypedSeries
      errors: { href: string; text: string }[]
      wrong: Record<string, string>
      classes: { n: number; name: string; heads: string }[]
      topics: { id: string; label: string; choices: Choice[] }[]
      rhythms: Choice[]
      dateType: 'date' | 'text'
    }
  }
}

export function seriesForm(
  language: Language,
  request: { number: number; host: string },
  kind: SeriesKind,
  typed: TypedSeries,
  topics: { id: string; title: string }[],
  problems: SeriesProblem[],
) {
  const said = words[language]
  const rows = Array.from({ length: rowCount }, (_, at) => at + 1)
  const first = typed['first'] ?? ''
  return {
    say: said,
    number: request.number,
    title: said.make,
    crumb: request.host,
    kind,
    kinds: seriesKinds.map(each => ({
      href: `/app/requests/${request.number}/series?kind=${each}`,
      text: said.kinds[each],
      here: each === kind,
    })),
    typed,
    errors: problems.map(({ field, code }) => ({ href: `#${field}`, text: said.mistakes[code] })),
    wrong: Object.fromEntries(problems.map(({ field, code }) => [field, said.mistakes[code]])),
    classes: rows.map(n => ({ n, name: typed[`class-${n}`] ?? '', heads: typed[`heads-${n}`] ?? '' })),
    topics: rows.map(n => ({
      id: `topic-${n}`,
      label: said.topic(n),
      choices: topics.map(({ id, title }) => ({ value: id, text: title, checked: typed[`topic-${n}`] === id })),
    })),
    rhythms: ['1', '2'].map(value => ({
      value,
      text: said.rhythms[Number(value)] ?? '',
      checked: (typed['every'] || '1') === value,
    })),
    dateType: first !== '' && !dayOf(first) ? ('text' as const) : ('date' as const),
  }
}
