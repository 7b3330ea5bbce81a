import { type Minute, minuteOf } from '../base/time.ts'
import type { Interval } from './rules.ts'

/** What a coordinator typed about a host. Shifts by name; hours by weekday 1 … 7. */
export type TypedHostEdit = {
  kk: string
  ru: string
  en: string
  addressKk: string
  addressRu: string
  district: string
  seats: string
  online: boolean
  shifts: { shift: string; grades: string; lessons: string }[]
  hours: string[]
  lunch: string
}
export type HostEdit = {
  names: { kk: string; ru: string; en: string }
  addressKk: string
  addressRu: string
  district: string
  seats: number | undefined
  online: boolean
  shifts: { shift: string; grades: number[]; lessons: Interval[] }[]
  hours: (Interval | undefined)[]
  lunch: Interval | undefined
}
export type EditProblem = {
  field: string
  code:
    | 'name-missing'
    | 'text-long'
    | 'seats-wrong'
    | 'district-missing'
    | 'lessons-wrong'
    | 'grades-wrong'
    | 'hours-wrong'
    | 'one-value'
}

const longest = 200

export function readEdit(
  typed: TypedHostEdit,
  districts: string[],
): { problems: EditProblem[]; value: HostEdit | undefined } {
  const problems: EditProblem[] = []
  for (const field of ['kk', 'ru', 'en'] as const) {
    if (!/[\p{L}\p{N}]/u.test(typed[field])) problems.push({ field, code: 'name-missing' })
    else if (typed[field].length > longest) problems.push({ field, code: 'text-long' })
  }
  for (const field of ['addressKk', 'addressRu'] as const)
    if (typed[field].length > longest) problems.push({ field, code: 'text-long' })
  if (!districts.includes(typed.district)) problems.push({ field: 'district', code: 'district-missing' })
  const seats = typed.seats === '' ? undefined : /^\d{1,4}$/.test(typed.seats) ? Number(typed.seats) : Number.NaN
  if (Number.isNaN(seats) || (seats ?? 0) > 5000) problems.push({ field: 'seats', code: 'seats-wrong' })
  const shifts = typed.shifts.map(({ shift, grades, lessons }) => {
    const own = gradesOf(grades)
    const all = lessonsOf(lessons)
    if (!own) problems.push({ field: `grades-${shift}`, code: 'grades-wrong' })
    if (!all) problems.push({ field: `lessons-${shift}`, code: 'lessons-wrong' })
    return { shift, grades: own ?? [], lessons: all ?? [] }
  })
  const hours = typed.hours.map((text, at) => {
    const open = intervalOf(text)
    if (text !== '' && !open) problems.push({ field: `hours-${at + 1}`, code: 'hours-wrong' })
    return open
  })
  const lunch = intervalOf(typed.lunch)
  if (typed.lunch !== '' && !lunch) problems.push({ field: 'lunch', code: 'hours-wrong' })
  const { kk, ru, en, addressKk, addressRu, district, online } = typed
  return {
    problems,
    value:
      problems.length > 0
        ? undefined
        : { names: { kk, ru, en }, addressKk, addressRu, district, seats, online, shifts, hours, lunch },
  }
}

/** `08:00–08:45`, also with a plain hyphen and without the leading zero; it ends after it begins and within the day. */
export function intervalOf(text: string): Interval | undefined {
  const [, from, to] = /^(\d{1,2}[:.]\d{2})\s*[-–—]\s*(\d{1,2}[:.]\d{2})$/.exec(text.trim()) ?? []
  const [start, end] = [minute(from), minute(to)]
  return start !== undefined && end !== undefined && start < end && end < 1440 ? { from: start, to: end } : undefined
}

const minute = (text = ''): Minute | undefined => minuteOf(text.replace('.', ':').padStart(5, '0'))

/** Lessons line by line, none before the end of the one above. */
function lessonsOf(text: string): Interval[] | undefined {
  const lessons = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(intervalOf)
  const ordered = lessons.every((lesson, at) => lesson && (at === 0 || (lessons[at - 1]?.to ?? 0) <= lesson.from))
  return ordered && lessons.length > 0 && lessons.length <= 14
    ? lessons.filter(lesson => lesson !== undefined)
    : undefined
}

function gradesOf(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  return parts.every(part => /^\d{1,2}$/.test(part) && Number(part) <= 12)
    ? [...new Set(parts.map(Number))].sort((a, b) => a - b)
    : undefined
}
