import type { DateTime } from 'luxon'
import {
  type Day,
  dayNumber,
  instantOf,
  isDay,
  type Minute,
  minuteOf,
  plusDays,
  type Span,
  type Weekday,
} from '../base/time.ts'

export type BusyFields = {
  kind?: string | undefined
  weekday: string[]
  from?: string | undefined
  to?: string | undefined
  on?: string | undefined
  until?: string | undefined
}
export type BusyMistake = 'weekday' | 'hours' | 'on' | 'until'
/** Hours of every week, or a span of the time line; no reason and no kind is kept (domain.md section 3). */
export type Busy = { weekly: { weekday: Weekday; from: Minute; to: Minute }[] } | { absence: Span }

const longest = 366

/** What one tap says, as its button sends it: a whole day, or hours of it. */
export const tapOf = (day: Day, hours?: { from: string; to: string }): string =>
  hours ? `${day} ${hours.from} ${hours.to}` : day

/** The same as the fields of the long form. */
export function tapped(text: string): BusyFields {
  const [on, from, to] = text.split(' ')
  return { weekday: [], on, ...(from ? { kind: 'hours', from, to } : { kind: 'days' }) }
}

/** What a form about busy times says, or where it has a mistake. `day`: whole days, `hours`: a part of one day, `weekly`: every week. */
export function busyOf(
  fields: BusyFields,
  { today, zone }: { today: Day; zone: string },
): Busy | { mistakes: BusyMistake[] } {
  const hours = hoursOf(fields)
  if (fields.kind === 'weekly') {
    const weekdays = [...new Set(fields.weekday)]
      .flatMap(text => (/^[1-7]$/.test(text) ? [Number(text) as Weekday] : []))
      .sort((a, b) => a - b)
    const mistakes: BusyMistake[] = [
      ...(weekdays.length > 0 ? [] : (['weekday'] as const)),
      ...(hours ? [] : (['hours'] as const)),
    ]
    if (!hours || mistakes.length > 0) return { mistakes }
    return { weekly: weekdays.map(weekday => ({ weekday, ...hours })) }
  }
  const on = fields.on ?? ''
  const known = isDay(on) && on >= today && dayNumber(on) - dayNumber(today) <= longest
  if (fields.kind === 'hours') {
    const mistakes: BusyMistake[] = [...(known ? [] : (['on'] as const)), ...(hours ? [] : (['hours'] as const))]
    if (!known || !hours) return { mistakes }
    const span = spanOf(on, hours, zone)
    return span ? { absence: span } : { mistakes: ['hours'] }
  }
  const until = fields.until || on
  if (!known) return { mistakes: ['on'] }
  if (!isDay(until) || until < on || dayNumber(until) - dayNumber(on) > longest) return { mistakes: ['until'] }
  const span = daysOf(on, until, zone)
  return span ? { absence: span } : { mistakes: ['on'] }
}

function hoursOf({ from = '', to = '' }: BusyFields): { from: Minute; to: Minute } | undefined {
  const [start, end] = [minuteOf(from), minuteOf(to)]
  return start !== undefined && end !== undefined && start < end && end < 1440 ? { from: start, to: end } : undefined
}

function spanOf(day: Day, { from, to }: { from: Minute; to: Minute }, zone: string): Span | undefined {
  const [start, end] = [instantOf(day, from, zone), instantOf(day, to, zone)]
  return typeof start === 'string' || typeof end === 'string' ? undefined : { from: start, to: end }
}

function daysOf(on: Day, until: Day, zone: string): Span | undefined {
  const [start, end] = [instantOf(on, 0, zone), instantOf(plusDays(until, 1), 0, zone)]
  return typeof start === 'string' || typeof end === 'string' ? undefined : { from: start, to: end }
}

/** Whether a span covers whole days only: then it is said without hours. */
export function wholeDays({ from, to }: Span, zone: string): boolean {
  const midnight = (instant: DateTime) => instant.setZone(zone).toFormat('HH:mm') === '00:00'
  return midnight(from) && midnight(to)
}
