import t from 'tap'
import { cellsOf, gridOf, type Hours, hoursOf, painted } from '../../src/speakers/grid-rules.ts'

const busy = (weekday: 1 | 2 | 7, from: number, to: number) => ({ weekday, from, to, given: false })
const given = (weekday: 1 | 2 | 7, from: number, to: number) => ({ weekday, from, to, given: true })

t.test('a half-hour is painted when the whole of it is free', async t => {
  const any = gridOf([busy(1, 555, 645)])
  t.equal(any.only, false)
  t.equal(any.cells.size, 6 * 24 - 4)
  t.notOk(any.cells.has('1-09:00'))
  t.ok(any.cells.has('1-11:00'))
  const only = gridOf([given(2, 540, 600), given(2, 600, 645), busy(2, 540, 550)])
  t.equal(only.only, true)
  t.same([...only.cells], ['2-09:30', '2-10:00'])
})

t.test('a day on which nothing was repainted keeps its minutes', async t => {
  const before: Hours = [busy(1, 555, 645), busy(7, 600, 700)]
  t.same(hoursOf(before, gridOf(before)), before)
  const { cells } = gridOf(before)
  cells.delete('2-08:00')
  t.same(hoursOf(before, { only: false, cells }), [busy(1, 555, 645), busy(2, 480, 510), busy(7, 600, 700)])
})

t.test('what lies outside the grid stays; half-hours in a row are one stretch', async t => {
  const before: Hours = [busy(1, 420, 540), busy(2, 1230, 1300)]
  const { cells } = gridOf(before)
  cells.add('1-08:00')
  cells.delete('1-09:00')
  cells.delete('1-09:30')
  t.same(hoursOf(before, { only: false, cells }), [busy(1, 420, 480), busy(1, 510, 600), busy(2, 1230, 1300)])
})

t.test('only painted hours: they become the hours that are given, and none painted is refused', async t => {
  t.same(
    hoursOf([busy(1, 480, 600)], { only: true, cells: cellsOf(['1-08:00', '1-08:30', '2-19:30', '7-08:00', 'x']) }),
    [given(1, 480, 540), given(2, 1170, 1200)],
  )
  t.equal(hoursOf([busy(1, 480, 600)], { only: true, cells: new Set() }), undefined)
  const back = hoursOf([given(1, 480, 1200), given(7, 600, 700)], { only: false, cells: painted('all') })
  t.same(back, [], 'any time again')
})

t.test('a shift is painted on every day', async t => {
  t.equal(painted('first').size, 6 * 11)
  t.ok(painted('second').has('6-19:00'))
  t.notOk(painted('second').has('6-13:30'))
  t.equal(painted('none').size, 0)
})
