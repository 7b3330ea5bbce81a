import type { Minute, Weekday } from '../base/time.ts'
import { type Host, hullOf, type Interval, type Shift, shiftsOf, type TimetableRefusal, type Visit } from './rules.ts'

export type LessonsPolicy = 'classHourOnly' | 'offeredLessons' | 'outsideLessons'
/** Lessons in a row, with the breaks between them. */
export type Run = Interval & { shift: Shift; first: number; lessons: number }

/** A longer pause between two lessons is lunch: no talk spans it. */
const longestBreak = 30

/** How many lessons a talk takes: the nearest whole number, at a half the short version of the talk, and one at least. */
export function lessonCount(minutes: number, shift: Shift): number {
  const lesson = shift.lessons[0]
  return lesson ? Math.max(1, Math.ceil(minutes / (lesson.to - lesson.from) - 0.5)) : 0
}

/** Every way to take `count` lessons in a row of a shift, whose lessons are in order of time. */
export function runs(shift: Shift, count: number): Run[] {
  const { lessons } = shift
  return lessons.flatMap((first, at) => {
    const taken = lessons.slice(at, at + count)
    const last = taken.at(-1)
    return last && taken.length === count && inARow(taken)
      ? [{ from: first.from, to: last.to, shift, first: first.n, lessons: count }]
      : []
  })
}

/** The lessons that a talk at this time takes whole, in one of these shifts. */
export function runAt(shifts: Shift[], at: Interval): Run | undefined {
  for (const shift of shifts) {
    const first = shift.lessons.find(({ from }) => from === at.from)
    if (!first || !shift.lessons.some(({ to }) => to === at.to)) continue
    const taken = shift.lessons.filter(({ from, to }) => at.from <= from && to <= at.to)
    if (inARow(taken)) return { from: at.from, to: at.to, shift, first: first.n, lessons: taken.length }
  }
  return
}

/** Why listeners of these grades can't be met in lessons at this time: another shift, a cut lesson, not the class hour. */
export function lessonRefusal(
  host: Host,
  visit: Pick<Visit, 'grades' | 'minutes'>,
  policy: LessonsPolicy,
  weekday: Weekday,
  at: Interval,
): TimetableRefusal | undefined {
  const own = shiftsOf(host, visit.grades)
  const run = runAt(own, at)
  if (!run) {
    const nearest = nearestRun(own, visit.minutes, at.from)
    const other = host.shifts.find(shift => !own.includes(shift) && overlaps(hullOf(shift), at))
    const shift = own[0]
    if (other && shift && !own.some(each => overlaps(hullOf(each), at)))
      return { code: 'other-shift', shift: shift.name, ...hullOf(shift) }
    return { code: 'not-whole-lessons', nearest }
  }
  if (policy !== 'classHourOnly' || host.kind !== 'school') return
  return host.classHour ? classHourRefusal(host.classHour, run, weekday) : { code: 'class-hour-unknown' }
}

/** Whether the talk begins with the lesson in which the class meets its own teacher. */
export const inClassHour = (host: Host, run: Run, weekday: Weekday): boolean =>
  host.classHour?.weekday === weekday && host.classHour.lesson === run.first

function classHourRefusal(
  classHour: NonNullable<Host['classHour']>,
  run: Run,
  weekday: Weekday,
): TimetableRefusal | undefined {
  if (classHour.weekday === weekday && classHour.lesson === run.first) return
  const lesson = run.shift.lessons.find(each => each.n === classHour.lesson)
  if (!lesson) return { code: 'class-hour-unknown' }
  return { code: 'class-hour-only', weekday: classHour.weekday, from: lesson.from, to: lesson.to }
}

const inARow = (lessons: Shift['lessons']): boolean =>
  lessons.every((lesson, n) => n === 0 || lesson.from - (lessons[n - 1]?.to ?? 0) <= longestBreak)

function nearestRun(shifts: Shift[], minutes: number, from: Minute): Interval | undefined {
  const all = shifts.flatMap(shift => runs(shift, lessonCount(minutes, shift)))
  const nearest = all.sort((a, b) => Math.abs(a.from - from) - Math.abs(b.from - from))[0]
  return nearest && { from: nearest.from, to: nearest.to }
}

const overlaps = (a: Interval, b: Interval): boolean => a.from < b.to && b.from < a.to
