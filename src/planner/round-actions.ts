import type { Db } from '../base/db/open.ts'
import type { Obstruction } from '../talks/rules.ts'
import { type LineRow, type Outcome, setOutcome } from './line-store.ts'

/** What another line of the same draft may have cleared away by the next round. */
const passing: Obstruction['code'][] = ['impossible', 'taken']

/**
 * Carries lines out one by one; what is refused comes round again while anything gets done, and what is left keeps its refusal.
 * False when it was ended before.
 */
export async function inRounds(
  db: Db,
  planId: string,
  lines: LineRow[],
  carriedOut: (line: LineRow) => Promise<{ done: Outcome } | { refused: Obstruction; kept: Outcome }>,
  goesOn: (left: number) => Promise<boolean>,
): Promise<boolean> {
  let open = lines
  for (;;) {
    const refused = new Map<LineRow, Outcome>()
    for (const [at, line] of open.entries()) {
      if (!(await goesOn(open.length - at + refused.size))) return false
      const outcome = await carriedOut(line)
      if ('done' in outcome) await setOutcome(db, planId, line.request_id, outcome.done)
      else if (passing.includes(outcome.refused.code)) refused.set(line, outcome.kept)
      else await setOutcome(db, planId, line.request_id, outcome.kept)
    }
    const left = open.filter(line => refused.has(line))
    if (left.length < open.length && left.length > 0) {
      open = left
      continue
    }
    for (const [line, kept] of refused) await setOutcome(db, planId, line.request_id, kept)
    return true
  }
}
