import { type Day, type Moment, type Weekday, weekdayOf } from '../base/time.ts'
import { type Calendar, dayOff, shiftingHoliday, worksInsteadOf } from '../houses/rules.ts'
import { closes, concerns, stops } from './ban-rules.ts'
import { gridIn, hourRefusal, hoursOf, openOn, without } from './hour-rules.ts'
import { inClassHour, type LessonsPolicy, lessonCount, lessonRefusal, runAt, runs } from './lesson-rules.ts'
import {
  type Ban,
  type Closure,
  type Host,
  hullOf,
  type Interval,
  shiftsOf,
  type TimetableRefusal,
  type TimetableWarning,
  taught,
  type Visit,
} from './rules.ts'

/** The host with everything that says when its doors are open to a talk. */
export type Premises = {
  host: Host
  calendar: Calendar
  bans: Ban[]
  closures: Closure[]
  policy: { lessons: LessonsPolicy }
}

/** All times at which a talk may begin on a day: whole lessons where listeners are taught, else every quarter of an hour. */
export function starts(premises: Premises, visit: Visit, day: Day): Moment[] {
  if (dayRefusals(premises, visit, day).length > 0) return []
  const found = new Map<string, Moment>()
  for (const { from, to } of grid(premises, visit, day)) found.set(`${from} ${to}`, { day, from, to })
  return [...found.values()].filter(moment => !timeRefusal(premises, visit, moment)).sort((a, b) => a.from - b.from)
}

/** Why a talk can't be held at the host then; empty when it can. The judge of every time, whoever thought of it. */
export function timetableRefusals(premises: Premises, visit: Visit, moment: Moment): TimetableRefusal[] {
  const refusal = timeRefusal(premises, visit, moment)
  return [...dayRefusals(premises, visit, moment.day), ...(refusal ? [refusal] : [])]
}

/** What speaks against a whole day, whatever the hour: rest, holidays, breaks, exams. */
export function dayRefusals({ host, calendar, bans }: Premises, visit: Visit, day: Day): TimetableRefusal[] {
  const off = dayOff(calendar, host.weekType)(day)
  const openAnyway = off?.kind === 'weekend' && host.hours.some(hours => hours.weekday === weekdayOf(day))
  return [
    ...(off && !openAnyway ? [{ code: 'host-day-off' as const, day, off }] : []),
    ...bans
      .filter(ban => ban.strength === 'ban' && concerns(ban, host, visit, day))
      .map(({ kind, names, from, to, guess }) => ({
        code: 'ban' as const,
        kind,
        names,
        from,
        to,
        ...(guess && { guess }),
      })),
  ]
}

/** What a coordinator should know of a day on which a talk may be held. */
export function dayWarnings({ host, calendar, bans }: Premises, visit: Visit, day: Day): TimetableWarning[] {
  const shifting = shiftingHoliday(calendar, day)
  const insteadOf = worksInsteadOf(calendar, day)
  return [
    ...bans
      .filter(ban => ban.strength === 'warn' && concerns(ban, host, visit, day))
      .map(({ kind, names, from, to, guess }) => ({
        code: 'ban-near' as const,
        kind,
        names,
        from,
        to,
        ...(guess && { guess }),
      })),
    ...(shifting ? [{ code: 'holiday-may-shift' as const, day: shifting.day, names: shifting.names }] : []),
    ...(insteadOf ? [{ code: 'works-instead' as const, day, insteadOf }] : []),
  ]
}

/** Whether the talk is in the class hour, the usual place for it. */
export function isClassHour(
  { host, calendar }: Pick<Premises, 'host' | 'calendar'>,
  visit: Visit,
  moment: Moment,
): boolean {
  const run = taught(host, visit.audience) ? runAt(shiftsOf(host, visit.grades), moment) : undefined
  return run !== undefined && inClassHour(host, run, timetableDay(calendar, moment.day))
}

/** A working Saturday runs by the timetable of the day it replaces. */
const timetableDay = (calendar: Calendar, day: Day): Weekday => weekdayOf(worksInsteadOf(calendar, day) ?? day)

function timeRefusal(premises: Premises, visit: Visit, moment: Moment): TimetableRefusal | undefined {
  const { host, calendar, closures, policy } = premises
  const weekday = timetableDay(calendar, moment.day)
  const refusal = !taught(host, visit.audience)
    ? hourRefusal(host, visit, moment.day, weekday, moment)
    : (gradesRefusal(host, visit.grades) ??
      (outsideLessons(premises)
        ? outsideRefusal(host, visit, moment)
        : lessonRefusal(host, visit, policy.lessons, weekday, moment)))
  if (refusal) return refusal
  const sitting = { ...visit, shift: shiftAt(host, visit, moment) }
  const closure = closures.find(each => stops(each, visit.online) && closes(each, host, sitting, moment.day))
  return closure && { code: 'closure', from: closure.from, to: closure.to, outcome: closure.outcome }
}

function grid(premises: Premises, visit: Visit, day: Day): Interval[] {
  const { host, calendar } = premises
  if (!taught(host, visit.audience))
    return gridIn(openOn(host, timetableDay(calendar, day), visit) ?? [], visit.minutes)
  const own = shiftsOf(host, visit.grades)
  if (outsideLessons(premises)) return own.flatMap(shift => gridIn(freeOf(host, hullOf(shift)), visit.minutes))
  return own.flatMap(shift => runs(shift, lessonCount(visit.minutes, shift)))
}

const outsideLessons = ({ host, policy }: Premises): boolean =>
  host.kind === 'school' && policy.lessons === 'outsideLessons'

/** The school's day for children without the lessons of their own shift. */
const freeOf = (host: Host, lessons: Interval): Interval[] =>
  (hoursOf({ ...host, hours: [] }, 1, true) ?? []).flatMap(part => without(part, lessons))

function outsideRefusal(host: Host, visit: Visit, moment: Moment): TimetableRefusal | undefined {
  const free = shiftsOf(host, visit.grades).map(shift => ({
    lessons: hullOf(shift),
    parts: freeOf(host, hullOf(shift)),
  }))
  if (free.some(({ parts }) => parts.some(part => part.from <= moment.from && moment.to <= part.to))) return
  const cut = free.find(({ lessons }) => lessons.from < moment.to && moment.from < lessons.to)
  if (cut) return { code: 'during-lessons', ...cut.lessons }
  return { code: 'host-closed', day: moment.day, open: free[0]?.parts ?? [] }
}

function gradesRefusal(host: Host, grades: number[]): TimetableRefusal | undefined {
  if (shiftsOf(host, grades).length > 0) return
  const unknown = grades.filter(grade => shiftsOf(host, [grade]).length === 0)
  return unknown.length > 0 ? { code: 'grade-not-taught', grades: unknown } : { code: 'grades-in-two-shifts', grades }
}

/** The shift in which these listeners sit at that time; none where nobody sits in lessons, or two are possible. */
export function shiftAt(
  host: Pick<Host, 'shifts'>,
  visit: Pick<Visit, 'audience' | 'grades'>,
  moment: Moment,
): string | undefined {
  if (!taught(host, visit.audience)) return
  const own = shiftsOf(host, visit.grades)
  return (runAt(own, moment)?.shift ?? (own.length === 1 ? own[0] : undefined))?.name
}
