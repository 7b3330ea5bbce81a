import { type Minute, minuteOf, type Weekday } from '../base/time.ts'
import bells from '../tools/seed/data/bells.json' with { type: 'json' }
import type { Host, HostKind, Shift } from './rules.ts'

/** Tables to begin with, until somebody asks the host for its own (bells.json). */
const bellsOf: Partial<Record<HostKind, string>> = {
  school: 'two-shift-45',
  college: 'college-pairs',
  university: 'university-50',
}
const workdayOf: Partial<Record<HostKind, string>> = {
  workplace: 'company-9',
  market: 'company-9',
  'community-centre': 'evening-centre',
  'house-of-friendship': 'office-9',
  custody: 'office-9',
}
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export type Timetable = Pick<Host, 'weekType' | 'shifts' | 'hours' | 'lunch'>

/** The usual timetable of a kind of host; of a school nobody knows which grades study in which shift, so both may be meant. */
export function typicalTimetable(kind: HostKind): Timetable {
  const workday = bells.workdays.find(({ id }) => id === workdayOf[kind])
  const lunch = workday && 'lunch' in workday ? (workday.lunch ?? undefined) : undefined
  return {
    weekType: 5,
    shifts: shiftsOf(kind),
    hours: (workday?.days ?? []).map(day => ({
      weekday: (weekdays.indexOf(day) + 1) as Weekday,
      from: minute(workday?.from),
      to: minute(workday?.to),
    })),
    lunch: lunch && { from: minute(lunch.from), to: minute(lunch.to) },
  }
}

/** A host that is not in the list yet, as the engine sees it. */
export const newcomer = (kind: HostKind, district: string): Host => ({
  id: 'new',
  kind,
  district,
  point: undefined,
  talkWindows: [],
  classHour: undefined,
  hallSeats: undefined,
  halls: [],
  online: true,
  ...typicalTimetable(kind),
})

const shiftsOf = (kind: HostKind): Shift[] =>
  (bells.bells.find(({ id }) => id === bellsOf[kind])?.shifts ?? []).map(shift => ({
    name: shift.id,
    grades: [],
    languages: [],
    lessons: shift.lessons.map(lesson => ({ n: lesson.n, from: minute(lesson.start), to: minute(lesson.end) })),
  }))

const minute = (text: string | null | undefined): Minute => minuteOf(text ?? '') ?? 0
