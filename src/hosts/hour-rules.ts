import type { Day, Minute, Weekday } from '../base/time.ts'
import { type Host, hullOf, type Interval, type TimetableRefusal, type Visit } from './rules.ts'

/** Grown-ups may meet in a school until 20:00, children outside their lessons until 18:00: they walk home in the dark. */
const adultsUntil: Minute = 1200
const minorsUntil: Minute = 1080
/** A short talk beside the beginning or the end of the working day. */
const shiftChange = 30

/** When the host's doors are open on a weekday; undefined: nobody has told the hours. */
export function hoursOf(host: Host, weekday: Weekday, minors: boolean): Interval[] | undefined {
  if (host.hours.length > 0) return joined(host.hours.filter(hours => hours.weekday === weekday))
  const hulls = host.shifts.filter(shift => shift.lessons.length > 0).map(hullOf)
  if (hulls.length === 0) return
  const from = Math.min(...hulls.map(hull => hull.from))
  return [{ from, to: minors ? minorsUntil : Math.max(adultsUntil, ...hulls.map(hull => hull.to)) }]
}

/** The parts of a day in one of which a talk must lie: talk windows alone where a host has them, else hours without lunch. */
export function openOn(host: Host, weekday: Weekday, visit: Visit): Interval[] | undefined {
  const hours = hoursOf(host, weekday, visit.minors)
  if (host.talkWindows.length > 0) return hours?.length === 0 ? [] : sorted(host.talkWindows)
  if (!hours) return
  const { lunch } = host
  if (!lunch) return hours
  const working = visit.betweenShifts && ['workplace', 'market'].includes(host.kind)
  return working ? betweenShifts(hours, lunch) : hours.flatMap(part => without(part, lunch))
}

/** Why a talk at this time isn't inside the host's open hours. */
export function hourRefusal(
  host: Host,
  visit: Visit,
  day: Day,
  weekday: Weekday,
  at: Interval,
): TimetableRefusal | undefined {
  const open = openOn(host, weekday, visit)
  if (!open) return { code: 'no-timetable' }
  if (open.some(part => inside(at, part))) return
  if (host.talkWindows.length > 0 && open.length > 0) return { code: 'outside-talk-windows', windows: open }
  const atLunch = host.lunch && at.from < host.lunch.to && host.lunch.from < at.to
  const inHours = hoursOf(host, weekday, visit.minors)?.some(part => inside(at, part))
  if (host.lunch && atLunch && inHours) return { code: 'host-lunch', from: host.lunch.from, to: host.lunch.to }
  return { code: 'host-closed', day, open }
}

/** Starts every quarter of an hour, and where the doors open. */
export function gridIn(parts: Interval[], minutes: number): Interval[] {
  return parts.flatMap(part => {
    const found: Interval[] = []
    for (let from = part.from; from + minutes <= part.to; from = 15 * (Math.floor(from / 15) + 1))
      found.push({ from, to: from + minutes })
    return found
  })
}

export const inside = (a: Interval, b: Interval): boolean => b.from <= a.from && a.to <= b.to

/** What is left of a part of the day when something is taken out of it. */
export const without = (part: Interval, taken: Interval): Interval[] =>
  [
    { from: part.from, to: Math.min(part.to, taken.from) },
    { from: Math.max(part.from, taken.to), to: part.to },
  ].filter(({ from, to }) => from < to)

/** Parts of a day in order, with those that touch made one. */
export function joined(parts: Interval[]): Interval[] {
  const found: Interval[] = []
  for (const { from, to } of sorted(parts)) {
    const last = found.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else found.push({ from, to })
  }
  return found
}

const betweenShifts = (hours: Interval[], lunch: Interval): Interval[] =>
  joined([
    lunch,
    ...hours.flatMap(({ from, to }) => [
      { from, to: Math.min(to, from + shiftChange) },
      { from: Math.max(from, to - shiftChange), to },
    ]),
  ])

const sorted = (parts: Interval[]): Interval[] => [...parts].sort((a, b) => a.from - b.from)
