import type { DateTime } from '../base/time.ts'

export type Check = { pinned: boolean; national: boolean; checkedAt: DateTime | null; checkDays: number }
/** What is said against a number: nobody answered once, or it was taken off the public page. */
export type Doubt = { doubtedAt: DateTime | null; offAt: DateTime | null }

/** Whether the last check of a line is too old to rely on; a line that nobody ever checked is merely unchecked. */
export const overdue = ({ checkedAt, checkDays }: Check, now: DateTime): boolean =>
  checkedAt !== null && checkedAt.plus({ days: checkDays }) < now

export type Standing = 'off' | 'doubted' | 'overdue' | 'unchecked' | 'checked'
export const standingOf = (line: Check & Doubt, now: DateTime): Standing =>
  line.offAt
    ? 'off'
    : line.doubtedAt
      ? 'doubted'
      : overdue(line, now)
        ? 'overdue'
        : line.checkedAt
          ? 'checked'
          : 'unchecked'

/** A House's own line that nobody has called yet is held back: a slip in a number must not reach whoever needs help. */
export const heldBack = ({ national, checkedAt }: Pick<Check, 'national' | 'checkedAt'>): boolean =>
  !national && checkedAt === null

/** 111, 150, 102, 112 first and for ever; what is overdue or did not answer sinks below everything else (domain.md section 8). */
export function inOrder<Line extends Check & Partial<Doubt>>(lines: Line[], now: DateTime): Line[] {
  const sunk = (line: Line) => overdue(line, now) || (line.doubtedAt ?? null) !== null
  const rank = (line: Line) => (line.pinned ? 0 : sunk(line) ? 4 : line.national ? 1 : heldBack(line) ? 3 : 2)
  return [...lines].sort((a, b) => rank(a) - rank(b))
}

/** When somebody has to call next; at once where nobody ever did, or nobody answered. */
export const dueAt = (line: Check & Doubt): DateTime | undefined =>
  line.checkedAt === null || line.doubtedAt || line.offAt ? undefined : line.checkedAt.plus({ days: line.checkDays })

/** What has to be checked before this week is over, the longest overdue first. */
export function dueWithin<Line extends Check & Doubt>(lines: Line[], now: DateTime): Line[] {
  const at = (line: Line) => dueAt(line)?.toMillis() ?? 0
  return lines.filter(line => at(line) <= now.plus({ days: 7 }).toMillis()).sort((a, b) => at(a) - at(b))
}

/** Nobody answered once: the line sinks and says so. Twice: it leaves the public page. */
export const afterSilence = ({ doubtedAt }: Doubt): 'doubt' | 'off' => (doubtedAt === null ? 'doubt' : 'off')

/** Phones every thirty days, the rest every ninety. */
export const checkDaysOf = (line: { code: string | null; phone: string | null }): number =>
  line.code === null && line.phone === null ? 90 : 30
