import { stringify } from 'csv-stringify/sync'

export type Value = string | number | null

/** Excel and LibreOffice here read this: a byte order mark, semicolons, and no text that would be taken for a formula. */
export const csvHead = '\ufeff'
export const csvOf = (rows: Value[][]): string =>
  stringify(rows, { delimiter: ';', record_delimiter: '\r\n', escape_formulas: true })
