import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'
import { type AsyncFlateStreamHandler, Zip, type ZipInputFile } from 'fflate'
import type { Value } from './csv.ts'
import { sheetName } from './workbook.ts'

const rowsOfSheet = 1_000_000
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packed = 'http://schemas.openxmlformats.org/package/2006'
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * A long list as a workbook, piece by piece as its rows come: write-excel-file holds the whole of it, which took 890 MB
 * for 200,000 talks. Cells name their texts by number, so that a text is written once. A sheet ends before Excel's own end.
 */
export async function* streamedWorkbook(
  name: string,
  batches: AsyncIterable<Iterable<Value[]>>,
): AsyncGenerator<Buffer> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, data) => {
    if (error) throw error
    ready.push(data)
  })
  function* drained(): Generator<Buffer> {
    if (ready.length > 0) yield Buffer.concat(ready.splice(0))
  }
  const begin = (path: string): Part => {
    const part = new Part(path)
    zip.add(part)
    return part
  }
  const texts = new Map<string, number>()
  let [sheets, row] = [0, 0]
  let sheet: Part | undefined
  async function next(): Promise<Part> {
    await sheet?.end('</sheetData></worksheet>')
    sheets++
    row = 0
    const opened = begin(`xl/worksheets/sheet${sheets}.xml`)
    await opened.write(`${head}<worksheet xmlns="${main}"><sheetData>`)
    return opened
  }
  for await (const batch of batches) {
    if (!sheet || row > rowsOfSheet) sheet = await next()
    let xml = ''
    for (const values of batch) {
      xml += rowXml(values, texts)
      row++
    }
    await sheet.write(xml)
    yield* drained()
  }
  sheet ??= await next()
  await sheet.end('</sheetData></worksheet>')
  for (const [path, content] of partsOf(name, sheets, [...texts.keys()])) await begin(path).end(head + content)
  zip.end()
  yield* drained()
}

const rowXml = (values: Value[], texts: Map<string, number>): string =>
  `<row>${values.map(value => cellXml(value, texts)).join('')}</row>`

function cellXml(value: Value, texts: Map<string, number>): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  let at = texts.get(value)
  if (at === undefined) {
    at = texts.size
    texts.set(value, at)
  }
  return `<c t="s"><v>${at}</v></c>`
}

function* partsOf(name: string, sheets: number, texts: string[]): Generator<[path: string, content: string]> {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1)
  yield [
    'xl/sharedStrings.xml',
    `<sst xmlns="${main}">${texts.map(text => `<si><t xml:space="preserve">${escapedXml(text)}</t></si>`).join('')}</sst>`,
  ]
  yield [
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers
      .map(n => `<sheet name="${escapedXml(sheetName(`${n} ${name}`))}" sheetId="${n}" r:id="rId${n}"/>`)
      .join('')}</sheets></workbook>`,
  ]
  yield [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packed}/relationships">${numbers
      .map(n => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)
      .join('')}<Relationship Id="texts" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  ]
  yield [
    '_rels/.rels',
    `<Relationships xmlns="${packed}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ]
  yield [
    '[Content_Types].xml',
    `<Types xmlns="${packed}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/>${numbers
      .map(n => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`)
      .join('')}</Types>`,
  ]
}

/** A file of the zip, packed by zlib beside our own thread: fflate's own packing was a third of the work. */
class Part implements ZipInputFile {
  readonly filename: string
  readonly compression = 8
  size = 0
  crc = 0
  // the zip sets it before anything is written
  ondata: AsyncFlateStreamHandler = () => {}
  readonly #deflate = createDeflateRaw({ level: 3 })

  constructor(filename: string) {
    this.filename = filename
    this.#deflate.on('data', (data: Buffer<ArrayBuffer>) => this.ondata(null, data, false))
  }

  /** Done once it is packed: no more than one piece waits. */
  write(text: string): Promise<void> {
    const bytes = Buffer.from(text)
    this.size += bytes.length
    this.crc = crc32(bytes, this.crc)
    return new Promise((resolve, reject) => this.#deflate.write(bytes, error => (error ? reject(error) : resolve())))
  }

  async end(text: string): Promise<void> {
    await this.write(text)
    const ended = once(this.#deflate, 'end')
    this.#deflate.end()
    await ended
    this.ondata(null, new Uint8Array(), true)
  }
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapedXml = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, sign => signs[sign] ?? sign) : text
