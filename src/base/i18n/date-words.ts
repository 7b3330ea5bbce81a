import { trilingual } from './trilingual.ts'

type Says = {
  months: string[]
  shortMonths: string[]
  weekdays: string[]
  shortWeekdays: string[]
  date: (weekday: string, date: number, month: string) => string
  dateWithoutWeekday: (date: number, month: string) => string
  dateWithYear: (year: string, date: number, month: string) => string
  dateShort: (weekday: string, date: number) => string
}

/** ICU's Kazakh ("2026 ж. 24 қараша", two-digit short years) is not what people write: own names and patterns (ux.md section 11). */
export const words = trilingual<Says>({
  kk: {
    months: [
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
    shortMonths: ['қаң', 'ақп', 'нау', 'сәу', 'мам', 'мау', 'шіл', 'там', 'қыр', 'қаз', 'қар', 'жел'],
    weekdays: ['дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі', 'жексенбі'],
    shortWeekdays: ['дс', 'сс', 'ср', 'бс', 'жм', 'сн', 'жс'],
    date: (weekday, date, month) => `${weekday}, ${date} ${month}`,
    dateWithoutWeekday: (date, month) => `${date} ${month}`,
    dateWithYear: (year, date, month) => `${year} жылғы ${date} ${month}`,
    dateShort: (weekday, date) => `${weekday} ${date}`,
  },
  ru: {
    months: [
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
    shortMonths: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
    weekdays: ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'],
    shortWeekdays: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
    date: (weekday, date, month) => `${weekday}, ${date} ${month}`,
    dateWithoutWeekday: (date, month) => `${date} ${month}`,
    dateWithYear: (year, date, month) => `${date} ${month} ${year} г.`,
    dateShort: (weekday, date) => `${weekday} ${date}`,
  },
  en: {
    months: [
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
    shortMonths: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    shortWeekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    date: (weekday, date, month) => `${weekday} ${date} ${month}`,
    dateWithoutWeekday: (date, month) => `${date} ${month}`,
    dateWithYear: (year, date, month) => `${date} ${month} ${year}`,
    dateShort: (weekday, date) => `${weekday} ${date}`,
  },
})
