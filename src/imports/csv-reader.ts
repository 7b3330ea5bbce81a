import { CsvError, parse } from 'csv-parse/sync'
import { textOf } from './encoding-rules.ts'
import { type Line, mostColumns, mostRows, type Reading, type Refused } from './rules.ts'

export type Table = { lines: Line[]; reading: Omit<Reading, 'unknown' | 'missing'> }

const separators = [';', '\t', ',']
const longestRow = 200_000

/** Whether the bytes may be text at all: a picture or a program has zero bytes, and so has UTF-16, which says so first. */
const isText = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || !bytes.includes(0)

/** Lines of a text file, whatever separates its cells; quotes may hold separators and line ends. */
export function readCsv(bytes: Uint8Array): Table | { refused: Refused } {
  if (!isText(bytes)) return { refused: { code: 'not-a-table' } }
  const { text, ...decoded } = textOf(bytes)
  const told = /^sep=(.)\r?\n/i.exec(text)
  const separator = told?.[1] ?? separatorOf(text)
  const body = told ? text.slice(told[0].length) : text
  const reading = { ...decoded, separator, sheet: '', sheets: 0 }
  try {
    const records: string[][] = parse(body, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: longestRow,
      // empty rows count, so that a row has the number that a spreadsheet shows
      to: mostRows * 2,
    })
    const lines = records.flatMap((cells, at) =>
      cells.some(cell => cell.trim() !== '') ? [{ line: at + 1 + (told ? 1 : 0), cells, remarks: [] }] : [],
    )
    if (lines.some(({ cells }) => cells.length > mostColumns)) return { refused: { code: 'too-wide' } }
    return { lines, reading }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      return { refused: { code: 'open-quote', line: Number(error['lines'] ?? 1) } }
    return { refused: { code: 'broken' } }
  }
}

/** What stands most often between the cells of the first line that has any, outside quotes. */
function separatorOf(text: string): string {
  const head = text
    .slice(0, 50_000)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
  const counts = (line: string) => separators.map(each => line.split(each).length - 1)
  const found = head.map(counts).find(each => each.some(count => count > 0)) ?? [1, 0, 0]
  return separators[found.indexOf(Math.max(...found))] ?? ';'
}
