import { DateTime, IANAZone } from 'luxon'

export type { DateTime } from 'luxon'

/** A calendar date of the House's zone, `2026-11-25`. Sorts and compares as text. */
export type Day = string
/** Minutes after midnight on the wall clock of the House's zone, 0 … 1440. */
export type Minute = number
/** Part of one day on the wall clock: `from` inclusive, `to` exclusive. */
export type Moment = { day: Day; from: Minute; to: Minute }
/** Part of the time line, `[from, to)`, as a `tstzrange` comes back from either database. */
export type Span = { from: DateTime; to: DateTime }
/** 1 Monday … 7 Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const days = new Map<Day, { number: number; weekday: Weekday }>()

function known(day: Day) {
  let found = days.get(day)
  if (!found) {
    const number = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / 86_400_000
    found = { number, weekday: (((((number + 3) % 7) + 7) % 7) + 1) as Weekday }
    if (days.size > 20_000) days.clear()
    days.set(day, found)
  }
  return found
}

/** Days since 1970-01-01; the difference of two is the number of nights between them. */
export const dayNumber = (day: Day): number => known(day).number
export const weekdayOf = (day: Day): Weekday => known(day).weekday
export const plusDays = (day: Day, count: number): Day =>
  new Date((dayNumber(day) + count) * 86_400_000).toISOString().slice(0, 10)
/** Monday of the day's week. */
export const mondayOf = (day: Day): Day => plusDays(day, 1 - weekdayOf(day))

/**
 * Whether the text is a date of the calendar: `2026-02-30` is not. Neither is year 0, which the database doesn't know, nor
 * the last one of four digits, beyond which a date is no text of ten characters.
 */
export function isDay(text: string): text is Day {
  return /^(?!0|9999)\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid
}

/** `09:05` → 545; undefined for anything else. `24:00` is the end of a day. */
export function minuteOf(text: string): Minute | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})(?::00)?$/.exec(text) ?? []
  if (hours === undefined || Number(hours) > 24 || Number(minutes) > 59) return
  const minute = Number(hours) * 60 + Number(minutes)
  return minute <= 1440 ? minute : undefined
}

/** 545 → `09:05`. */
export const clock = (minute: Minute): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export const overlaps = (a: Moment, b: Moment): boolean => a.day === b.day && a.from < b.to && b.from < a.to

/** Where a wall time lies on the time line. `none` when the clocks jumped over it; an hour that occurs twice is refused as `twice`. */
export function instantOf(day: Day, minute: Minute, zone: string): DateTime | 'none' | 'twice' {
  const found = millisOf(day, minute, zone)
  return typeof found === 'string' ? found : DateTime.fromMillis(found, { zone })
}

/** The instant of a wall time that exists once; a slip is a fault. */
export const instantOrThrow = (day: Day, minute: Minute, zone: string): DateTime =>
  DateTime.fromMillis(millisOrThrow(day, minute, zone), { zone })

/** The same in UTC, for whoever goes on to count: luxon asks Intl for the offset at each step in a zone. */
export const utcOrThrow = (day: Day, minute: Minute, zone: string): DateTime =>
  DateTime.fromMillis(millisOrThrow(day, minute, zone), { zone: 'utc' })

function millisOrThrow(day: Day, minute: Minute, zone: string): number {
  const found = millisOf(day, minute, zone)
  if (typeof found === 'string') throw new Error(`${day} ${clock(minute)} occurs ${found} in ${zone}`)
  return found
}

function millisOf(day: Day, minute: Minute, zone: string): number | 'none' | 'twice' {
  const wall = DateTime.fromISO(`${day}T00:00:00`, { zone: 'utc' }).plus({ minutes: minute }).toMillis()
  const found = new Set<number>()
  for (const near of [wall - wholeDay, wall, wall + wholeDay]) {
    const offset = offsetAt(near, zone)
    const instant = wall - offset * 60_000
    if (offsetAt(instant, zone) === offset) found.add(instant)
  }
  if (found.size > 1) return 'twice'
  for (const instant of found) return instant
  return 'none'
}

/** The edition of this machine's time-zone data, `2026c`; empty where it does not say. */
export const zoneData = process.versions['tz'] ?? ''

const offsets = new Map<string, Map<number, number>>()
const quarterHour = 900_000
const wholeDay = 86_400_000

/**
 * Minutes east of Greenwich. Asking Intl costs 20 µs, so answers are kept: for a day, as no zone changes twice within one,
 * and for a quarter of an hour on a day that has a change.
 */
export function offsetAt(millis: number, zone: string): number {
  const day = Math.floor(millis / wholeDay) * wholeDay
  const start = askedOnce(day, zone)
  return start === askedOnce(day + wholeDay, zone)
    ? start
    : askedOnce(Math.floor(millis / quarterHour) * quarterHour, zone)
}

function askedOnce(millis: number, zone: string): number {
  const known = offsets.get(zone) ?? new Map<number, number>()
  offsets.set(zone, known)
  const found = known.get(millis)
  if (found !== undefined) return found
  if (known.size > 50_000) known.clear()
  const offset = IANAZone.create(zone).offset(millis)
  known.set(millis, offset)
  return offset
}

/** The wall time of an instant in a zone. */
export const wallOf = (instant: DateTime, zone: string): { day: Day; minute: Minute } =>
  wallAt(instant.toMillis(), zone)

/** The same for milliseconds since 1970, where there are too many of them to make each a DateTime. */
export function wallAt(millis: number, zone: string): { day: Day; minute: Minute } {
  const local = millis + offsetAt(millis, zone) * 60_000
  return { day: new Date(local).toISOString().slice(0, 10), minute: Math.floor((local % wholeDay) / 60_000) }
}

/** `2026-11-25T10:00` (no offset: the host's wall time) in parts; undefined when it is no date and time of the calendar. */
export function wallTime(text: string): { day: Day; minute: Minute } | undefined {
  const [day = '', time = ''] = text.split('T')
  const minute = minuteOf(time)
  if (!isDay(day) || minute === undefined || minute === 1440) return
  return { day, minute }
}

/** The instant of a date and time that are said in UTC, `2026-11-23` and `03:45:00.123`. */
export const utc = (day: Day, time: string): DateTime =>
  DateTime.fromMillis(Date.parse(`${day}T${time}Z`), { zone: 'utc' })

/** Time as everything in the product asks for it: `now()` can be stopped in tests and shifted in the demonstration. */
export type Clock = () => DateTime

/** The machine's clock, optionally starting at another instant and running on from there. */
export function clockFrom(start?: DateTime): Clock {
  const shift = start ? start.toMillis() - Date.now() : 0
  return () => DateTime.fromMillis(Date.now() + shift, { zone: 'utc' })
}

/** An instant as a setting or a file has it, ISO 8601 with its offset; a text that is none is a fault. */
export function instantFrom(text: string): DateTime {
  const instant = DateTime.fromISO(text, { zone: 'utc' })
  if (!instant.isValid) throw new Error(`${text} is no time`)
  return instant
}

/** The instant of an HTTP date header; undefined when it is none. */
export function httpDate(text: string): DateTime | undefined {
  const instant = DateTime.fromHTTP(text, { zone: 'utc' })
  return instant.isValid ? instant : undefined
}

/** An instant as HTTP headers say it, cut to the second. */
export const httpDateOf = (instant: DateTime): string => new Date(instant.toMillis()).toUTCString()
