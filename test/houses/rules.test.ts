import t from 'tap'
import { type Calendar, dayOff, daysOff, shiftingHoliday, worksInsteadOf } from '../../src/houses/rules.ts'
import seed from '../../src/tools/seed/data/holidays.json' with { type: 'json' }

const calendar: Calendar = {
  holidays: seed.holidays.map(({ date, id, kk, ru, en, transferable }) => ({
    day: date,
    names: { kk, ru, en },
    transferable,
    movable: id === 'kurban-ait',
  })),
  swaps: seed.swaps.map(({ off, work }) => ({ off, work })),
}
const kindOf = (day: string, weekType: 5 | 6) => dayOff(calendar, weekType)(day)?.kind

t.test('the days off of every year agree with the published calendars, for weeks of five and of six days', async t => {
  for (const [year, oracle] of Object.entries(seed.daysOff)) {
    t.strictSame(daysOff(calendar, Number(year), 5), oracle.fiveDayWeekday, `${year}, five days`)
    t.strictSame(daysOff(calendar, Number(year), 6), oracle.sixDayMonSat, `${year}, six days`)
    for (const day of oracle.workingWeekendDays)
      for (const weekType of [5, 6] as const) t.equal(dayOff(calendar, weekType)(day), undefined, `${day} is worked`)
  }
})

t.test('transfers chain to the next working day and belong to the type of the week', async t => {
  t.equal(kindOf('2026-03-24', 5), 'transfer')
  t.equal(kindOf('2026-03-25', 5), 'transfer')
  t.equal(kindOf('2026-03-24', 6), 'transfer')
  t.equal(kindOf('2026-03-25', 6), undefined)
  const nauryz = dayOff(calendar, 5)('2026-03-25')
  t.match(nauryz, { names: { en: 'Nauryz' } })
})

t.test('7 January and Kurban Ait never move', async t => {
  const ait = {
    holidays: [{ day: '2027-05-16', names: { kk: 'а', ru: 'а', en: 'a' }, transferable: false }],
    swaps: [],
  }
  t.equal(dayOff(ait, 5)('2027-05-16')?.kind, 'holiday')
  t.equal(dayOff(ait, 5)('2027-05-17'), undefined)
})

t.test('Constitution Day moved: August until 2025, none in 2026, March from 2027', async t => {
  t.equal(kindOf('2025-09-01', 5), 'transfer')
  t.equal(kindOf('2026-08-31', 5), undefined)
  t.equal(kindOf('2026-03-16', 5), undefined)
  t.equal(kindOf('2027-03-15', 5), 'holiday')
})

t.test('a swap makes one working day off and a Saturday or Sunday worked, in both weeks', async t => {
  for (const weekType of [5, 6] as const) {
    t.equal(kindOf('2024-05-08', weekType), 'swap')
    t.equal(kindOf('2024-05-04', weekType), undefined)
    t.equal(kindOf('2025-01-05', weekType), undefined)
  }
  t.equal(worksInsteadOf(calendar, '2025-01-05'), '2025-01-03')
  t.equal(worksInsteadOf(calendar, '2025-01-04'), undefined)
  t.equal(kindOf('2025-01-04', 5), 'weekend')
  t.equal(kindOf('2025-01-04', 6), undefined)
  t.equal(kindOf('2025-01-12', 6), 'weekend')
})

t.test('the three days around a holiday that may still shift are known', async t => {
  const named = ['2026-05-25', '2026-05-26', '2026-05-27', '2026-05-28', '2026-05-29'].map(
    day => shiftingHoliday(calendar, day)?.day,
  )
  t.strictSame(named, [undefined, '2026-05-27', '2026-05-27', '2026-05-27', undefined])
})
