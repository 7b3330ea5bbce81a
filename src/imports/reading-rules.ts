import { findHeadings } from './heading-rules.ts'
import { type Cells, type Column, type Line, mostRows, type Reading, type Refused, type Row } from './rules.ts'

/** A cell that is longer than this holds no answer of a form. */
const longestCell = 5000

export type Read = { rows: Row[]; reading: Reading } | { refused: Refused }

/** Rows by the fields their headings name; what nobody needs is left out and said, what is needed and not there as well. */
export function rowsOf(
  { lines, reading }: { lines: Line[]; reading: Omit<Reading, 'unknown' | 'missing'> },
  { columns, keys, needs }: { columns: Column[]; keys: string[]; needs: string[][] },
): Read {
  if (lines.length === 0) return { refused: { code: 'empty' } }
  const headings = findHeadings(lines, columns)
  if (!headings) return { refused: { code: 'no-headings' } }
  const { at, fields, unknown } = headings
  const has = (field: string) => fields.includes(field)
  const titles = lines[at]?.cells ?? []
  const table = lines.slice(at + 1)
  if (!keys.some(has)) return { refused: { code: 'no-columns', fields: keys } }
  if (table.length === 0) return { refused: { code: 'empty' } }
  if (table.length > mostRows) return { refused: { code: 'too-many-rows' } }
  const rows = table.map(({ line, cells, remarks }) => {
    const found: Cells = {}
    for (const [column, field] of fields.entries()) {
      const text = cells[column]?.trim() ?? ''
      if (field !== undefined && text !== '') found[field] = text.slice(0, longestCell)
    }
    return {
      line,
      cells: found,
      remarks: remarks
        .filter(each => fields[each.at] !== undefined)
        .map(each => ({ code: each.code, column: titles[each.at]?.trim() ?? '' })),
    }
  })
  const missing = needs.filter(each => !each.some(has)).map(([field]) => field ?? '')
  return { rows, reading: { ...reading, unknown, missing } }
}
