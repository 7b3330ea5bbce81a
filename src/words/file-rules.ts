import { fold } from '../base/i18n/fold.ts'
import { cleanText } from '../base/text.ts'
import { type Line, mostRows, type Refused } from '../imports/rules.ts'
import {
  type Mark,
  proposals,
  type Read,
  standingOf,
  type Text,
  type Tongue,
  tongues,
  type Wrong,
  wrongOf,
} from './rules.ts'

/** The columns of a file of words, as an editor and as a program reads them. */
export const columns = ['key', 'feature', 'kk', 'ru', 'en', 'language', 'state', 'correction', 'note', 'hash'] as const
type Column = (typeof columns)[number]

/** A row as it was sent; `line` is its number in the spreadsheet. */
export type SentRow = { line: number } & Record<'key' | 'language' | 'state' | 'correction' | 'note' | 'hash', string>

const cell = (text: string): string => {
  // a spreadsheet would reckon with what begins like this
  const safe = /^[=+\-@\t\r']/.test(text) ? `'${text}` : text
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
const withoutGuard = (text: string): string => text.replace(/^'(?=[=+\-@\t\r'])/, '')

/** A table as Excel opens it here: a byte order mark and semicolons; no cell is ever a formula. */
export const csvOf = (headings: Record<Column, string>, tongue: Tongue, all: Read[]): string =>
  `\ufeff${[columns.map(column => headings[column]), ...all.map(read => cellsOf(tongue, read))]
    .map(cells => cells.map(cell).join(';'))
    .join('\r\n')}\r\n`

function cellsOf(tongue: Tongue, { text, mark, standing }: Read): string[] {
  const { kk, ru, en } = text.said
  const told = standing === 'unmarked' || standing === 'changed' ? undefined : mark
  const { state = '', correction = '', note = '' } = told ?? {}
  return [text.key, text.feature, kk, ru, en, tongue, state, correction ?? '', note, text.hashes[tongue]]
}

/** The same for developers: what was said of each text, nothing of who said it. */
export const jsonOf = (tongue: Tongue, all: Read[]): string =>
  `${JSON.stringify(
    all.map(({ text, mark, standing }) => ({
      key: text.key,
      language: tongue,
      text: text.said[tongue],
      hash: text.hashes[tongue],
      state: standing,
      correction: mark?.correction ?? null,
      note: mark?.note ?? '',
      others: (mark ? proposals(text, tongue, mark) : []).map(({ correction, note }) => ({ correction, note })),
    })),
    null,
    1,
  )}\n`

/** Rows by their headings, whatever order the columns have; a key and a correction or a state are needed. */
export function rowsOf(lines: Line[], headings: Record<Column, string>[]): { rows: SentRow[] } | { refused: Refused } {
  const [head, ...body] = lines
  if (!head) return { refused: { code: 'empty' } }
  const at = (column: Column) => {
    const names = new Set([column, ...headings.map(each => each[column])].map(fold))
    return head.cells.findIndex(title => names.has(fold(title)))
  }
  const places = Object.fromEntries(columns.map(column => [column, at(column)])) as Record<Column, number>
  if (places.key < 0 || (places.correction < 0 && places.state < 0)) return { refused: { code: 'no-headings' } }
  if (body.length > mostRows) return { refused: { code: 'too-many-rows' } }
  const of = (cells: string[], column: Column) =>
    cleanText(withoutGuard(places[column] < 0 ? '' : (cells[places[column]] ?? ''))).slice(0, 5000)
  return {
    rows: body.map(({ line, cells }) => ({
      ...{ line, key: of(cells, 'key'), language: of(cells, 'language'), state: of(cells, 'state') },
      ...{ correction: of(cells, 'correction'), note: of(cells, 'note'), hash: of(cells, 'hash') },
    })),
  }
}

export type RowWrong = Wrong | 'unknown-key' | 'unknown-language' | 'unknown-state' | 'changed' | 'twice'
export type Judged = { line: number; key: string; text: string } & (
  | { verdict: 'take'; tongue: Tongue; hash: string; state: 'good' | 'correction'; correction: string; note: string }
  | { verdict: 'same' | 'nothing' }
  | { verdict: 'wrong'; why: RowWrong; correction: string }
)

/** What each row of a file would do. `states`: what a reader may call the two states, in any language. */
export function judgeRows(
  rows: SentRow[],
  texts: Text[],
  marks: Record<Tongue, Mark[]>,
  states: Record<'good' | 'correction', string[]>,
): Judged[] {
  const known = new Map(texts.map(text => [text.key, text]))
  const before = new Map(tongues.flatMap(it => marks[it].map(mark => [`${it} ${mark.key}`, mark] as const)))
  const seen = new Set<string>()
  const means = (state: 'good' | 'correction', said: string) =>
    [state, ...states[state]].some(each => fold(each) === fold(said))
  return rows.map(row => {
    const { line, key, correction, note } = row
    const text = known.get(key)
    const tongue = tongues.find(it => it === (row.language || 'kk'))
    const wrong = (why: RowWrong): Judged => ({
      ...{ line, key, text: text && tongue ? text.said[tongue] : '', verdict: 'wrong', why, correction },
    })
    if (row.state === '' && correction === '' && note === '') return { line, key, text: '', verdict: 'nothing' }
    if (!text) return wrong('unknown-key')
    if (!tongue) return wrong('unknown-language')
    if (row.hash !== '' && row.hash !== text.hashes[tongue]) return wrong('changed')
    if (seen.has(`${tongue} ${key}`)) return wrong('twice')
    seen.add(`${tongue} ${key}`)
    const said = text.said[tongue]
    const good = correction === '' && means('good', row.state)
    if (!good && row.state !== '' && !means('good', row.state) && !means('correction', row.state))
      return wrong('unknown-state')
    const why = good ? (note.length > 500 ? 'note-long' : undefined) : wrongOf(said, correction, note)
    if (why) return wrong(why)
    const state = good ? 'good' : 'correction'
    const mark = before.get(`${tongue} ${key}`)
    const stands = mark && standingOf(text, tongue, mark) === state
    if (stands && (mark.correction ?? '') === correction && mark.note === note)
      return { line, key, text: said, verdict: 'same' }
    const hash = text.hashes[tongue]
    return { line, key, text: said, verdict: 'take', tongue, hash, state, correction, note }
  })
}
