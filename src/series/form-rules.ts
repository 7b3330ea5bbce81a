import type { Day, Minute } from '../base/time.ts'
import { countOf, dayOf, timeOf } from '../requests/rules.ts'
import { daysFrom, leastDates, mostDates, type SeriesKind, seriesKindOf } from './rules.ts'

/** So many rows a form has for classes, and for topics. */
export const rowCount = 8
const rows = Array.from({ length: rowCount }, (_, at) => at + 1)
export const classFields = rows.flatMap(row => [`class-${row}`, `heads-${row}`])
export const topicFields = rows.map(row => `topic-${row}`)
export const seriesFields = ['kind', 'name', 'first', 'time', 'weeks', 'every', ...classFields, ...topicFields]
export type TypedSeries = Record<string, string>

export type SeriesProblem = { field: string; code: SeriesProblemCode }
export type SeriesProblemCode =
  | 'name-missing'
  | 'name-long'
  | 'date-impossible'
  | 'date-past'
  | 'time-impossible'
  | 'weeks-outside'
  | 'classes-few'
  | 'class-long'
  | 'class-twice'
  | 'heads-outside'
  | 'topics-few'

export type PlannedDate = {
  day: Day
  className: string
  /** Undefined: those of the request. */
  grades: number[] | undefined
  heads: number | undefined
  topicId: string | undefined
}
export type PlannedSeries = {
  kind: SeriesKind
  name: string
  everyWeeks: number | undefined
  time: Minute | undefined
  dates: PlannedDate[]
}

const longestName = 120
const longestClass = 20

/** What a coordinator typed to make a request into a series; `topics` are the ids that may be chosen. */
export function readSeries(
  typed: TypedSeries,
  known: { today: Day; topics: string[] },
): { problems: SeriesProblem[]; value: PlannedSeries | undefined } {
  const kind = seriesKindOf(typed['kind'] ?? '') ?? 'day'
  const name = typed['name'] ?? ''
  const first = dayOf(typed['first'] ?? '')
  const time = timeOf(typed['time'] ?? '')
  const problems: SeriesProblem[] = []
  const wrong = (field: string, code: SeriesProblemCode) => problems.push({ field, code })
  if (name === '') wrong('name', 'name-missing')
  if (name.length > longestName) wrong('name', 'name-long')
  if (!first) wrong('first', 'date-impossible')
  else if (first < known.today) wrong('first', 'date-past')
  if (typed['time'] && time === undefined) wrong('time', 'time-impossible')
  const every = typed['every'] === '2' ? 2 : 1
  const day = first ?? known.today
  const dates = {
    day: () => classes(typed, day, wrong),
    weekly: () => weeks(typed, day, wrong),
    programme: () => topics(typed, day, every, known.topics, wrong),
  }[kind]()
  const everyWeeks = kind === 'day' ? undefined : kind === 'weekly' ? 1 : every
  return { problems, value: problems.length === 0 ? { kind, name, everyWeeks, time, dates } : undefined }
}

type Wrong = (field: string, code: SeriesProblemCode) => void

function classes(typed: TypedSeries, day: Day, wrong: Wrong): PlannedDate[] {
  const named = rows.filter(row => typed[`class-${row}`])
  if (named.length < leastDates) wrong('class-1', 'classes-few')
  return named.map(row => {
    const className = typed[`class-${row}`] ?? ''
    const heads = countOf(typed[`heads-${row}`] ?? '')
    if (className.length > longestClass) wrong(`class-${row}`, 'class-long')
    if (named.some(other => other < row && same(typed[`class-${other}`], className)))
      wrong(`class-${row}`, 'class-twice')
    if (heads === undefined || heads < 1 || heads > 2000) wrong(`heads-${row}`, 'heads-outside')
    return { day, className, grades: gradesOf(className), heads, topicId: undefined }
  })
}

function weeks(typed: TypedSeries, day: Day, wrong: Wrong): PlannedDate[] {
  const count = countOf(typed['weeks'] ?? '') ?? 0
  const fits = count >= leastDates && count <= mostDates
  if (!fits) wrong('weeks', 'weeks-outside')
  return fits ? daysFrom(day, count, 1).map(each => ({ ...plain, day: each })) : []
}

function topics(typed: TypedSeries, day: Day, every: number, known: string[], wrong: Wrong): PlannedDate[] {
  const chosen = topicFields.map(field => typed[field] ?? '').filter(topic => known.includes(topic))
  if (chosen.length < leastDates) wrong('topic-1', 'topics-few')
  return daysFrom(day, chosen.length, every).map((each, at) => ({ ...plain, day: each, topicId: chosen[at] }))
}

const plain: Omit<PlannedDate, 'day'> = { className: '', grades: undefined, heads: undefined, topicId: undefined }

const same = (one: string | undefined, other: string): boolean =>
  one?.toLocaleUpperCase('kk') === other.toLocaleUpperCase('kk')

/** `9А`, `9 «Б»`, `11-Ә`: the grade that a class is named by. */
export function gradesOf(className: string): number[] | undefined {
  const [, number] = /^(\d{1,2})(?!\d)/.exec(className.trim()) ?? []
  const grade = Number(number)
  return number !== undefined && grade <= 12 ? [grade] : undefined
}
