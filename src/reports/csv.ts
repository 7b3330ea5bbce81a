import { stringify } from 'csv-stringify/sync'

export type Value = string | number | null

/** Excel and LibreOffice here read this: a byte order mark, semicolons, and no text that would be taken for a formula. */
export const csvHead = '\ufeff'
export const csvOf = (rows: Value[][]): string =>
  stringify(rows, { delimiter: ';', record_delimiter: '\r\n', escape_formulas: true })

/** The same of a long list, line by line: each text is made into a cell once, since 200,000 talks have few of them. */
export function csvLines(): (rows: Iterable<Value[]>) => string {
  const cells = new Map<Value, string>()
  function cellOf(value: Value): string {
    if (typeof value === 'number' && value >= 0) return String(value)
    const known = cells.get(value)
    if (known !== undefined) return known
    // beside another one, since a line that is empty is written otherwise
    const cell = csvOf([[0, value]]).slice('0;'.length, -'\r\n'.length)
    cells.set(value, cell)
    return cell
  }
  return rows => Iterator.from(rows).reduce((text, row) => `${text}${row.map(cellOf).join(';')}\r\n`, '')
}
