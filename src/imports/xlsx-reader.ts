import type { Table } from './csv-reader.ts'
import { type Line, mostColumns, mostRows, type Refused } from './rules.ts'
import { TooLarge, unpack, walk } from './xlsx-parts.ts'
import { isDated, momentOf, numberOf, placeOf } from './xlsx-value-rules.ts'

type Workbook = { sheets: { name: string; part: string }[]; since1904: boolean; texts: string[]; dated: boolean[] }

/** Lines of the first sheet that is not hidden. Of a formula its saved value is taken; nothing is ever reckoned. */
export function readXlsx(bytes: Uint8Array): Table | { refused: Refused } {
  try {
    const workbook = readWorkbook(bytes)
    const sheet = workbook?.sheets[0]
    if (!workbook || !sheet) return { refused: { code: 'not-a-table' } }
    const xml = unpack(bytes, name => name === sheet.part).get(sheet.part)
    if (xml === undefined) return { refused: { code: 'broken' } }
    const lines = readSheet(xml, workbook)
    if ('refused' in lines) return lines
    const { name } = sheet
    return {
      lines,
      reading: { encoding: 'xlsx', separator: '', sheet: name, sheets: workbook.sheets.length - 1, lettersLost: false },
    }
  } catch (error) {
    return { refused: { code: error instanceof TooLarge ? 'too-large' : 'broken' } }
  }
}

function readWorkbook(bytes: Uint8Array): Workbook | undefined {
  const names = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml', 'xl/styles.xml']
  const parts = unpack(bytes, name => names.includes(name))
  const part = (name: string) => parts.get(name) ?? ''
  if (!parts.has('xl/workbook.xml')) return
  const targets = new Map<string, string>()
  walk(part('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  const sheets: Workbook['sheets'] = []
  let since1904 = false
  walk(part('xl/workbook.xml'), {
    open: (tag, { name = '', id = '', state, date1904 }) => {
      if (tag === 'workbookPr') since1904 = date1904 === '1' || date1904 === 'true'
      const target = tag === 'sheet' && (state ?? 'visible') === 'visible' ? targets.get(id) : undefined
      if (target) sheets.push({ name, part: target })
    },
  })
  return { sheets, since1904, texts: textsIn(part('xl/sharedStrings.xml')), dated: datedIn(part('xl/styles.xml')) }
}

function textsIn(xml: string): string[] {
  const texts: string[] = []
  let [text, inText, phonetic] = ['', false, false]
  walk(xml, {
    open: name => {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      if (name === 't') inText = !phonetic
    },
    text: part => {
      if (inText) text += part
    },
    close: name => {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic = false
      if (name === 'si') texts.push(unescaped(text))
    },
  })
  return texts
}

/** Of each style whether it shows a date. */
function datedIn(xml: string): boolean[] {
  const codes = new Map<string, string>()
  const styles: string[] = []
  let inCells = false
  walk(xml, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') codes.set(numFmtId, formatCode)
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) styles.push(numFmtId)
    },
    close: name => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles.map(id => isDated(Number(id), codes.get(id)))
}

/** How the format writes what XML has no place for: `_x000D_`. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

type Cell = { at: number; type: string; style: number; value: string | undefined; formula: boolean }
const mostMerges = 2000

function readSheet(xml: string, workbook: Workbook): Line[] | { refused: Refused } {
  const lines: Line[] = []
  const merges: { from: number; to: number; at: number }[] = []
  let refused: Refused | undefined
  let [row, column] = [0, 0]
  let line: Line = { line: 0, cells: [], remarks: [] }
  let cell: Cell | undefined
  let into: 'value' | 'text' | undefined
  walk(xml, {
    open: (name, its) => {
      if (name === 'row') {
        row = Number(its['r'] ?? row + 1)
        column = 0
        line = { line: row, cells: [], remarks: [] }
      } else if (name === 'c') {
        column = placeOf(its['r'] ?? '')?.column ?? column
        cell = { at: column++, type: its['t'] ?? 'n', style: Number(its['s'] ?? 0), value: undefined, formula: false }
      } else if (cell && name === 'f') cell.formula = true
      else if (cell && name === 'v') into = 'value'
      else if (cell && name === 't') into = 'text'
      else if (name === 'mergeCell' && merges.length < mostMerges) {
        const [from, to] = (its['ref'] ?? '').split(':').map(placeOf)
        if (from && to) merges.push({ from: from.row, to: to.row, at: from.column })
      }
    },
    text: part => {
      if (cell && into) cell.value = (cell.value ?? '') + part
    },
    close: name => {
      if (name === 'v' || name === 't') into = undefined
      else if (name === 'c' && cell) {
        keep(line, cell)
        cell = undefined
      } else if (name === 'row' && line.cells.some(text => text !== '')) {
        if (line.cells.length > mostColumns) refused = { code: 'too-wide' }
        // room for a heading and a title above it; whether there are too many is said by who knows where the table begins
        else if (lines.length < mostRows * 2) lines.push(line)
      }
    },
  })
  if (refused) return { refused }
  for (const { from, to, at } of merges)
    for (const each of lines) if (from <= each.line && each.line <= to) each.remarks.push({ code: 'merged', at })
  return lines

  function keep({ cells, remarks }: Line, { at, type, style, value, formula }: Cell): void {
    const text = type === 'e' ? '' : textOf(type, style, value ?? '')
    if (type === 'e' && value !== undefined) remarks.push({ code: 'cell-error', at })
    else if (formula) remarks.push({ code: text === '' ? 'formula-empty' : 'formula', at })
    if (text === '' || at > mostColumns * 2) return
    while (cells.length < at) cells.push('')
    cells[at] = text
  }

  function textOf(type: string, style: number, value: string): string {
    if (type === 's') return workbook.texts[Number(value)] ?? ''
    if (type === 'str' || type === 'inlineStr') return unescaped(value)
    if (type === 'b') return value === '1' ? 'yes' : 'no'
    if (type === 'd')
      return value
        .slice(0, 16)
        .replace('T', ' ')
        .replace(/ 00:00$/, '')
    const number = Number(value)
    if (value === '' || !Number.isFinite(number)) return value
    return workbook.dated[style] ? momentOf(number, workbook.since1904) : numberOf(number)
  }
}
