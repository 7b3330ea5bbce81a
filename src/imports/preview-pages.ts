import { numberSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { problemSaid as formProblemSaid } from '../houses/field-words.ts'
import type { Say } from '../matching/words.ts'
import { problemSaid as requestProblemSaid, words as requestWords } from '../requests/words.ts'
import type { UnfitLine } from '../speakers/edit-pages.ts'
import { unfitLines } from '../talks/speaker-pages.ts'
import { kinds } from './kinds.ts'
import { confirmable } from './pages.ts'
import {
  type Change,
  type Choice,
  type ImportKind,
  type Match,
  type Options,
  type State,
  states,
  toWrite,
  unsettled,
  type Verdict,
  type Wrong,
} from './rules.ts'
import type { ImportRow, KeptRow } from './store.ts'
import { words as unfitWords } from './unfit-words.ts'
import { type ImportWords, words } from './words.ts'

export const rowsShown = 50

type Cell = { label: string; text: string; errors: string[] }
type Shown = {
  line: number
  title: string
  state: string
  tone: string
  /** Cells with something wrong, each with the words beside it. */
  wrong: Cell[]
  rest: Cell[]
  changes: { label: string; from: string; to: string }[]
  notes: string[]
  unfit: UnfitLine[]
  match: { href: string; text: string } | undefined
  choice: { name: string; options: { value: string; text: string; checked: boolean }[] } | undefined
}

declare module '../base/http/pages.ts' {
  interface Views {
    'imports/preview': {
      title: string
      here: 'admin'
      say: ImportWords
      id: string
      problem: string | undefined
      reading: string[]
      sayUnfit: string
      warnings: string[]
      filters: { href: string; text: string; here: boolean }[]
      rows: Shown[]
      decides: boolean
      where: { state: string; page: string }
      button: string | undefined
      leftOut: string | undefined
      nothing: string | undefined
      letters: boolean
      before: { href: string; text: string } | undefined
      after: { href: string; text: string } | undefined
    }
  }
}

const tones: Record<State, string> = {
  new: 'ok',
  changed: 'sky',
  same: '',
  unsure: 'wait',
  twice: 'wait',
  wrong: 'bad',
  skipped: '',
}
const titles: Record<ImportKind, string[]> = {
  speakers: ['name', 'name_kk', 'name_ru', 'name_en', 'email', 'phone'],
  hosts: ['name', 'name_kk', 'name_ru', 'name_en', 'district'],
  requests: ['own', 'host', 'topic', 'w0-date'],
}
const shownInTitle = 3

/** What a file would come to, row by row, with what stands in the way and what is to be decided. */
export function previewPage(
  language: Language,
  found: ImportRow & { until: string },
  rows: KeptRow[],
  options: Options,
  where: { state: State | undefined; page: number },
  unfit: { talks: number; say: Say },
  problem?: string,
) {
  const say = words[language]
  const { counts, reading, kind } = found
  const labels = kinds[kind].labels(language)
  const total = where.state ? counts[where.state] : Object.values(counts).reduce((sum, each) => sum + each, 0)
  const href = (state: State | undefined, page = 1) => {
    const query = new URLSearchParams({ ...(state ? { state } : {}), ...(page > 1 ? { page: String(page) } : {}) })
    return `/app/imports/${found.id}${query.size > 0 ? `?${query}` : ''}`
  }
  const listed = (fields: string[]) => fields.map(field => labels[field] ?? field).join(' · ')
  const all = rows.map(row => rowShown(language, kind, row, labels, options, unfit.say))
  const left = unsettled(counts) + counts.twice + counts.skipped
  const some = confirmable(counts)
  return {
    title: say.preview[kind],
    here: 'admin' as const,
    say,
    id: found.id,
    problem,
    reading: [
      ...(found.file_name ? [found.file_name] : []),
      say.encoding[reading.encoding],
      ...(reading.separator ? [`${say.separator}: ${say.separators[reading.separator] ?? reading.separator}`] : []),
      ...(reading.sheet ? [say.sheet(reading.sheet)] : []),
      ...(reading.sheets > 0 ? [say.moreSheets(reading.sheets)] : []),
      say.until(found.until),
    ],
    sayUnfit: unfitWords[language].unfit,
    warnings: [
      ...(unfit.talks > 0 ? [unfitWords[language].count(unfit.talks)] : []),
      ...(reading.lettersLost ? [say.lettersLost] : []),
      ...(reading.missing.length > 0 ? [say.missingColumns(listed(reading.missing))] : []),
      ...(reading.unknown.length > 0 ? [say.unknownColumns(reading.unknown.join(' · '))] : []),
    ],
    filters: [undefined, ...states]
      .filter(state => state === undefined || counts[state] > 0 || state === where.state)
      .map(state => ({
        href: href(state),
        here: state === where.state,
        text: `${state ? say.state[state] : say.all}: ${numberSaid(language, state ? counts[state] : Object.values(counts).reduce((sum, each) => sum + each, 0))}`,
      })),
    rows: all,
    decides: all.some(({ choice }) => choice !== undefined),
    where: { state: where.state ?? '', page: String(where.page) },
    button: some ? (left > 0 ? say.doRight(toWrite(counts)) : say.doAll(toWrite(counts))) : undefined,
    leftOut: some && left > 0 ? say.leftOut(left) : undefined,
    nothing: some ? undefined : left > 0 ? say.settle : say.nothing,
    letters: kind === 'requests',
    before: where.page > 1 ? { href: href(where.state, where.page - 1), text: say.before } : undefined,
    after: where.page * rowsShown < total ? { href: href(where.state, where.page + 1), text: say.after } : undefined,
  }
}

function rowShown(
  language: Language,
  kind: ImportKind,
  { line, cells, remarks, verdict, choice }: KeptRow,
  labels: Record<string, string>,
  options: Options,
  names: Say,
): Shown {
  const say = words[language]
  const errors = Map.groupBy(verdict.wrong, fieldOf)
  const cell = (field: string): Cell => ({
    label: labels[field] ?? field,
    text: cells[field] ?? '',
    errors: [...new Set((errors.get(field) ?? []).map(each => wrongSaid(language, labels, each)))],
  })
  const named = titles[kind].flatMap(field => cells[field] ?? [])
  return {
    line,
    title: [...new Set(named)].slice(0, shownInTitle).join(' · '),
    state: say.state[verdict.state],
    tone: tones[verdict.state],
    wrong: [...errors.keys()].map(cell),
    rest: Object.keys(cells)
      .filter(field => !errors.has(field))
      .map(cell),
    changes: verdict.changes.map(change => changeShown(say, labels, options, language, change)),
    notes: [
      ...verdict.maybe.flatMap(each => ('line' in each ? [say.lineAs(each.line, each.name)] : [])),
      ...(verdict.as === undefined ? [] : [say.twice(verdict.as)]),
      ...(kind === 'requests' && verdict.state === 'same' ? [say.stays] : []),
      ...remarks.map(each => `${say.remark[each.code]} (${say.column(each.column)})`),
    ],
    unfit: unfitLines(language, names, verdict.unfit ?? []),
    match: verdict.match && { href: hrefOf(kind, verdict.match.id), text: verdict.match.name },
    choice: choiceOf(say, kind, line, verdict, choice),
  }
}

const fieldOf = (wrong: Wrong): string => (wrong.by === 'form' ? wrong.problem.field : wrong.field)

function wrongSaid(language: Language, labels: Record<string, string>, wrong: Wrong): string {
  if (wrong.by === 'request') return requestProblemSaid(requestWords[language], wrong.problem)
  const label = labels[fieldOf(wrong)] ?? fieldOf(wrong)
  if (wrong.by === 'form') return formProblemSaid(language, label, wrong.problem)
  return `${label}: ${words[language].wrong[wrong.code]}`
}

function changeShown(
  say: ImportWords,
  labels: Record<string, string>,
  options: Options,
  language: Language,
  { field, from, to }: Change,
) {
  const named = (code: string) => options[field]?.find(each => each.code === code)?.name[language] ?? code
  const said = (codes: string[]) => codes.map(named).join(', ') || say.empty
  return { label: labels[field] ?? field, from: said(from), to: said(to) }
}

const hrefOf = (kind: ImportKind, id: string): string => `/app/${kind}/${id}`

/** What a coordinator may say of a row; of one that is plainly new, the same or wrong there is nothing to say. */
function choiceOf(
  say: ImportWords,
  kind: ImportKind,
  line: number,
  { state, maybe, match }: Verdict,
  choice: Choice,
): Shown['choice'] {
  const twin = state === 'twice' ? kind !== 'speakers' : state === 'same' && kind === 'requests'
  if (choice === '' && !twin && state !== 'unsure' && state !== 'changed') return
  const another = kind === 'requests' && !twin ? 'host:new' : 'new'
  const found = maybe.filter((each): each is Extract<Match, { id: string }> => 'id' in each)
  const isListed = choice === '' || choice === 'skip' || choice === 'new' || choice === 'host:new'
  const values: [string, string][] = [
    ['', state === 'unsure' ? say.undecided : say.asShown],
    ...found.map((each): [string, string] => [each.id, say.isThis([each.name, each.note].filter(Boolean).join(', '))]),
    ...(isListed || found.some(({ id }) => id === choice)
      ? []
      : [[choice, say.isThis(match?.name ?? '')] as [string, string]]),
    ...(twin || state === 'unsure'
      ? [[another, another === 'new' ? say.isNew : say.isNewHost] as [string, string]]
      : []),
    ...(!twin && state !== 'unsure' && (choice === 'new' || choice === 'host:new')
      ? [[choice, choice === 'new' ? say.isNew : say.isNewHost] as [string, string]]
      : []),
    ['skip', say.skip],
  ]
  return {
    name: `row-${line}`,
    options: values.map(([value, text]) => ({ value, text, checked: value === choice })),
  }
}
