import t from 'tap'
import type { Host } from '../../src/hosts/rules.ts'
import { starts } from '../../src/hosts/timetable-rules.ts'
import { at, office, wednesday } from '../matching/worlds.ts'
import { adults, codes, premises, said, visit } from './premises.ts'

t.test('parents and staff of a school are bound to its open hours, not to bells', async t => {
  const evening = said(
    starts(premises(), visit({ audience: 'parents', minors: false, grades: [], minutes: 60 }), wednesday),
  )
  t.equal(evening[0], '08:00–09:00')
  t.equal(evening[1], '08:15–09:15')
  t.equal(evening.at(-1), '19:00–20:00')
  t.equal(said(starts(premises(), visit({ audience: 'athletes', grades: [] }), wednesday)).at(-1), '17:15–18:00')
})

t.test('an office has hours without lunch, and is closed on other days', async t => {
  const place = premises({ host: office() })
  const all = said(starts(place, adults(), wednesday))
  t.equal(all[0], '09:00–10:00')
  t.ok(all.includes('12:00–13:00') && !all.includes('12:15–13:15') && all.includes('14:30–15:30'))
  t.strictSame(codes(place, adults(), wednesday, '12:30', '13:30'), ['host-lunch'])
  t.strictSame(codes(place, adults(), wednesday, '18:00', '19:00'), ['host-closed'])
  t.strictSame(codes(place, adults(), wednesday, '10:05', '10:50'), [], 'any minute inside the hours will do')
  t.strictSame(codes(place, adults(), '2026-11-28', '10:00', '11:00'), ['host-day-off', 'host-closed'])
  t.strictSame(codes(premises({ host: office({ hours: [] }) }), adults(), wednesday, '10:00', '11:00'), [
    'no-timetable',
  ])
  t.strictSame(starts(premises({ host: office({ hours: [] }) }), adults(), wednesday), [])
})

t.test('a short talk between shifts lies in the lunch break or beside the ends of the day', async t => {
  const place = premises({ host: office() })
  const short = adults({ minutes: 30, betweenShifts: true })
  t.strictSame(said(starts(place, short, wednesday)), [
    '09:00–09:30',
    '13:00–13:30',
    '13:15–13:45',
    '13:30–14:00',
    '13:45–14:15',
    '14:00–14:30',
    '18:00–18:30',
  ])
})

t.test('a factory has its talk windows and nothing else', async t => {
  const factory: Partial<Host> = {
    hours: [],
    lunch: undefined,
    weekType: 6,
    talkWindows: [
      { from: at('12:10'), to: at('12:40') },
      { from: at('07:30'), to: at('08:00') },
    ],
  }
  const place = premises({ host: office(factory) })
  t.strictSame(
    said(starts(place, adults({ minutes: 30 }), '2026-11-28')),
    ['07:30–08:00', '12:10–12:40'],
    'on every working day',
  )
  t.strictSame(starts(place, adults({ minutes: 30 }), '2026-11-29'), [])
  const open = premises({ host: office({ ...factory, hours: [{ weekday: 6, from: at('08:00'), to: at('16:00') }] }) })
  t.strictSame(said(starts(open, adults({ minutes: 30 }), '2026-11-28')), ['07:30–08:00', '12:10–12:40'])
  t.strictSame(codes(open, adults(), '2026-11-28', '08:00', '09:00'), ['outside-talk-windows'])
  t.strictSame(codes(open, adults(), wednesday, '12:10', '12:40'), ['host-closed'])
})

t.test('a centre that is open on Saturdays takes talks then, though its week has five days', async t => {
  const centre = office({
    kind: 'community-centre',
    lunch: undefined,
    hours: [{ weekday: 6, from: at('10:00'), to: at('12:00') }],
  })
  t.equal(starts(premises({ host: centre }), adults(), '2026-11-28').length, 5)
  t.strictSame(starts(premises({ host: centre }), adults(), '2026-11-29'), [])
})
