import type { Day, Minute, Weekday } from '../base/time.ts'
import type { DayOff, WeekType } from '../houses/rules.ts'
import type { Hall } from './hall-rules.ts'

export type HostKind =
  | 'school'
  | 'college'
  | 'university'
  | 'workplace'
  | 'market'
  | 'community-centre'
  | 'house-of-friendship'
  | 'custody'
export type Point = { lat: number; lon: number }
/** A shift of a school (or the only one of a college or university) with its own bells. */
export type Shift = {
  name: string
  grades: number[]
  languages: string[]
  lessons: { n: number; from: Minute; to: Minute }[]
}
/** Open hours of one weekday; `lunch` lies inside or is absent. A factory has talk windows instead of hours. */
export type Hours = { weekday: Weekday; from: Minute; to: Minute }

export type Host = {
  id: string
  kind: HostKind
  district: string
  point: Point | undefined
  weekType: WeekType
  shifts: Shift[]
  hours: Hours[]
  lunch: { from: Minute; to: Minute } | undefined
  /** Short windows (lunch, change of shift) in which alone a talk may lie; empty where `hours` or lessons rule. */
  talkWindows: { from: Minute; to: Minute }[]
  classHour: { weekday: Weekday; lesson: number } | undefined
  hallSeats: number | undefined
  /** In the host's own order; empty: one hall that has no name. */
  halls: Hall[]
  online: boolean
}

/** A period in which no talks are held (`ban`) or a coordinator is warned (`warn`): breaks, exams, tests. */
export type Ban = {
  kind: 'break' | 'exam' | 'tests' | 'other'
  strength: 'ban' | 'warn'
  from: Day
  /** Inclusive. */
  to: Day
  hostKinds: HostKind[]
  /** Empty: every grade. */
  grades: number[]
  /** Only this host; undefined: all of the kinds. */
  hostId: string | undefined
  /** Staff seminars and parents' meetings are held even in the breaks. */
  exceptAudiences: string[]
  names: { kk: string; ru: string; en: string }
  /** Of a school year whose dates nobody has confirmed. */
  guess?: true | undefined
}

/** Frost, wind, illness: a district closes kinds, shifts and grades for days, and talks go online, later or not at all. */
export type Closure = {
  districts: string[]
  hostKinds: HostKind[]
  /** Empty: every shift. */
  shifts: string[]
  /** Empty: every grade. */
  grades: number[]
  from: Day
  to: Day
  outcome: 'online' | 'postponed' | 'cancelled'
}

export type Interval = { from: Minute; to: Minute }

/** What a timetable must know of a talk; `betweenShifts`: a short talk for lunch or the change of shift (topics.json). */
export type Visit = {
  audience: string
  minors: boolean
  grades: number[]
  online: boolean
  minutes: number
  betweenShifts: boolean
}

export type TimetableRefusal =
  | { code: 'host-day-off'; day: Day; off: DayOff }
  | { code: 'ban'; kind: Ban['kind']; names: Ban['names']; from: Day; to: Day; guess?: true | undefined }
  | { code: 'closure'; from: Day; to: Day; outcome: Closure['outcome'] }
  | { code: 'no-timetable' }
  | { code: 'host-closed'; day: Day; open: Interval[] }
  | ({ code: 'host-lunch' } & Interval)
  | { code: 'outside-talk-windows'; windows: Interval[] }
  | { code: 'grade-not-taught'; grades: number[] }
  | { code: 'grades-in-two-shifts'; grades: number[] }
  | ({ code: 'other-shift'; shift: string } & Interval)
  | { code: 'not-whole-lessons'; nearest: Interval | undefined }
  | ({ code: 'class-hour-only'; weekday: Weekday } & Interval)
  | { code: 'class-hour-unknown' }
  | ({ code: 'during-lessons' } & Interval)

export type TimetableWarning =
  | { code: 'ban-near'; kind: Ban['kind']; names: Ban['names']; from: Day; to: Day; guess?: true | undefined }
  | { code: 'holiday-may-shift'; day: Day; names: Ban['names'] }
  | { code: 'works-instead'; day: Day; insteadOf: Day }

const taughtAudiences = ['pupils', 'college-students', 'university-students']

/** Whether the listeners sit in lessons, so that bells rule; parents and staff of the same school are bound to its open hours only. */
export const taught = (host: Pick<Host, 'shifts'>, audience: string): boolean =>
  host.shifts.some(shift => shift.lessons.length > 0) && taughtAudiences.includes(audience)

/** The shifts in which every one of the grades studies; a shift without grades teaches all of them. */
export const shiftsOf = (host: Pick<Host, 'shifts'>, grades: number[]): Shift[] =>
  host.shifts.filter(
    ({ lessons, grades: own }) =>
      lessons.length > 0 && (own.length === 0 || grades.every(grade => own.includes(grade))),
  )

/** From the first lesson of a shift to its last. */
export function hullOf(shift: Shift): Interval {
  return {
    from: Math.min(...shift.lessons.map(lesson => lesson.from)),
    to: Math.max(...shift.lessons.map(lesson => lesson.to)),
  }
}
