import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import { dayNumber, plusDays, wallOf } from '../../src/base/time.ts'
import { csvLines, csvOf } from '../../src/reports/csv.ts'
import {
  allSteps,
  dueOn,
  monthsBefore,
  monthsBetween,
  neighbour,
  type PeriodTexts,
  periodOf,
  periodQuery,
  periodWith,
} from '../../src/reports/period-rules.ts'
import { add, averages, noFigures, type Part, spreadOf, veiled } from '../../src/reports/rules.ts'

const none: PeriodTexts = { month: '', quarter: '', half: '', year: '', from: '', to: '' }
const named = (texts: Partial<PeriodTexts>, today = '2026-11-24') => periodOf({ ...none, ...texts }, today)

t.test('a half-year begins and ends at midnight in Almaty', async t => {
  const at = (iso: string) => periodWith('half', wallOf(DateTime.fromISO(iso, { zone: 'utc' }), 'Asia/Almaty').day)
  t.same(at('2026-06-30T18:59:59Z'), { kind: 'half', from: '2026-01-01', to: '2026-06-30' })
  t.same(at('2026-06-30T19:00:00Z'), { kind: 'half', from: '2026-07-01', to: '2026-12-31' })
  t.same(at('2026-12-31T18:59:59Z').to, '2026-12-31')
  t.same(at('2026-12-31T19:00:00Z').from, '2027-01-01')
})

t.test(
  'the night of 1 March 2024, when Almaty went from +6 to +5, belongs to February until its second midnight',
  async t => {
    const at = (iso: string) =>
      periodWith('month', wallOf(DateTime.fromISO(iso, { zone: 'utc' }), 'Asia/Almaty').day).from
    t.equal(at('2024-02-29T17:59:59Z'), '2024-02-01')
    t.equal(at('2024-02-29T18:30:00Z'), '2024-02-01')
    t.equal(at('2024-02-29T19:00:00Z'), '2024-03-01')
  },
)

t.test('a leap day is the end of its month, and a year before it is the 28th', async t => {
  t.same(named({ month: '2024-02' }), { kind: 'month', from: '2024-02-01', to: '2024-02-29' })
  t.equal(monthsBefore('2024-02-29', 12), '2023-02-28')
  t.equal(monthsBefore('2026-08-31', 6), '2026-02-28')
  t.equal(monthsBetween('2026-02-28', '2026-08-31'), 6)
  t.equal(monthsBetween('2026-03-01', '2026-08-31'), 5)
})

t.test('what no period is gets words, and the running quarter is shown when none is named', async t => {
  t.same(named({}), { kind: 'quarter', from: '2026-10-01', to: '2026-12-31' })
  t.same(named({ quarter: '2026-Q5' }), { mistake: 'unknown' })
  t.same(named({ month: '2026-13' }), { mistake: 'unknown' })
  t.same(named({ half: '0000-H1' }), { mistake: 'unknown' })
  t.same(named({ year: '9999' }), { mistake: 'unknown' })
  t.same(named({ from: '0001-01-01', to: '9999-12-31' }), { mistake: 'long' })
  t.same(named({ from: '1000-01-01', to: '9998-12-31' }), { mistake: 'long' })
  t.same(named({ from: '2026-11-02', to: '2026-11-01' }), { mistake: 'order' })
  t.same(named({ from: '2026-02-30', to: '2026-03-01' }), { mistake: 'day' })
  t.same(named({ from: '2026-11-01' }), { kind: 'days', from: '2026-11-01', to: '2026-11-24' })
})

t.test('half-years are due on 10 January and 10 July', async t => {
  t.equal(dueOn(periodWith('half', '2026-11-24')), '2027-01-10')
  t.equal(dueOn(periodWith('half', '2026-03-01')), '2026-07-10')
  t.equal(dueOn(periodWith('quarter', '2026-03-01')), undefined)
})

t.test('neighbours touch, their addresses lead back to them, and steps cover them without a gap', async t => {
  const day = fc
    .integer({ min: dayNumber('1990-01-01'), max: dayNumber('2090-12-31') })
    .map(n => plusDays('1970-01-01', n))
  fc.assert(
    fc.property(day, fc.constantFrom('month', 'quarter', 'half', 'year'), (today, kind) => {
      const period = periodWith(kind, today)
      const before = neighbour(period, -1)
      const again = named(periodQuery(period))
      return (
        period.from <= today &&
        today <= period.to &&
        before !== undefined &&
        plusDays(before.to, 1) === period.from &&
        JSON.stringify(neighbour(before, 1)) === JSON.stringify(period) &&
        JSON.stringify(again) === JSON.stringify(period) &&
        (allSteps(period)[0] ?? '') <= period.from
      )
    }),
    { numRuns: 300 },
  )
  t.equal(neighbour({ kind: 'days', from: '1000-01-05', to: '1000-02-05' }, -1), undefined)
})

t.test('there is no average under five answers', async t => {
  const sums = { clear: 20, useful: 16, respectful: 20, again: 12 }
  t.equal(averages({ answers: 4, sums }), undefined)
  t.same(averages({ answers: 5, sums: { clear: 25, useful: 20, respectful: 25, again: 15 } }), {
    clear: 5,
    useful: 4,
    respectful: 5,
    again: 3,
  })
})

t.test('a small number is hidden, and never alone in a column that adds up', async t => {
  t.same(veiled([[3], [40], [7]], true), [[true], [false], [true]])
  t.same(veiled([[3], [2], [7]], true), [[true], [true], [false]])
  t.same(veiled([[3], [40]], false), [[true], [false]])
  t.same(veiled([[0], [5]], true), [[false], [false]])
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 2, maxLength: 8 }), column => {
      const hidden = veiled(
        column.map(value => [value]),
        true,
      ).map(([each]) => each)
      const positive = column.filter(value => value > 0).length
      const count = hidden.filter(Boolean).length
      return column.every((value, at) => !(value > 0 && value < 5) || hidden[at]) && (count !== 1 || positive === 1)
    }),
  )
})

t.test('planned, counted and confirmed heads stay three numbers', async t => {
  const part: Part = {
    ...{ state: 'held', reason: null, talks: 2, kazakh: 1, planned: 90, counted: 70, confirmed: 30, confirmedTalks: 1 },
    ...{ countedThere: 35, answers: 0, clear: 0, useful: 0, respectful: 0, again: 0, asked: 4, inTime: 3, late: 1 },
  }
  const sum = add(add(noFigures(), part), {
    ...part,
    state: 'cancelled',
    reason: 'weather',
    talks: 1,
    planned: 0,
    counted: 0,
    confirmed: 0,
  })
  t.match(sum, { held: 2, cancelled: 1, planned: 90, counted: 70, confirmed: 30 })
  t.equal(sum.reasons.weather, 1)
  t.same(spreadOf([5, 1, 9]), { people: 3, least: 1, middle: 5, most: 9, mean: 5 })
  t.equal(spreadOf([]), undefined)
})

t.test('a long list is written line by line as csv-stringify writes the whole', async t => {
  const value = fc.oneof(
    fc.constant(null),
    fc.integer({ min: -9, max: 999 }),
    fc.string({ unit: fc.constantFrom('a', 'ә', '"', ';', ',', '\n', '\r', '=', '+', '-', '@', '\t', ' ', "'") }),
  )
  const rows = fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      const written = csvLines()
      t.equal(written(first) + written(second), csvOf([...first, ...second]))
    }),
  )
})
