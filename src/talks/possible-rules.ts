import { type Day, dayNumber, type Moment, plusDays } from '../base/time.ts'
import { starts } from '../hosts/timetable-rules.ts'
import { visitOf } from '../matching/request-rules.ts'
import { fit, type Request, type TeamMember, type Waived, type World } from '../matching/rules.ts'
import { scheduleRefusals } from '../matching/schedule-rules.ts'

/** How many days before and after a time another one is looked for. */
export const reach = 14

/** How far a time is from another one, in minutes. */
const apartFrom =
  (around: Moment) =>
  ({ day, from }: Moment): number =>
    Math.abs((dayNumber(day) - dayNumber(around.day)) * 1440 + from - around.from)

/** The times of a day, but for this one, at which the team could come. */
function possibleFor(world: World, request: Request, team: TeamMember[], around: Moment, waived: Waived) {
  const visit = { ...visitOf(world, request), minutes: world.topic.minutes }
  const apart = apartFrom(around)
  return (day: Day): Moment[] =>
    day < world.now.day
      ? []
      : starts(world, visit, day)
          .filter(moment => apart(moment) > 0 && scheduleRefusals(world, request, moment, waived).length === 0)
          .filter(moment => fit(world, request, moment, team, waived).refusals.length === 0)
}

/** The times nearest to this one at which the same team could come; the talk itself must not be in the world. */
export function nearestFor(
  world: World,
  request: Request,
  team: TeamMember[],
  around: Moment,
  waived: Waived,
  limit: number,
): Moment[] {
  const possibleOn = possibleFor(world, request, team, around, waived)
  const apart = apartFrom(around)
  const found: Moment[] = []
  for (let away = 0; away <= reach && found.length < limit; away++) {
    const days = away === 0 ? [around.day] : [plusDays(around.day, -away), plusDays(around.day, away)]
    found.push(...days.flatMap(possibleOn).sort((a, b) => apart(a) - apart(b)))
  }
  return found.sort((a, b) => apart(a) - apart(b)).slice(0, limit)
}

/** The days nearest to this time on which the same team could come, each with all of its times. */
export function nearestDays(
  world: World,
  request: Request,
  team: TeamMember[],
  around: Moment,
  waived: Waived,
  most: number,
): Moment[][] {
  const possibleOn = possibleFor(world, request, team, around, waived)
  const found: Moment[][] = []
  for (let away = 0; away <= reach && found.length < most; away++)
    for (const day of away === 0 ? [around.day] : [plusDays(around.day, -away), plusDays(around.day, away)]) {
      const possible = possibleOn(day)
      if (possible.length > 0 && found.length < most) found.push(possible)
    }
  return found
}
