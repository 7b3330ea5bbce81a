import type { Day, Minute, Moment } from '../base/time.ts'
import { starts } from '../hosts/timetable-rules.ts'
import { visitOf } from '../matching/request-rules.ts'
import type { Request, World } from '../matching/rules.ts'

type Placed = { world: World; request: Request }

/** Every time at which this talk may begin on a day, by the host's own bells or hours. */
export const startsOn = ({ world, request }: Placed, day: Day): Moment[] => starts(world, visitOf(world, request), day)

/** The first time for the next class of a team that is free from a minute on: its next lesson, over breaks and lunch. */
export const nextStart = (date: Placed, day: Day, from: Minute): Moment | undefined =>
  startsOn(date, day).find(moment => moment.from >= from)

/** Classes in the order of their shifts, as they were named within one: who studies in the afternoon comes after lunch. */
export function inOrderOfShifts<Date extends Placed>(dates: Date[], day: Day): Date[] {
  const first = new Map(dates.map(date => [date, startsOn(date, day)[0]?.from ?? Number.POSITIVE_INFINITY]))
  return dates.toSorted((a, b) => (first.get(a) ?? 0) - (first.get(b) ?? 0) || 0)
}
