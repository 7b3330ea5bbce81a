import t from 'tap'
import type { Closure } from '../../src/hosts/rules.ts'
import { readClosure, type Standing, touched } from '../../src/houses/closure-rules.ts'

const closure: Closure = {
  districts: ['bostandyk'],
  hostKinds: [],
  shifts: [],
  grades: [],
  from: '2026-12-01',
  to: '2026-12-02',
  outcome: 'online',
}
const bells = (from: number) => [0, 1].map(n => ({ n: n + 1, from: from + n * 50, to: from + n * 50 + 45 }))
const school = {
  kind: 'school' as const,
  district: 'bostandyk',
  shifts: [
    { name: 'I', grades: [9, 11], languages: [], lessons: bells(480) },
    { name: 'II', grades: [5, 7], languages: [], lessons: bells(840) },
  ],
}
const talk = (id: string, change: Partial<Standing> = {}): Standing => ({
  id,
  moment: { day: '2026-12-01', from: 480, to: 525 },
  online: false,
  mayGoOnline: true,
  audience: 'pupils',
  grades: [9],
  host: school,
  ...change,
})
const ids = (change: Partial<Closure>, talks: Standing[]) =>
  touched({ ...closure, ...change }, talks).map(({ id }) => id)

t.test('a closure touches the talks of its districts, days, kinds, shifts and grades', async t => {
  const talks = [
    talk('morning'),
    talk('afternoon', { moment: { day: '2026-12-02', from: 840, to: 885 }, grades: [5] }),
    talk('elsewhere', { host: { ...school, district: 'medeu' } }),
    talk('later', { moment: { day: '2026-12-03', from: 480, to: 525 } }),
    talk('parents', { audience: 'parents', grades: [] }),
    talk('workers', {
      host: { kind: 'workplace', district: 'bostandyk', shifts: [] },
      audience: 'workers',
      grades: [],
    }),
    talk('online', { online: true }),
  ]
  t.same(ids({}, talks), ['morning', 'afternoon', 'parents', 'workers'])
  t.same(ids({ outcome: 'cancelled' }, talks), ['morning', 'afternoon', 'parents', 'workers', 'online'])
  t.same(ids({ hostKinds: ['school'] }, talks), ['morning', 'afternoon', 'parents'])
  t.same(ids({ shifts: ['II'] }, talks), ['afternoon'])
  t.same(ids({ grades: [9, 10] }, talks), ['morning'])
})

t.test('a closure needs districts, days that are not over, and an outcome', async t => {
  const known = { districts: ['bostandyk', 'medeu'], shifts: ['I', 'II'], today: '2026-12-01' }
  const texts = {
    from: '2026-11-30',
    to: '2026-12-01',
    cause: 'frost',
    outcome: 'online',
    link: '',
    name_kk: '',
    name_ru: 'мороз',
    name_en: '',
  }
  const lists = { districts: ['medeu'], kinds: ['school'], shifts: ['II'], grades: ['5', '6'] }
  const sent = (change: Partial<typeof texts>, more: Partial<typeof lists> = {}) =>
    readClosure({ texts: { ...texts, ...change }, lists: { ...lists, ...more }, repeated: [] }, known)
  t.same(sent({}).value, {
    districts: ['medeu'],
    hostKinds: ['school'],
    shifts: ['II'],
    grades: [5, 6],
    from: '2026-11-30',
    to: '2026-12-01',
    outcome: 'online',
    cause: 'frost',
    link: null,
    names: { kk: '', ru: 'мороз', en: '' },
  })
  t.same(sent({ to: '2026-11-30' }).problems, [{ field: 'to', code: 'past' }])
  t.same(sent({ to: '2027-12-01' }).problems, [{ field: 'to', code: 'far' }])
  t.same(sent({ from: '2026-12-02' }).problems, [{ field: 'to', code: 'ends-before' }])
  t.same(sent({ link: 'https://meet.example.kz/a?b=1#c' }).value?.link, 'https://meet.example.kz/a?b=1#c')
  for (const link of [
    'http://meet.example',
    'https://',
    'https://a b.kz',
    'javascript:1',
    'https://u@x.kz',
    `https://x.kz/${'a'.repeat(500)}`,
  ])
    t.match(sent({ link }).problems, [{ field: 'link', code: 'like' }], link)
  t.same(sent({ outcome: '', cause: 'sun' }, { districts: [], shifts: ['IV'] }).problems, [
    { field: 'districts', code: 'none' },
    { field: 'shifts', code: 'unknown' },
    { field: 'cause', code: 'unknown' },
    { field: 'outcome', code: 'empty' },
  ])
})
