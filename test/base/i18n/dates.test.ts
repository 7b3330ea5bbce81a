import t from 'tap'
import {
  dateDigits,
  dateSaid,
  dateShort,
  datesFromTo,
  dateWithoutWeekday,
  dateWithYear,
  dayWithMonth,
  monthShort,
  numberSaid,
  timesSaid,
  weekdayName,
  weekdayShort,
} from '../../../src/base/i18n/dates.ts'
import { languages } from '../../../src/base/i18n/language.ts'

const tuesday = '2026-11-24'
const inAll = (said: (language: (typeof languages)[number]) => string) => languages.map(said)

t.test('a date is said as people write it in each language', async t => {
  t.same(
    inAll(it => dateSaid(it, tuesday)),
    ['Сейсенбі, 24 қараша', 'вторник, 24 ноября', 'Tuesday 24 November'],
  )
  t.same(
    inAll(it => dateWithoutWeekday(it, tuesday)),
    ['24 қараша', '24 ноября', '24 November'],
  )
  t.same(
    inAll(it => dayWithMonth(it, tuesday)),
    ['сс 24 қараша', 'вт 24 ноября', 'Tue 24 November'],
  )
  t.same(
    inAll(it => dateWithYear(it, '2027-03-05')),
    ['2027 жылғы 5 наурыз', '5 марта 2027 г.', '5 March 2027'],
  )
  t.same(
    inAll(it => dateShort(it, tuesday)),
    ['сс 24', 'вт 24', 'Tue 24'],
  )
  t.same(
    inAll(it => weekdayShort(it, '2026-11-29')),
    ['жс', 'вс', 'Sun'],
  )
  t.same(
    inAll(it => weekdayName(it, 1)),
    ['Дүйсенбі', 'Понедельник', 'Monday'],
  )
  t.same(
    inAll(it => monthShort(it, '2026-05-01')),
    ['мам', 'мая', 'May'],
  )
  t.equal(dateDigits(tuesday), '24.11.2026')
  t.equal(timesSaid(840, 885), '14:00–14:45')
})

t.test('each of the twelve months and seven weekdays has a name of its own', async t => {
  for (const language of languages) {
    const months = Array.from({ length: 12 }, (_, n) =>
      dateWithoutWeekday(language, `2026-${String(n + 1).padStart(2, '0')}-01`),
    )
    t.equal(new Set(months).size, 12)
    t.equal(new Set([1, 2, 3, 4, 5, 6, 7].map(day => weekdayName(language, day))).size, 7)
  }
})

t.test('thousands are parted by a space that does not break, in English by a comma', async t => {
  t.same(
    inAll(it => numberSaid(it, 23_860)),
    ['23\u00a0860', '23\u00a0860', '23,860'],
  )
  t.same(
    inAll(it => numberSaid(it, 1_234_567)),
    ['1\u00a0234\u00a0567', '1\u00a0234\u00a0567', '1,234,567'],
  )
  t.same(
    inAll(it => numberSaid(it, 999)),
    ['999', '999', '999'],
  )
})

t.test('days of one month name it once, days of two months name both', async t => {
  t.same(
    inAll(it => datesFromTo(it, '2026-11-23', '2026-11-28')),
    ['23–28 қараша', '23–28 ноября', '23–28 November'],
  )
  t.same(
    inAll(it => datesFromTo(it, '2026-11-30', '2026-12-05')),
    ['30 қараша – 5 желтоқсан', '30 ноября – 5 декабря', '30 November – 5 December'],
  )
})
