import { type Day, dayNumber, plusDays } from '../base/time.ts'
import { type Problem, reading } from './field-rules.ts'

/** The breaks of a school year, in the order of the form; what lies between the first three and the lessons are the quarters. */
export const parts = ['autumn', 'winter', 'grade1', 'spring', 'summer'] as const
export type Part = (typeof parts)[number]
export type Span = { from: Day; to: Day }
export type SchoolYearValue = Span & {
  id: string
  source: string
  confirmed: boolean
  breaks: (Span & { part: Part })[]
}

export const partField = (part: Part, end: 'from' | 'to'): string => `${part}-${end}`
export const schoolYearFields: string[] = [
  'from',
  'to',
  'source',
  'confirmed',
  ...parts.flatMap(part => [partField(part, 'from'), partField(part, 'to')]),
]
type Sent = { texts: Record<string, string>; lists: Record<never, string[]>; repeated: string[] }

const longestYear = 366

/** `2027-28`, by its first day. */
export const yearId = (from: Day): string => {
  const first = Number(from.slice(0, 4))
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`
}

/** Dates of lessons and of the breaks that are known; breaks lie within the lessons and apart, the summer after them. */
export function readSchoolYear(sent: Sent): { value: SchoolYearValue | undefined; problems: Problem[] } {
  const form = reading<string>(sent)
  const days = form.days('from', 'to')
  if (days && dayNumber(days.to) - dayNumber(days.from) >= longestYear) form.wrong({ field: 'to', code: 'far-year' })
  const source = form.long('source', 300)
  const breaks = parts.flatMap(part => {
    const [from, to] = [partField(part, 'from'), partField(part, 'to')]
    if (sent.texts[from] === '' && sent.texts[to] === '') return []
    const span = form.days(from, to)
    return span ? [{ part, ...span }] : []
  })
  for (const [at, { part, from, to }] of breaks.entries()) {
    const field = partField(part, 'from')
    if (days && (part === 'summer' ? from <= days.to : from < days.from || to > days.to))
      form.wrong({ field, code: 'outside-year' })
    else if (breaks.slice(0, at).some(other => from <= other.to && other.from <= to))
      form.wrong({ field, code: 'overlaps' })
  }
  return {
    value:
      days && form.problems.length === 0
        ? { ...days, id: yearId(days.from), source, confirmed: sent.texts['confirmed'] === '1', breaks }
        : undefined,
    problems: form.problems,
  }
}

/** What lies between the breaks that everybody has; fewer than four where not all of them are known. */
export function quartersOf({ from, to }: Span, breaks: (Span & { part: string | null })[]): Span[] {
  const common = ['autumn', 'winter', 'spring']
  const between = breaks.filter(({ part }) => part !== null && common.includes(part))
  if (between.length < common.length) return []
  const sorted = between.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const starts = [from, ...sorted.map(each => plusDays(each.to, 1))]
  const ends = [...sorted.map(each => plusDays(each.from, -1)), to]
  return starts.map((start, at) => ({ from: start, to: ends[at] ?? to }))
}
