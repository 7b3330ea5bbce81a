import type { DateTime } from '../base/time.ts'

export type Check = { pinned: boolean; national: boolean; checkedAt: DateTime | null; checkDays: number }

/** Whether the last check of a line is too old to rely on; a line that nobody ever checked is merely unchecked. */
export const overdue = ({ checkedAt, checkDays }: Check, now: DateTime): boolean =>
  checkedAt !== null && checkedAt.plus({ days: checkDays }) < now

/** 111, 150, 102, 112 first and for ever; what is overdue sinks below the national lines (domain.md section 8). */
export function inOrder<Line extends Check>(lines: Line[], now: DateTime): Line[] {
  const rank = (line: Line) => (line.pinned ? 0 : line.national && !overdue(line, now) ? 1 : overdue(line, now) ? 3 : 2)
  return [...lines].sort((a, b) => rank(a) - rank(b))
}
