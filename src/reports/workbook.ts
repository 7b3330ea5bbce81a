import { Zip, ZipDeflate } from 'fflate'
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
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)

/** Names of sheets are told apart by their number, since two may begin alike. */
export const sheetsOf = (tables: Table[], rowsOf: (table: Table) => Value[][]): Sheet[] =>
  tables.map((table, at) => ({ name: `${at + 1} ${table.title}`, rows: rowsOf(table) }))

const rowsOfSheet = 1_000_000
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const packed = 'http://schemas.openxmlformats.org/package/2006'

/**
 * A long list as a workbook, piece by piece as its rows come: write-excel-file holds the whole of it, which took 890 MB
 * for 200,000 talks. A sheet ends before Excel's own end.
 */
export async function* streamedWorkbook(name: string, batches: AsyncIterable<Value[][]>): AsyncGenerator<Buffer> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, data) => {
    if (error) throw error
    ready.push(data)
  })
  const encoder = new TextEncoder()
  const part = (path: string) => {
    const file = new ZipDeflate(path, { level: 3 })
    zip.add(file)
    return (text: string, last = false) => file.push(encoder.encode(text), last)
  }
  function* drained(): Generator<Buffer> {
    if (ready.length > 0) yield Buffer.concat(ready.splice(0))
  }
  let [sheets, row] = [0, rowsOfSheet]
  let write = (_: string, _last?: boolean): void => {}
  const open = () => {
    if (sheets > 0) write('</sheetData></worksheet>', true)
    sheets++
    row = 0
    write = part(`xl/worksheets/sheet${sheets}.xml`)
    write(`${head}<worksheet xmlns="${main}"><sheetData>`)
  }
  for await (const batch of batches) {
    if (row + batch.length > rowsOfSheet) open()
    row += batch.length
    write(batch.map(rowXml).join(''))
    yield* drained()
  }
  if (sheets === 0) open()
  write('</sheetData></worksheet>', true)
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1)
  part('xl/workbook.xml')(
    `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers
      .map(n => `<sheet name="${escapedXml(sheetName(`${n} ${name}`))}" sheetId="${n}" r:id="rId${n}"/>`)
      .join('')}</sheets></workbook>`,
    true,
  )
  part('xl/_rels/workbook.xml.rels')(
    `${head}<Relationships xmlns="${packed}/relationships">${numbers
      .map(n => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)
      .join('')}</Relationships>`,
    true,
  )
  part('_rels/.rels')(
    `${head}<Relationships xmlns="${packed}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    true,
  )
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  part('[Content_Types].xml')(
    `${head}<Types xmlns="${packed}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${numbers
      .map(n => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`)
      .join('')}</Types>`,
    true,
  )
  zip.end()
  yield* drained()
}

const rowXml = (values: Value[]): string => `<row>${values.map(cellXml).join('')}</row>`
const cellXml = (value: Value): string =>
  value === null || value === ''
    ? '<c/>'
    : typeof value === 'number'
      ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${escapedXml(value)}</t></is></c>`

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapedXml = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, sign => signs[sign] ?? sign) : text
