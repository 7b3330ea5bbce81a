import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'
import { headLine } from './head-rules.ts'
import { headsNow } from './verify-store.ts'

/** Says into the log how each House's chain ends: a log that is kept elsewhere then knows of every row before. */
export async function tellHeads(db: Db, now: DateTime, say: (line: Record<string, unknown>) => void): Promise<void> {
  const at = now.toUTC().toISO() ?? ''
  for (const { slug, ...head } of await headsNow(db))
    say({ level: 'info', where: 'journal', head: headLine(head, slug, at) })
}
