import type { Language } from '../base/i18n/language.ts'
import { kinds } from './kinds.ts'
import type { ImportKind } from './rules.ts'

const headingsOf = (kind: ImportKind, language: Language): string[] => {
  const labels = kinds[kind].labels(language)
  return kinds[kind].template.map(field => labels[field] ?? field)
}

/** An empty table as Excel opens it here: a byte order mark and semicolons. */
export const csvTemplate = (kind: ImportKind, language: Language): string =>
  `\ufeff${headingsOf(kind, language)
    .map(heading => (/[";\n]/.test(heading) ? `"${heading.replaceAll('"', '""')}"` : heading))
    .join(';')}\r\n`

/** The same as a workbook. */
export async function xlsxTemplate(kind: ImportKind, language: Language): Promise<Buffer> {
  // 20 MB of every process otherwise, for a page that few open
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const headings = headingsOf(kind, language)
  return writeXlsxFile([headings.map(value => ({ value, type: String, fontWeight: 'bold' as const }))], {
    columns: headings.map(heading => ({ width: Math.max(14, heading.length + 2) })),
    stickyRowsCount: 1,
  }).toBuffer()
}
