import { dayNumber, type Moment, plusDays } from '../base/time.ts'
import { starts } from '../hosts/timetable-rules.ts'
import { visitOf } from '../matching/request-rules.ts'
import { fit, type Request, type TeamMember, type Waived, type World } from '../matching/rules.ts'
import { scheduleRefusals } from '../matching/schedule-rules.ts'

/** How many days before and after a time another one is looked for. */
export const reach = 14

/** How far a time is from another one, in minutes. */
export const apartFrom =
  (around: Moment) =>
  ({ day, from }: Moment): number =>
    Math.abs((dayNumber(day) - dayNumber(around.day)) * 1440 + from - around.from)

/**
 * The times nearest to this one at which the same team could come, so many of one day at most; the talk itself must not
 * be in the world.
 */
export function nearestFor(
  world: World,
  request: Request,
  team: TeamMember[],
  around: Moment,
  waived: Waived,
  limit: number,
  aDay = limit,
): Moment[] {
  const visit = { ...visitOf(world, request), minutes: world.topic.minutes }
  const apart = apartFrom(around)
  const found: Moment[] = []
  for (let away = 0; away <= reach && found.length < limit; away++) {
    const days = away === 0 ? [around.day] : [plusDays(around.day, -away), plusDays(around.day, away)]
    for (const day of days.filter(day => day >= world.now.day)) {
      const possible = starts(world, visit, day)
        .filter(moment => apart(moment) > 0 && scheduleRefusals(world, request, moment, waived).length === 0)
        .filter(moment => fit(world, request, moment, team, waived).refusals.length === 0)
      found.push(...possible.sort((a, b) => apart(a) - apart(b)).slice(0, aDay))
    }
  }
  return found.sort((a, b) => apart(a) - apart(b)).slice(0, limit)
}
