import { type Day, dayNumber, isDay, mondayOf, plusDays } from '../base/time.ts'

/** Days of the House's calendar, both included; a talk belongs to the day that its promise names, whatever the zone's law says. */
export type Period = { kind: PeriodKind; from: Day; to: Day }
export const periodKinds = ['month', 'quarter', 'half', 'year', 'days'] as const
export type PeriodKind = (typeof periodKinds)[number]
type Named = Exclude<PeriodKind, 'days'>

export const periodFields = ['month', 'quarter', 'half', 'year', 'from', 'to'] as const
export type PeriodTexts = Record<(typeof periodFields)[number], string>
export type PeriodMistake = 'unknown' | 'day' | 'order' | 'long'

/** Ten years: whoever asks for more means a slip of the keyboard. */
export const longestPeriod = 3660

const monthsOf: Record<Named, number> = { month: 1, quarter: 3, half: 6, year: 12 }
const shapes: Record<Named, RegExp> = {
  month: /^(\d{4})-(0[1-9]|1[0-2])$/,
  quarter: /^(\d{4})-Q([1-4])$/,
  half: /^(\d{4})-H([12])$/,
  year: /^(\d{4})$/,
}

const beyond = /^(?:0\d{3}|9999)-\d{2}-\d{2}$/
const two = (n: number): string => String(n).padStart(2, '0')

/** So many whole months from the first of this one; undefined beyond the years that a date can name. */
function months(kind: Named, year: number, month: number): Period | undefined {
  const count = year * 12 + month - 1
  const first = (at: number) => `${String(Math.floor(at / 12)).padStart(4, '0')}-${two((at % 12) + 1)}-01`
  const [from, next] = [first(count), first(count + monthsOf[kind])]
  return isDay(from) && isDay(next) ? { kind, from, to: plusDays(next, -1) } : undefined
}

/** The period of this kind that holds the day. */
export function periodWith(kind: Named, day: Day): Period {
  const size = monthsOf[kind]
  const month = Number(day.slice(5, 7)) - 1
  const found = months(kind, Number(day.slice(0, 4)), month - (month % size) + 1)
  if (!found) throw new Error(`${day} is in no period`)
  return found
}

/** The period that an address or a form names, or what is wrong with it; the running quarter when none is named. */
export function periodOf(texts: PeriodTexts, today: Day): Period | { mistake: PeriodMistake } {
  for (const kind of ['month', 'quarter', 'half', 'year'] as const) {
    const text = texts[kind]
    if (text === '') continue
    const [, year = '', place = '1'] = shapes[kind].exec(text) ?? []
    const found = months(kind, Number(year), (Number(place) - 1) * (kind === 'month' ? 1 : monthsOf[kind]) + 1)
    return year !== '' && found ? found : { mistake: 'unknown' }
  }
  if (texts.from === '' && texts.to === '') return periodWith('quarter', today)
  const [from, to] = [texts.from, texts.to || today]
  // years that only a slip names: a date all the same, and far beyond what a report can span
  if (beyond.test(from) || beyond.test(to)) return { mistake: 'long' }
  if (!isDay(from) || !isDay(to)) return { mistake: 'day' }
  if (to < from) return { mistake: 'order' }
  return dayNumber(to) - dayNumber(from) < longestPeriod ? { kind: 'days', from, to } : { mistake: 'long' }
}

/** What stands in the address of a report of this period. */
export function periodQuery({ kind, from, to }: Period): Partial<PeriodTexts> {
  const year = from.slice(0, 4)
  const month = Number(from.slice(5, 7)) - 1
  if (kind === 'month') return { month: from.slice(0, 7) }
  if (kind === 'quarter') return { quarter: `${year}-Q${Math.floor(month / 3) + 1}` }
  if (kind === 'half') return { half: `${year}-H${Math.floor(month / 6) + 1}` }
  return kind === 'year' ? { year } : { from, to }
}

/** The neighbour: as many months, or as many days, before or after; undefined at the ends of the calendar. */
export function neighbour(period: Period, step: -1 | 1): Period | undefined {
  if (period.kind !== 'days') {
    const at = Number(period.from.slice(0, 4)) * 12 + Number(period.from.slice(5, 7)) - 1 + step * monthsOf[period.kind]
    return at < 12 ? undefined : months(period.kind, Math.floor(at / 12), (at % 12) + 1)
  }
  const length = dayNumber(period.to) - dayNumber(period.from) + 1
  const first = dayNumber(period.from) + step * length
  if (first < dayNumber('1000-01-01') || first + length >= dayNumber('9998-12-31')) return
  return { kind: 'days', from: plusDays(period.from, step * length), to: plusDays(period.to, step * length) }
}

/** Half-years are due on the tenth of the month after them (domain.md section 9). */
export const dueOn = ({ kind, to }: Period): Day | undefined => (kind === 'half' ? plusDays(to, 10) : undefined)

/** How a period is cut for its chart, so that bars can still be told apart. */
export function stepsOf({ from, to }: Period): 'week' | 'month' | 'year' {
  const days = dayNumber(to) - dayNumber(from) + 1
  return days <= 7 * 27 ? 'week' : days <= 31 * 36 ? 'month' : 'year'
}

/** The first day of the step that a day lies in. */
export const stepOf = (step: 'week' | 'month' | 'year', day: Day): Day =>
  step === 'week' ? mondayOf(day) : step === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`

/** All steps of a period, empty ones as well: a gap is seen. */
export function allSteps(period: Period): Day[] {
  const step = stepsOf(period)
  const found: Day[] = []
  for (let day = stepOf(step, period.from); day <= period.to; day = stepOf(step, nextStep(step, day))) found.push(day)
  return found
}
const nextStep = (step: 'week' | 'month' | 'year', day: Day): Day =>
  plusDays(day, step === 'week' ? 7 : step === 'month' ? 31 : 366)

/** The same day of the month so many months before, or the last one that month has. */
export function monthsBefore(day: Day, count: number): Day {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - count
  const month = months('month', Math.floor(at / 12), (at % 12) + 1)
  if (!month) return day
  const same = `${month.from.slice(0, 8)}${day.slice(8)}`
  return same <= month.to ? same : month.to
}

/** Whole months from one day to a later one. */
export function monthsBetween(from: Day, to: Day): number {
  const whole =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return monthsBefore(to, whole) < from ? whole - 1 : whole
}
