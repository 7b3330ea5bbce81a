import { csvHead, csvOf } from '../reports/csv.ts'
import type { JournalLine } from './pages.ts'

/** The journal as a table for Excel and LibreOffice, a part at a time; nothing in it is taken for a formula. */
export async function* csvLines(heads: string[], parts: AsyncIterable<JournalLine[]>): AsyncGenerator<string> {
  yield csvHead + csvOf([heads])
  for await (const lines of parts)
    yield csvOf(lines.map(it => [it.n, it.when, it.who, it.by, it.what, it.thing, it.name, it.old, it.new, it.place]))
}
