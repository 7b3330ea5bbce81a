import t from 'tap'
import { isConfirmed, moved, readBan, readHoliday, readSwap } from '../../src/houses/calendar-rules.ts'
import type { Calendar } from '../../src/houses/rules.ts'

const names = (kk: string) => ({ kk, ru: kk, en: kk })
const said = { name_kk: 'Наурыз', name_ru: 'Наурыз', name_en: 'Nauryz' }

t.test(
  'a holiday on a day off moves to the next working day of its week type, and those that stay are not listed',
  async t => {
    // Saturday, Sunday and Monday of Nauryz 2026
    const calendar: Calendar = {
      holidays: ['2026-03-21', '2026-03-22', '2026-03-23'].map(day => ({ day, names: names(day), transferable: true })),
      swaps: [],
    }
    t.same(
      [...moved(calendar, 2026, 5)],
      [
        ['2026-03-21', '2026-03-24'],
        ['2026-03-22', '2026-03-25'],
      ],
    )
    t.same([...moved(calendar, 2026, 6)], [['2026-03-22', '2026-03-24']])
    t.same([...moved(calendar, 2025, 5)], [])
  },
)

t.test('a day off may move into the next year', async t => {
  const calendar: Calendar = {
    holidays: [{ day: '2027-12-31', names: names('a'), transferable: true }],
    swaps: [{ off: '2027-12-31', work: '2027-12-25' }],
  }
  t.same([...moved(calendar, 2027, 5)], [['2027-12-31', '2028-01-03']])
})

t.test('a school year is confirmed by its status or by a person', async t => {
  t.same(
    [
      { status: 'confirmed', confirmedOn: null },
      { status: 'unconfirmed', confirmedOn: {} },
      { status: 'unconfirmed', confirmedOn: null },
      { status: 'breaks confirmed; lesson dates unconfirmed', confirmedOn: null },
    ].map(isConfirmed),
    [true, true, false, false],
  )
})

t.test('a holiday needs a date of the calendar and three names', async t => {
  const texts = { on: '2026-03-21', ...said, transferable: '1', mayShift: '', confirmed: '1', source: 'бұйрық № 1' }
  const sent = (change: Partial<typeof texts>, repeated: string[] = []) =>
    readHoliday({ texts: { ...texts, ...change }, lists: {}, repeated })
  t.same(sent({}), {
    value: {
      on: '2026-03-21',
      names: { kk: 'Наурыз', ru: 'Наурыз', en: 'Nauryz' },
      transferable: true,
      mayShift: false,
      confirmed: true,
      source: 'бұйрық № 1',
    },
    problems: [],
  })
  t.same(sent({ on: '2026-02-30' }).problems, [{ field: 'on', code: 'no-day' }])
  t.same(sent({ on: '', name_kk: '', name_en: 'x'.repeat(101) }).problems, [
    { field: 'on', code: 'empty' },
    { field: 'name_kk', code: 'empty' },
    { field: 'name_en', code: 'long', most: 100 },
  ])
  t.same(sent({ on: '0026-01-01' }).problems, [{ field: 'on', code: 'no-day' }])
  t.same(sent({}, ['on']).problems, [{ field: 'on', code: 'repeated' }])
})

t.test('a swap is of two different days', async t => {
  const sent = (off: string, work: string) =>
    readSwap({ texts: { off, work, ...said, source: '' }, lists: {}, repeated: [] })
  t.same(sent('2026-05-08', '2026-05-04').value, {
    off: '2026-05-08',
    work: '2026-05-04',
    names: { kk: 'Наурыз', ru: 'Наурыз', en: 'Nauryz' },
    source: '',
  })
  t.same(sent('2026-05-08', '2026-05-08').problems, [{ field: 'work', code: 'same' }])
  t.same(sent('', '').problems, [
    { field: 'off', code: 'empty' },
    { field: 'work', code: 'empty' },
  ])
})

t.test(
  'a ban names days that follow each other, known kinds, grades, audiences and one host of the House or none',
  async t => {
    const known = { hosts: ['h1'], audiences: ['parents'] }
    const texts = { kind: 'exam', strength: 'ban', from: '2026-12-01', to: '2026-12-01', host: '', reach: '', ...said }
    const lists = { kinds: ['college', 'school'], grades: ['11', '9'], except: ['parents'] }
    const sent = (change: Partial<typeof texts>, more: Partial<typeof lists> = {}) =>
      readBan({ texts: { ...texts, ...change }, lists: { ...lists, ...more }, repeated: [] }, known)
    t.same(sent({}).value, {
      kind: 'exam',
      strength: 'ban',
      from: '2026-12-01',
      to: '2026-12-01',
      hostKinds: ['school', 'college'],
      grades: [9, 11],
      hostId: null,
      exceptAudiences: ['parents'],
      names: { kk: 'Наурыз', ru: 'Наурыз', en: 'Nauryz' },
      country: false,
    })
    t.equal(sent({ host: 'h1' }).value?.hostId, 'h1')
    t.same(
      sent(
        { kind: 'x', strength: '', to: '2026-11-30', host: 'h2' },
        { kinds: ['palace'], grades: ['13'], except: ['cats'] },
      ).problems,
      [
        { field: 'to', code: 'ends-before' },
        { field: 'kind', code: 'unknown' },
        { field: 'strength', code: 'empty' },
        { field: 'kinds', code: 'unknown' },
        { field: 'grades', code: 'unknown' },
        { field: 'host', code: 'unknown' },
        { field: 'except', code: 'unknown' },
      ],
    )
  },
)
