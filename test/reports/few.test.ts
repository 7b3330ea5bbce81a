import { DateTime } from 'luxon'
import t from 'tap'
import type { Asked } from '../../src/reports/asking.ts'
import { chartOf, type Step } from '../../src/reports/chart-pages.ts'
import { showPage } from '../../src/reports/pages.ts'
import type { Report } from '../../src/reports/report-store.ts'
import { type Figures, noFigures, veiled } from '../../src/reports/rules.ts'
import { summaryTable } from '../../src/reports/summary-pages.ts'
import { talksPage } from '../../src/reports/talk-pages.ts'
import type { TalkLine } from '../../src/reports/talk-store.ts'

const asked = (outside: boolean): Asked => ({
  ...{ houseId: 'h', language: 'en', zone: 'Asia/Almaty', today: '2026-11-23', outside, wish: {}, mistake: undefined },
  now: DateTime.fromISO('2026-11-23T08:45:00+05:00'),
  period: { kind: 'quarter', from: '2026-10-01', to: '2026-12-31' },
  texts: { month: '', quarter: '', half: '', year: '', from: '', to: '' },
  known: {
    ...{ slugs: new Map(), district: [], topic: [], audience: [], format: [], group: [], speaker: [], body: [] },
    host: new Map(),
  },
})
const figures = (some: Partial<Figures>): Figures => ({ ...noFigures(), ...some })
const report = (some: Partial<Report>): Report => ({
  ...{ total: noFigures(), before: undefined, programmes: { talks: 0, programmes: 0 }, days: new Map(), held: [] },
  ...{ reached: { visited: 0, hosts: 0 }, coverage: [] },
  cuts: {
    ...{ district: new Map(), topic: new Map(), audience: new Map(), format: new Map(), language: new Map() },
    ...{ group: new Map(), body: new Map() },
  },
  ...some,
})
const page = (outside: boolean, some: Partial<Report>, shares = '') =>
  showPage(asked(outside), report(some), 'House', { count: 6, today: '2026-11-23' }, { text: shares, few: false })

t.test('numbers that are all one, or all as large as a hidden one can be, are not told by their sum', async t => {
  t.same(veiled([[1], [1], [7], [9]], true), [[true], [true], [true], [false]])
  t.same(veiled([[4], [4], [7], [9]], true), [[true], [true], [true], [false]])
  t.same(veiled([[1], [2], [7]], true), [[true], [true], [false]])
})

t.test('who answered late is not what is left of all who were asked', async t => {
  const { lines } = summaryTable(asked(true), report({ total: figures({ asked: 40, inTime: 30, late: 2 }) }))
  const shown = Object.fromEntries(lines.map(({ key, cells }) => [key, cells[0]?.text]))
  t.match(shown, { asked: '40', 'in-time': '30', late: '<5', silent: '<5' })
})

t.test('a chart draws nothing by which a hidden number could be measured', async t => {
  const step = (held: number, open: number): Step => ({
    ...{ day: '2026-11-02', name: '', short: '', now: false, held, open },
  })
  const steps = [step(3, 0), step(10, 0), step(20, 0), step(20, 7)]
  const texts = (outside: boolean) => chartOf(steps, outside).columns.map(column => column.outside)
  t.same(texts(true), ['<5', '<5', '20', '27'], 'what the table beside hides as well')
  t.same(texts(false), texts(true))
  const drawn = (outside: boolean) =>
    chartOf(steps, outside).columns.map(({ held, open }) => [held !== undefined, open !== undefined])
  t.same(drawn(true), [
    [false, false],
    [false, false],
    [true, false],
    [true, true],
  ])
  t.same(drawn(false)[0], [true, false], 'in the House it is seen')
  const heights = chartOf(steps, true).columns.map(({ textY }) => textY)
  t.equal(heights[0], heights[1], 'nor does the sign stand as high as the bar would')
})

t.test('neither does the bar of talks in Kazakh', async t => {
  const topic = new Map([
    ['a', figures({ held: 20, kazakh: 2 })],
    ['b', figures({ held: 20, kazakh: 18 })],
    ['c', figures({ held: 30, kazakh: 15 })],
    ['d', figures({ held: 40, kazakh: 20 })],
  ])
  const parts = (outside: boolean) => {
    const bars = page(outside, { total: figures({ held: 110, kazakh: 55 }), cuts: { ...report({}).cuts, topic } }).bars
    const lines = bars.find(({ table }) => table.id === 'topic')?.lines ?? []
    return Object.fromEntries(lines.map(({ name, all, part, fewParts }) => [name, [all, part, fewParts]]))
  }
  t.same(parts(true), { a: [100, 0, true], b: [100, 0, true], c: [150, 0, true], d: [200, 100, false] })
  t.same(parts(false)['a'], [100, 10, true], 'seen in the House, and not printed')
})

t.test('how much a few members do stays in the House', async t => {
  const loads = (outside: boolean, held: number[]) => page(outside, { held }).load.lines.map(({ cells }) => cells[0])
  const few = page(true, { held: [9, 14] })
  t.same(
    loads(true, [9, 14]).map(cell => cell?.text),
    ['<5', '<5', '<5'],
  )
  t.same(
    loads(false, [9, 14]).map(cell => [cell?.text, cell?.outside]),
    [
      ['9', '<5'],
      ['14', '<5'],
      ['14', '<5'],
    ],
  )
  t.same(few.kpis.at(-1)?.hints, [])
  t.same(
    loads(true, [6, 7, 8, 9, 14]).map(cell => cell?.text),
    ['6', '8', '14'],
  )
  t.match(page(true, { held: [6, 7, 8, 9, 14] }).kpis.at(-1)?.hints, [/8\.8/])
})

t.test('on a printed list of talks no small number is told by the sum over it', async t => {
  const talk = (counted: number): TalkLine => ({
    ...{
      id: `t${counted}`,
      day: '2026-11-02',
      from: '10:00',
      number: 1,
      host: '',
      topic: '',
      audience: '',
      reason: null,
    },
    ...{ language: 'kk', mode: 'onsite', state: 'held', planned: 30, counted, confirmed: null, leaflets: null },
    ...{ programme: false, bodies: 0 },
  })
  const { rows } = talksPage(
    asked(false),
    { wish: {}, fate: 'held', reason: undefined },
    { talks: 3, planned: 90, counted: 62, confirmed: 0, answers: 0 },
    [talk(3), talk(24), talk(35)],
    { size: 50, later: false, house: 'House' },
  )
  t.same(
    rows.map(({ counted }) => [counted?.text, counted?.outside]),
    [
      ['3', '<5'],
      ['24', '<5'],
      ['35', '35'],
    ],
  )
})
