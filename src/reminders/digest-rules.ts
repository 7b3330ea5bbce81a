import { type DateTime, type Day, instantOrThrow, plusDays, wallOf, weekdayOf } from '../base/time.ts'

export type Digest = {
  kind: 'digest-day' | 'digest-week'
  /** The local date it is written on. */
  day: Day
  dueAt: DateTime
  notAfter: DateTime
}

const morning = 7 * 60 + 30
const noon = 12 * 60
const sundayEvening = 18 * 60

/** The overviews that may go out now on this zone's walls: the day's from 07:30 to noon, the week's from Sunday 18:00 to Monday noon. */
export function digestsDue(now: DateTime, zone: string): Digest[] {
  const { day } = wallOf(now, zone)
  const sunday = plusDays(day, -(weekdayOf(day) % 7))
  const at = (date: Day, minute: number) => instantOrThrow(date, minute, zone)
  const all: Digest[] = [
    { kind: 'digest-day', day, dueAt: at(day, morning), notAfter: at(day, noon) },
    { kind: 'digest-week', day: sunday, dueAt: at(sunday, sundayEvening), notAfter: at(plusDays(sunday, 1), noon) },
  ]
  return all.filter(({ dueAt, notAfter }) => dueAt <= now && now < notAfter)
}
