import { clock, type Day, type Minute, weekdayOf } from '../time.ts'
import type { Language } from './language.ts'

// ICU's Kazakh ("2026 ж. 24 қараша", two-digit short years) is not what people write: own patterns (ux.md section 11).
const months = {
  kk: [
    'қаңтар',
    'ақпан',
    'наурыз',
    'сәуір',
    'мамыр',
    'маусым',
    'шілде',
    'тамыз',
    'қыркүйек',
    'қазан',
    'қараша',
    'желтоқсан',
  ],
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}
const shortMonths = {
  kk: ['қаң', 'ақп', 'нау', 'сәу', 'мам', 'мау', 'шіл', 'там', 'қыр', 'қаз', 'қар', 'жел'],
  ru: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}
const weekdays = {
  kk: ['дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі', 'жексенбі'],
  ru: ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const shortWeekdays = {
  kk: ['дс', 'сс', 'ср', 'бс', 'жм', 'сн', 'жс'],
  ru: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

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
  const name = of(weekdays[language], weekday)
  if (language === 'en') return `${name} ${date} ${of(months.en, month)}`
  return `${language === 'kk' ? capital(name) : name}, ${date} ${of(months[language], month)}`
}

/** `24 қараша` · `24 ноября` · `24 November` */
export function dateWithoutWeekday(language: Language, day: Day): string {
  const { month, date } = parts(day)
  return `${date} ${of(months[language], month)}`
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
  if (language === 'kk') return `${year} жылғы ${date} ${of(months.kk, month)}`
  return `${date} ${of(months[language], month)} ${year}${language === 'ru' ? ' г.' : ''}`
}

/** `сс 24` · `вт 24` · `Tue 24`: boards and chips. */
export function dateShort(language: Language, day: Day): string {
  const { date, weekday } = parts(day)
  return `${of(shortWeekdays[language], weekday)} ${date}`
}

export const weekdayShort = (language: Language, day: Day): string => of(shortWeekdays[language], parts(day).weekday)
export const weekdayName = (language: Language, weekday: number): string => capital(of(weekdays[language], weekday - 1))
export const monthShort = (language: Language, day: Day): string => of(shortMonths[language], parts(day).month)

/** `24.11.2026` in all three. */
export const dateDigits = (day: Day): string => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`

/** `14:00–14:45` */
export const timesSaid = (from: Minute, to: Minute): string => `${clock(from)}–${clock(to)}`

/** `23 860` in kk and ru, `23,860` in en. */
export const numberSaid = (language: Language, value: number): string =>
  String(value).replace(/\B(?=(\d{3})+(?!\d))/g, language === 'en' ? ',' : '\u00a0')
