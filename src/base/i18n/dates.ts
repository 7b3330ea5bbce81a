import { clock, type Day, type Minute, weekdayOf } from '../time.ts'
import { words } from './date-words.ts'
import type { Language } from './language.ts'

const parts = (day: Day) => ({
  year: day.slice(0, 4),
  month: Number(day.slice(5, 7)) - 1,
  date: Number(day.slice(8)),
  weekday: weekdayOf(day) - 1,
})
const of = (list: string[], index: number): string => list[index] ?? ''
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('kk') + text.slice(1)

/** `Сейсенбі, 24 қараша` · `вторник, 24 ноября` · `Tuesday 24 November` */
export function dateSaid(language: Language, day: Day): string {
  const { month, date, weekday } = parts(day)
  const say = words[language]
  const name = of(say.weekdays, weekday)
  return say.date(language === 'kk' ? capital(name) : name, date, of(say.months, month))
}

/** `24 қараша` · `24 ноября` · `24 November` */
export function dateWithoutWeekday(language: Language, day: Day): string {
  const { month, date } = parts(day)
  return words[language].dateWithoutWeekday(date, of(words[language].months, month))
}

/** `23–28 қараша` · `30 ноября – 5 декабря`: days that belong together. */
export function datesFromTo(language: Language, from: Day, to: Day): string {
  const short = from.slice(0, 7) === to.slice(0, 7)
  return short
    ? `${parts(from).date}–${dateWithoutWeekday(language, to)}`
    : `${dateWithoutWeekday(language, from)} – ${dateWithoutWeekday(language, to)}`
}

/** `2026 жылғы 24 қараша` · `24 ноября 2026 г.` · `24 November 2026` */
export function dateWithYear(language: Language, day: Day): string {
  const { year, month, date } = parts(day)
  return words[language].dateWithYear(year, date, of(words[language].months, month))
}

/** `сс 24` · `вт 24` · `Tue 24`: boards and chips. */
export function dateShort(language: Language, day: Day): string {
  const { date, weekday } = parts(day)
  return words[language].dateShort(of(words[language].shortWeekdays, weekday), date)
}

/** `сс 24 қараша` · `вт 24 ноября` · `Tue 24 November`: sentences that speak of days of other weeks. */
export const dayWithMonth = (language: Language, day: Day): string =>
  `${weekdayShort(language, day)} ${dateWithoutWeekday(language, day)}`

export const weekdayShort = (language: Language, day: Day): string =>
  of(words[language].shortWeekdays, parts(day).weekday)
export const weekdayName = (language: Language, weekday: number): string =>
  capital(of(words[language].weekdays, weekday - 1))
export const monthShort = (language: Language, day: Day): string => of(words[language].shortMonths, parts(day).month)

/** `24.11.2026` in all three. */
export const dateDigits = (day: Day): string => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`

/** `14:00–14:45` */
export const timesSaid = (from: Minute, to: Minute): string => `${clock(from)}–${clock(to)}`

/** `23 860` in kk and ru, `23,860` in en. */
export const numberSaid = (language: Language, value: number): string =>
  String(value).replace(/\B(?=(\d{3})+(?!\d))/g, language === 'en' ? ',' : '\u00a0')
