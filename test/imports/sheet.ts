import { strToU8, zipSync } from 'fflate'

type Cell = string | number | { date: number } | { formula: string; value?: string | number } | { error: string } | null

const letter = (at: number): string => String.fromCharCode(65 + at)
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A workbook as spreadsheets write it: shared texts, a style for dates, saved values of formulas, merged cells. */
export function sheet(rows: Cell[][], { merges = [] as string[], name = 'Парақ1', more = 0 } = {}): Uint8Array {
  const texts: string[] = []
  const cell = (value: Cell, row: number, at: number): string => {
    const place = `r="${letter(at)}${row}"`
    if (value === null) return ''
    if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`
    if (typeof value === 'string') return `<c ${place} t="s"><v>${texts.push(value) - 1}</v></c>`
    if ('date' in value) return `<c ${place} s="1"><v>${value.date}</v></c>`
    if ('error' in value) return `<c ${place} t="e"><v>${value.error}</v></c>`
    const saved = value.value === undefined ? '' : `<v>${escaped(String(value.value))}</v>`
    return `<c ${place} t="${typeof value.value === 'string' ? 'str' : 'n'}"><f>${escaped(value.formula)}</f>${saved}</c>`
  }
  const data = rows
    .map(
      (cells, at) => `<row r="${at + 1}">${cells.map((value, column) => cell(value, at + 1, column)).join('')}</row>`,
    )
    .join('')
  const merged = merges.map(ref => `<mergeCell ref="${ref}"/>`).join('')
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook ${main} xmlns:r="x"><sheets><sheet name="жасырын" state="hidden" sheetId="9" r:id="rId9"/><sheet name="${name}" sheetId="1" r:id="rId1"/>${Array.from({ length: more }, (_, at) => `<sheet name="s${at}" sheetId="${at + 20}" r:id="rId1"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
    'xl/styles.xml': `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${data}</sheetData>${merged ? `<mergeCells>${merged}</mergeCells>` : ''}</worksheet>`,
  }
  parts['xl/sharedStrings.xml'] =
    `<sst ${main}>${texts.map(text => `<si><r><t xml:space="preserve">${escaped(text)}</t></r><rPh><t>сыбыр</t></rPh></si>`).join('')}</sst>`
  return zipSync(Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, strToU8(text)])))
}
