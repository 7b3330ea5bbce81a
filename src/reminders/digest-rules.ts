import { type DateTime, type Day, instantOrThrow, type Minute, plusDays, wallOf, weekdayOf } from '../base/time.ts'

export type Digest = {
  kind: 'digest-day' | 'digest-week'
  /** The local date it is written on. */
  day: Day
  dueAt: DateTime
  notAfter: DateTime
}
/** When a House's overviews go out: in the morning, and on Sunday; speakers may have an hour of their own. */
export type DigestTimes = { dayAt: Minute; weekAt: Minute }

const noon = 12 * 60

/** The overviews that may go out now on this zone's walls: the day's until noon, the week's from Sunday to Monday noon. */
export function digestsDue(now: DateTime, zone: string, { dayAt, weekAt }: DigestTimes): Digest[] {
  const { day } = wallOf(now, zone)
  const sunday = sundayOf(now, zone)
  const at = (date: Day, minute: Minute) => instantOrThrow(date, minute, zone)
  const all: Digest[] = [
    { kind: 'digest-day', day, dueAt: at(day, dayAt), notAfter: at(day, noon) },
    { kind: 'digest-week', day: sunday, dueAt: at(sunday, weekAt), notAfter: at(plusDays(sunday, 1), noon) },
  ]
  return all.filter(({ dueAt, notAfter }) => dueAt <= now && now < notAfter)
}

function sundayOf(now: DateTime, zone: string): Day {
  const { day } = wallOf(now, zone)
  return plusDays(day, -(weekdayOf(day) % 7))
}
