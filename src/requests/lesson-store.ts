import type { Db } from '../base/db/open.ts'
import { minuteOf } from '../base/time.ts'
import { lessonCount, runAt } from '../hosts/lesson-rules.ts'
import { shiftsOf, taught } from '../hosts/rules.ts'
import { findShifts } from '../matching/place-store.ts'
import type { StatusRow } from './status-store.ts'

/** With which lesson of the host's own bells each wish begins, in their order; undefined where it is no time of a talk but a window. */
export async function findLessons(
  db: Db,
  { hostId, audienceSlug, grades, wishes, topic }: StatusRow,
): Promise<(number | undefined)[]> {
  const shifts = wishes.length === 0 ? [] : await findShifts(db, hostId)
  if (!taught({ shifts }, audienceSlug)) return []
  const own = shiftsOf({ shifts }, grades)
  return wishes.map(({ from, to, fromTime, toTime }) => {
    const run = runAt(own, { from: minuteOf(fromTime) ?? 0, to: minuteOf(toTime) ?? 0 })
    return run && from === to && run.lessons === lessonCount(topic.minutes, run.shift) ? run.first : undefined
  })
}
