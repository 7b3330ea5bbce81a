import { DateTime } from 'luxon'
import t from 'tap'
import {
  clock,
  clockFrom,
  dayNumber,
  instantOf,
  instantOrThrow,
  isDay,
  minuteOf,
  mondayOf,
  overlaps,
  plusDays,
  wallOf,
  wallTime,
  weekdayOf,
} from '../../src/base/time.ts'

const almaty = 'Asia/Almaty'
const said = (instant: DateTime | string) => (typeof instant === 'string' ? instant : instant.toUTC().toISO())

t.test('a wall time in Almaty lies six hours before UTC until February 2024 and five since March', async t => {
  t.equal(said(instantOf('2024-02-29', 600, almaty)), '2024-02-29T04:00:00.000Z')
  t.equal(said(instantOf('2024-03-01', 600, almaty)), '2024-03-01T05:00:00.000Z')
  t.equal(said(instantOf('2026-11-25', 600, almaty)), '2026-11-25T05:00:00.000Z')
})

t.test('the hour that occurred twice on 29 February 2024 is told apart from every other hour', async t => {
  t.equal(said(instantOf('2024-02-29', 22 * 60 + 59, almaty)), '2024-02-29T16:59:00.000Z')
  t.equal(instantOf('2024-02-29', 23 * 60, almaty), 'twice')
  t.equal(instantOf('2024-02-29', 23 * 60 + 59, almaty), 'twice')
  t.equal(said(instantOf('2024-03-01', 0, almaty)), '2024-02-29T19:00:00.000Z')
  t.throws(() => instantOrThrow('2024-02-29', 23 * 60, almaty), {
    message: '2024-02-29 23:00 occurs twice in Asia/Almaty',
  })
})

t.test('an hour that clocks jumped over does not exist', async t => {
  t.equal(instantOf('2004-03-28', 2 * 60 + 30, almaty), 'none')
  t.equal(instantOf('2026-03-29', 2 * 60 + 30, 'Europe/Berlin'), 'none')
  t.throws(() => instantOrThrow('2004-03-28', 150, almaty), { message: '2004-03-28 02:30 occurs none in Asia/Almaty' })
})

t.test('the end of a day is the beginning of the next', async t => {
  t.equal(said(instantOf('2026-11-25', 1440, almaty)), said(instantOf('2026-11-26', 0, almaty)))
})

t.test('every wall time of a year comes back from the time line as it was', async t => {
  for (let day = '2026-01-01'; day < '2027-01-01'; day = plusDays(day, 1))
    for (const minute of [0, 485, 1439])
      t.same(wallOf(instantOrThrow(day, minute, almaty), almaty), { day, minute }, `${day} ${clock(minute)}`)
})

t.test('days are counted, go on over months and years, and know their weekday', async t => {
  t.equal(dayNumber('1970-01-01'), 0)
  t.equal(dayNumber('2026-11-23') - dayNumber('2026-11-01'), 22)
  t.equal(plusDays('2026-12-31', 1), '2027-01-01')
  t.equal(plusDays('2028-02-28', 1), '2028-02-29')
  t.equal(plusDays('2026-03-01', -1), '2026-02-28')
  t.same(['2026-11-23', '2026-11-28', '2026-11-29', '1969-12-31'].map(weekdayOf), [1, 6, 7, 3])
  t.same(['2026-11-23', '2026-11-25', '2026-11-29', '2026-11-30'].map(mondayOf), [
    '2026-11-23',
    '2026-11-23',
    '2026-11-23',
    '2026-11-30',
  ])
})

t.test('only a date of the calendar is a day', async t => {
  const texts = [
    '2026-11-25',
    '2028-02-29',
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '25.11.2026',
    '',
    '2026-11-25T10:00',
    '٢٠٢٦-11-25',
  ]
  t.same(texts.filter(isDay), ['2026-11-25', '2028-02-29'])
  t.same(['0000-01-01', '0999-12-31', '1000-01-01', '9998-12-31', '9999-01-01'].filter(isDay), [
    '1000-01-01',
    '9998-12-31',
  ])
})

t.test('only a time of the clock is a minute', async t => {
  t.same(
    ['00:00', '09:05', '23:59', '24:00', '09:05:00', '24:01', '25:00', '09:60', '9:05', '', '09:05:30', '-1:00'].map(
      minuteOf,
    ),
    [0, 545, 1439, 1440, 545, undefined, undefined, undefined, undefined, undefined, undefined, undefined],
  )
  t.same([0, 545, 1440].map(clock), ['00:00', '09:05', '24:00'])
})

t.test('a wall time without an offset is taken apart, anything else is not one', async t => {
  t.same(wallTime('2026-11-25T10:00'), { day: '2026-11-25', minute: 600 })
  t.same(wallTime('2026-11-25T10:00:00'), { day: '2026-11-25', minute: 600 })
  for (const text of ['2026-11-25', '2026-11-25T24:00', '2026-02-30T10:00', '2026-11-25T10:00+05:00', 'T10:00', ''])
    t.equal(wallTime(text), undefined, text)
})

t.test('moments overlap on one day only, and not when they merely touch', async t => {
  const morning = { day: '2026-11-25', from: 600, to: 645 }
  t.equal(overlaps(morning, { day: '2026-11-25', from: 644, to: 700 }), true)
  t.equal(overlaps(morning, { day: '2026-11-25', from: 645, to: 700 }), false)
  t.equal(overlaps(morning, { day: '2026-11-26', from: 600, to: 645 }), false)
})

t.test('a clock starts where it is told and runs on', async t => {
  const start = DateTime.fromISO('2026-11-23T08:45:00+05:00', { zone: 'utc' })
  const now = clockFrom(start)
  const [first, second] = [now(), now()]
  t.ok(first >= start && first < start.plus({ minutes: 1 }))
  t.ok(second >= first)
  t.equal(clockFrom()().zoneName, 'UTC')
})
