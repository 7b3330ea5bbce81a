import type { Value } from './csv.ts'
import type { Table } from './table-pages.ts'

type Sheet = { name: string; rows: Value[][] }

/** A small workbook, a sheet a table, with numbers as numbers and texts as texts, whatever they begin with. */
export async function workbookOf(sheets: Sheet[]): Promise<Buffer> {
  // 20 MB of every process otherwise, for a file that few open
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  return writeXlsxFile(
    sheets.map(({ name, rows }) => ({
      sheet: sheetName(name),
      data: rows.map((row, at) =>
        row.map(value =>
          value === null
            ? null
            : typeof value === 'number'
              ? { value, type: Number }
              : { value, type: String, ...(at === 0 ? { fontWeight: 'bold' as const } : {}) },
        ),
      ),
      columns: (rows[0] ?? []).map((_, at) => ({ width: at === 0 ? 44 : 16 })),
    })),
  ).toBuffer()
}

/** Excel takes 31 signs, and not all of them. */
export const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)

/** Names of sheets are told apart by their number, since two may begin alike. */
export const sheetsOf = (tables: Table[], rowsOf: (table: Table) => Value[][]): Sheet[] =>
  tables.map((table, at) => ({ name: `${at + 1} ${table.title}`, rows: rowsOf(table) }))
