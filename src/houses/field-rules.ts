import { emailOf, phoneOf } from '../base/text.ts'
import { type Day, isDay } from '../base/time.ts'

/** What is wrong with one field of a form that keeps data of a House. */
export type Problem = { field: string } & (
  | {
      code:
        | 'empty'
        | 'none'
        | 'unknown'
        | 'no-day'
        | 'future'
        | 'past'
        | 'ends-before'
        | 'downwards'
        | 'same'
        | 'far'
        | 'taken'
        | 'repeated'
        | 'in-use'
        | 'address'
        | 'far-year'
        | 'outside-year'
        | 'overlaps'
    }
  | { code: 'long'; most: number }
  | { code: 'talks-to-come'; talks: number }
  | { code: 'like'; example: string }
  | { code: 'no-number'; least: number; most: number }
)
export type Said = { kk: string; ru: string; en: string }
type Sent<One extends string, Many extends string> = {
  texts: Record<One, string>
  lists: Record<Many, string[]>
  repeated: string[]
}

/** The names of the three fields of a text that is kept in three languages. */
export const inThree = <Name extends string>(name: Name) => [`${name}_kk`, `${name}_ru`, `${name}_en`] as const

/** Reads what was typed, field by field, and gathers what is wrong; a value that is wrong comes back as a harmless one. */
export function reading<One extends string, Many extends string = never>({ texts, lists, repeated }: Sent<One, Many>) {
  const problems: Problem[] = repeated.map(field => ({ field, code: 'repeated' as const }))
  const text = (field: One): string => texts[field]

  function long(field: One, most: number): string {
    const value = text(field)
    if (value.length > most) problems.push({ field, code: 'long', most })
    return value
  }
  function line(field: One, most: number): string {
    const value = long(field, most).replace(/\s+/g, ' ').trim()
    if (value === '') problems.push({ field, code: 'empty' })
    return value
  }
  function day(field: One): Day | undefined {
    const value = text(field)
    if (value === '') problems.push({ field, code: 'empty' })
    else if (!isDay(value) || value < '2000' || value > '2100') problems.push({ field, code: 'no-day' })
    else return value
    return
  }
  function number(field: One, least: number, most: number, pattern: RegExp): number {
    const value = Number(pattern.test(text(field)) ? text(field).replace(',', '.') : Number.NaN)
    if (value >= least && value <= most) return value
    problems.push(text(field) === '' ? { field, code: 'empty' } : { field, code: 'no-number', least, most })
    return least
  }
  function like<Value>(field: One, value: Value | undefined, example: string): Value | undefined {
    if (value === undefined)
      problems.push(text(field) === '' ? { field, code: 'empty' } : { field, code: 'like', example })
    return value
  }
  return {
    problems,
    email: (field: One): string => like(field, emailOf(text(field)), 'aigul@mektep.kz') ?? '',
    phoneOrNone: (field: One): string | null =>
      text(field) === '' ? null : (like(field, phoneOf(text(field)), '+7 701 123 45 67') ?? null),
    pointOrNone: (field: One): { lat: number; lon: number } | undefined =>
      text(field) === '' ? undefined : like(field, pointOf(text(field)), '43.2389, 76.8897'),
    like,
    wrong: (problem: Problem): void => void problems.push(problem),
    long,
    line,
    said: (kk: One, ru: One, en: One, most: number): Said => ({
      kk: line(kk, most),
      ru: line(ru, most),
      en: line(en, most),
    }),
    day,
    dayOrNone: (field: One): Day | undefined => (text(field) === '' ? undefined : day(field)),
    /** Two days that follow each other; both the same day is a day. */
    days(from: One, to: One): { from: Day; to: Day } | undefined {
      const [first, last] = [day(from), day(to)]
      if (!first || !last) return
      if (first <= last) return { from: first, to: last }
      problems.push({ field: to, code: 'ends-before' })
      return
    },
    whole: (field: One, least: number, most: number): number => number(field, least, most, /^\d{1,6}$/),
    decimal: (field: One, least: number, most: number): number => number(field, least, most, /^\d{1,4}([.,]\d{1,3})?$/),
    /** What of a list was ticked; nothing that is not in the list. */
    some(field: Many, known: readonly string[], least = 0): string[] {
      const chosen = lists[field].filter(value => known.includes(value))
      if (chosen.length < lists[field].length) problems.push({ field, code: 'unknown' })
      else if (chosen.length < least) problems.push({ field, code: 'none' })
      return known.filter(value => chosen.includes(value))
    },
    /** The one that was chosen of a list. */
    one<Value extends string>(field: One, known: readonly Value[]): Value | undefined {
      const value = text(field)
      const found = known.find(each => each === value)
      if (found !== undefined) return found
      problems.push({ field, code: value === '' ? 'empty' : 'unknown' })
      return
    },
  }
}

/** `43.2389, 76.8897`, as maps give it: latitude and longitude in the bounds of the country. */
function pointOf(text: string): { lat: number; lon: number } | undefined {
  const [, first, second] = /^(\d{2}\.\d{1,9})[\s,;]+(\d{2}\.\d{1,9})$/.exec(text) ?? []
  const [lat, lon] = [Number(first), Number(second)]
  return lat >= 40 && lat <= 56 && lon >= 46 && lon <= 88 ? { lat, lon } : undefined
}

/** Grades of a school, from the one before the first to the last that there may be. */
export const grades = Array.from({ length: 13 }, (_, grade) => String(grade))
export const hostKinds = [
  'school',
  'college',
  'university',
  'workplace',
  'market',
  'community-centre',
  'house-of-friendship',
  'custody',
] as const
