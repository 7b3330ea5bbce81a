import { type Day, dayNumber, plusDays, weekdayOf } from '../base/time.ts'

/** 5: rests on Saturday and Sunday; 6: on Sunday only. It belongs to the host and decides which holidays move. */
export type WeekType = 5 | 6

export type Holiday = {
  day: Day
  names: { kk: string; ru: string; en: string }
  transferable: boolean
  movable?: boolean
}
/** One working day becomes a day off and one day off a working day, in both week types (domain.md section 5). */
export type Swap = { off: Day; work: Day }
export type Calendar = { holidays: Holiday[]; swaps: Swap[] }

export type DayOff = { kind: 'weekend' | 'swap' } | { kind: 'holiday' | 'transfer'; names: Holiday['names'] }

/** Why nobody works on a day, or nothing on a working day; the same calendar object is worked out once. */
export function dayOff(calendar: Calendar, weekType: WeekType): (day: Day) => DayOff | undefined {
  const { off, worked } = plan(calendar, weekType)
  return day => off.get(day) ?? (weekdayOf(day) > weekType && !worked.has(day) ? weekend : undefined)
}

/** The days off of a year that would be working days by the week alone: Monday to Friday, or to Saturday. */
export function daysOff(calendar: Calendar, year: number, weekType: WeekType): Day[] {
  return [...plan(calendar, weekType).off.keys()]
    .filter(day => day.startsWith(`${year}-`) && weekdayOf(day) <= weekType)
    .sort()
}

/** The day off whose timetable a working Saturday or Sunday takes over; nothing for any other day. */
export const worksInsteadOf = (calendar: Calendar, day: Day): Day | undefined => plan(calendar, 5).worked.get(day)

/** A holiday beside this day, or on it, that may still shift by one day after it was published (Kurban Ait). */
export const shiftingHoliday = (calendar: Calendar, day: Day): Holiday | undefined =>
  calendar.holidays.find(holiday => holiday.movable && Math.abs(dayNumber(holiday.day) - dayNumber(day)) <= 1)

type Plan = { off: Map<Day, DayOff>; worked: Map<Day, Day> }
const weekend = { kind: 'weekend' } as const
const plans = new WeakMap<Calendar, Map<WeekType, Plan>>()

function plan(calendar: Calendar, weekType: WeekType): Plan {
  const known = plans.get(calendar) ?? new Map<WeekType, Plan>()
  plans.set(calendar, known)
  const found = known.get(weekType) ?? transferred(calendar, weekType)
  known.set(weekType, found)
  return found
}

/** Holidays and swaps first, then transfers by date to the next working day, so that they chain. */
function transferred({ holidays, swaps }: Calendar, weekType: WeekType): Plan {
  const worked = new Map(swaps.map(swap => [swap.work, swap.off]))
  const swappedOff = new Set(swaps.map(swap => swap.off))
  const off = new Map<Day, DayOff>(swaps.map(swap => [swap.off, { kind: 'swap' }]))
  for (const { day, names } of holidays) off.set(day, { kind: 'holiday', names })
  const rests = (day: Day) => swappedOff.has(day) || (weekdayOf(day) > weekType && !worked.has(day))
  const moving = new Map(
    holidays.filter(({ day, transferable }) => transferable && rests(day)).map(({ day, names }) => [day, names]),
  )
  for (const [day, names] of [...moving].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let next = plusDays(day, 1)
    while (off.has(next) || rests(next)) next = plusDays(next, 1)
    off.set(next, { kind: 'transfer', names })
  }
  return { off, worked }
}
