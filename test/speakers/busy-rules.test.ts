import fc from 'fast-check'
import t from 'tap'
import { type BusyFields, busyOf, wholeDays } from '../../src/speakers/busy-rules.ts'
import { wishesOf } from '../../src/speakers/wish-rules.ts'

const here = { today: '2026-11-23', zone: 'Asia/Almaty' }
const said = (fields: Partial<BusyFields>) => {
  const busy = busyOf({ weekday: [], ...fields }, here)
  return 'absence' in busy ? `${busy.absence.from.toUTC().toISO()} ${busy.absence.to.toUTC().toISO()}` : busy
}

t.test('a form about busy times is read, or says what is to be mended', async t => {
  const cases: [Partial<BusyFields>, unknown][] = [
    [
      { kind: 'weekly', weekday: ['4', '2', '2'], from: '08:00', to: '13:00' },
      {
        weekly: [
          { weekday: 2, from: 480, to: 780 },
          { weekday: 4, from: 480, to: 780 },
        ],
      },
    ],
    [{ kind: 'weekly', weekday: ['8', 'x'], from: '13:00', to: '08:00' }, { mistakes: ['weekday', 'hours'] }],
    [{ kind: 'weekly', weekday: ['1'], from: '08:00', to: '08:00' }, { mistakes: ['hours'] }],
    [{ kind: 'weekly', weekday: ['1'], from: '8', to: '24:00' }, { mistakes: ['hours'] }],
    [
      { kind: 'hours', on: '2026-11-24', from: '09:00', to: '11:30' },
      '2026-11-24T04:00:00.000Z 2026-11-24T06:30:00.000Z',
    ],
    [{ kind: 'hours', on: '2026-11-22', from: '09:00', to: '11:30' }, { mistakes: ['on'] }],
    [{ kind: 'hours', on: '2026-02-30' }, { mistakes: ['on', 'hours'] }],
    [{ kind: 'days', on: '2026-11-23' }, '2026-11-22T19:00:00.000Z 2026-11-23T19:00:00.000Z'],
    [{ kind: 'days', on: '2026-11-23', until: '2026-11-27' }, '2026-11-22T19:00:00.000Z 2026-11-27T19:00:00.000Z'],
    [{ on: '2026-11-25', until: '2026-11-24' }, { mistakes: ['until'] }],
    [{ on: '2026-11-25', until: '2029-11-24' }, { mistakes: ['until'] }],
    [{ on: '2036-11-25' }, { mistakes: ['on'] }],
    [{}, { mistakes: ['on'] }],
  ]
  for (const [fields, expected] of cases) t.same(said(fields), expected, JSON.stringify(fields))
})

t.test('the hour that occurred twice in Almaty is refused in words', async t => {
  const past = { today: '2024-02-28', zone: 'Asia/Almaty' }
  t.same(busyOf({ kind: 'hours', weekday: [], on: '2024-02-29', from: '22:00', to: '23:30' }, past), {
    mistakes: ['hours'],
  })
})

t.test('whatever is sent, the answer is a busy time that lasts or a list of mistakes', async t => {
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('2026-11-24', '2026-12-01', '09:00', '11:00', '24:00', '1', '7'),
  )
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.option(fc.constantFrom('weekly', 'hours', 'days', 'x'), { nil: undefined }),
        weekday: fc.array(text, { maxLength: 8 }),
        from: text,
        to: text,
        on: text,
        until: text,
      }),
      fields => {
        const busy = busyOf(fields, here)
        if ('mistakes' in busy) return busy.mistakes.length > 0
        return 'weekly' in busy
          ? busy.weekly.length > 0 && busy.weekly.every(({ from, to }) => from < to)
          : busy.absence.from < busy.absence.to
      },
    ),
  )
  t.pass()
})

t.test('whole days are told from hours', async t => {
  const days = busyOf({ weekday: [], kind: 'days', on: '2026-11-24' }, here)
  const hours = busyOf({ weekday: [], kind: 'hours', on: '2026-11-24', from: '00:00', to: '12:00' }, here)
  t.same(
    [days, hours].map(busy => 'absence' in busy && wholeDays(busy.absence, here.zone)),
    [true, false],
  )
})

t.test('limits and reminders are read, and an empty reminder is the usual one', async t => {
  const limits = { day: '2', week: '5', month: '16' }
  const usual = {
    limits: { day: 2, week: 5, month: 16 },
    reminders: { days: null, dayBeforeAt: null, hours: null, sundayAt: null },
  }
  const cases: [Parameters<typeof wishesOf>[0], unknown][] = [
    [limits, usual],
    [
      { ...limits, days: '3', at: '19:30', hours: '0' },
      { ...usual, reminders: { days: 3, dayBeforeAt: '19:30', hours: 0, sundayAt: null } },
    ],
    [{ ...limits, at: '23:00' }, { mistakes: ['at'] }],
    [{ ...limits, at: '06:59' }, { mistakes: ['at'] }],
    [{ ...limits, days: '15', hours: '-1', at: 'soon' }, { mistakes: ['days', 'hours', 'at'] }],
    [{ day: '7', week: '', month: 'many' }, { mistakes: ['day', 'week', 'month'] }],
  ]
  for (const [fields, expected] of cases) t.same(wishesOf(fields), expected, JSON.stringify(fields))
})
