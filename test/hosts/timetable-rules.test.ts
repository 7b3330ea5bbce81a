import fc from 'fast-check'
import t from 'tap'
import type { Moment } from '../../src/base/time.ts'
import type { LessonsPolicy } from '../../src/hosts/lesson-rules.ts'
import type { Host, Visit } from '../../src/hosts/rules.ts'
import { dayWarnings, isClassHour, starts, timetableRefusals } from '../../src/hosts/timetable-rules.ts'
import { at, bells, host, monday, office, wednesday } from '../matching/worlds.ts'
import { adults, codes, premises, said, visit } from './premises.ts'

t.test('a talk of 45 minutes takes one whole lesson of the shift in which the grade studies', async t => {
  const first = ['08:00–08:45', '08:50–09:35', '09:50–10:35', '10:50–11:35', '11:40–12:25', '12:30–13:15']
  const second = ['14:00–14:45', '14:50–15:35', '15:50–16:35', '16:40–17:25', '17:30–18:15', '18:20–19:05']
  t.strictSame(said(starts(premises(), visit(), wednesday)), first)
  t.strictSame(said(starts(premises(), visit({ grades: [6, 7] }), wednesday)), second)
  t.strictSame(said(starts(premises(), visit({ grades: [] }), wednesday)), [...first, ...second])
})

t.test(
  'where lessons last 40 minutes the short version is used, and 90 minutes take two in a row with their break',
  async t => {
    const place = premises({ host: host({ shifts: bells('two-shift-40', [9], [7]) }) })
    t.equal(said(starts(place, visit(), wednesday))[0], '08:00–08:40')
    t.strictSame(said(starts(place, visit({ minutes: 90 }), wednesday)), [
      '08:00–09:25',
      '08:45–10:20',
      '09:40–11:15',
      '10:35–12:00',
      '11:20–12:45',
    ])
    t.strictSame(said(starts(premises(), visit({ minutes: 90 }), wednesday)), [
      '08:00–09:35',
      '08:50–10:35',
      '09:50–11:35',
      '10:50–12:25',
      '11:40–13:15',
    ])
  },
)

t.test('a college meets in pairs of 90 minutes, and no talk spans its lunch', async t => {
  const place = premises({ host: host({ kind: 'college', shifts: bells('college-pairs') }) })
  const students = visit({ audience: 'college-students', grades: [2] })
  t.strictSame(said(starts(place, students, wednesday)), ['08:30–10:00', '10:10–11:40', '12:20–13:50', '14:00–15:30'])
  t.strictSame(said(starts(place, { ...students, minutes: 180 }, wednesday)), ['08:30–11:40', '12:20–15:30'])
})

t.test('a time that is no lesson of these grades is refused with what would be one', async t => {
  t.strictSame(timetableRefusals(premises(), visit(), { day: wednesday, from: at('10:00'), to: at('10:45') }), [
    { code: 'not-whole-lessons', nearest: { from: at('09:50'), to: at('10:35') } },
  ])
  t.strictSame(timetableRefusals(premises(), visit(), { day: wednesday, from: at('14:50'), to: at('15:35') }), [
    { code: 'other-shift', shift: 'I', from: at('08:00'), to: at('13:15') },
  ])
  t.strictSame(codes(premises(), visit({ grades: [12] }), wednesday, '08:00', '08:45'), ['grade-not-taught'])
  t.strictSame(codes(premises(), visit({ grades: [6, 9] }), wednesday, '08:00', '08:45'), ['grades-in-two-shifts'])
  t.strictSame(codes(premises(), visit(), wednesday, '20:00', '20:45'), ['not-whole-lessons'])
})

t.test('where the city allows the class hour only, the class hour it is', async t => {
  const place = premises({}, 'classHourOnly')
  t.strictSame(said(starts(place, visit(), monday)), ['08:00–08:45'])
  t.strictSame(said(starts(place, visit({ grades: [7] }), monday)), ['14:00–14:45'])
  t.strictSame(starts(place, visit(), wednesday), [])
  t.strictSame(timetableRefusals(place, visit(), { day: wednesday, from: at('08:00'), to: at('08:45') }), [
    { code: 'class-hour-only', weekday: 1, from: at('08:00'), to: at('08:45') },
  ])
  const unknown = premises({ host: host({ classHour: undefined }) }, 'classHourOnly')
  t.strictSame(codes(unknown, visit(), monday, '08:00', '08:45'), ['class-hour-unknown'])
  const none = premises({ host: host({ classHour: { weekday: 1, lesson: 9 } }) }, 'classHourOnly')
  t.strictSame(codes(none, visit(), monday, '08:00', '08:45'), ['class-hour-unknown'])
  const college = premises({ host: host({ kind: 'college', shifts: bells('college-pairs') }) }, 'classHourOnly')
  t.equal(starts(college, visit({ audience: 'college-students', grades: [] }), wednesday).length, 4)
  t.ok(isClassHour(premises(), visit(), { day: monday, from: at('08:00'), to: at('08:45') }))
  t.notOk(isClassHour(premises(), visit(), { day: monday, from: at('08:50'), to: at('09:35') }))
  t.notOk(isClassHour(premises({ host: office() }), adults(), { day: monday, from: at('09:00'), to: at('10:00') }))
})

t.test('where lessons are closed to visitors, talks lie around the lessons of the shift and end by 18:00', async t => {
  const place = premises({}, 'outsideLessons')
  const afternoon = said(starts(place, visit(), wednesday))
  t.equal(afternoon[0], '13:15–14:00')
  t.equal(afternoon.at(-1), '17:15–18:00')
  t.equal(said(starts(place, visit({ grades: [7] }), wednesday)).at(-1), '13:15–14:00')
  t.strictSame(codes(place, visit(), wednesday, '08:00', '08:45'), ['during-lessons'])
  t.strictSame(codes(place, visit(), wednesday, '17:30', '18:15'), ['host-closed'])
})

t.test('days off, breaks and exams close the day; warnings only tell', async t => {
  const names = { kk: 'к', ru: 'р', en: 'e' }
  const ban = {
    kind: 'exam' as const,
    strength: 'ban' as const,
    from: wednesday,
    to: wednesday,
    hostKinds: [],
    grades: [9],
    hostId: undefined,
    exceptAudiences: [],
    names,
  }
  const exam = premises({ bans: [ban] })
  t.strictSame(starts(exam, visit(), wednesday), [])
  t.equal(starts(exam, visit({ grades: [10] }), wednesday).length, 6)
  t.strictSame(timetableRefusals(exam, visit(), { day: wednesday, from: at('08:00'), to: at('08:45') }), [
    { code: 'ban', kind: 'exam', names, from: wednesday, to: wednesday },
  ])
  const tests = premises({
    bans: [{ ...ban, strength: 'warn' }],
    calendar: {
      holidays: [{ day: '2026-11-26', names, transferable: false, movable: true }],
      swaps: [{ off: '2026-11-24', work: '2026-11-28' }],
    },
  })
  t.equal(starts(tests, visit(), wednesday).length, 6)
  t.strictSame(dayWarnings(tests, visit(), wednesday), [
    { code: 'ban-near', kind: 'exam', names, from: wednesday, to: wednesday },
    { code: 'holiday-may-shift', day: '2026-11-26', names },
  ])
  t.strictSame(dayWarnings(tests, visit(), '2026-11-28'), [
    { code: 'works-instead', day: '2026-11-28', insteadOf: '2026-11-24' },
  ])
  t.strictSame(timetableRefusals(tests, visit(), { day: '2026-11-26', from: at('08:00'), to: at('08:45') }), [
    { code: 'host-day-off', day: '2026-11-26', off: { kind: 'holiday', names } },
  ])
})

t.test('a working Saturday runs by the timetable of the day it replaces', async t => {
  const calendar = { holidays: [], swaps: [{ off: monday, work: '2026-11-28' }] }
  t.strictSame(said(starts(premises({ calendar }, 'classHourOnly'), visit(), '2026-11-28')), ['08:00–08:45'])
  t.strictSame(starts(premises({ calendar }), visit(), monday), [])
  t.equal(starts(premises({ calendar, host: office() }), adults(), '2026-11-28')[0]?.from, at('09:00'))
})

t.test('a closure stops the lessons of its shift, and leaves an online talk online', async t => {
  const closure = {
    districts: ['almaly'],
    hostKinds: [],
    shifts: ['I'],
    grades: [],
    from: wednesday,
    to: wednesday,
    outcome: 'online' as const,
  }
  const place = premises({ closures: [closure] })
  t.strictSame(starts(place, visit(), wednesday), [])
  t.equal(starts(place, visit({ online: true }), wednesday).length, 6)
  t.equal(starts(place, visit({ grades: [7] }), wednesday).length, 6)
  t.equal(starts(place, visit({ grades: [] }), wednesday).length, 6, 'of both shifts the other remains')
  t.strictSame(timetableRefusals(place, visit(), { day: wednesday, from: at('08:00'), to: at('08:45') }), [
    { code: 'closure', from: wednesday, to: wednesday, outcome: 'online' },
  ])
})

t.test('starts are exactly the times of the grid that are not refused', async () => {
  const place = fc.record({
    host: fc.constantFrom(
      host(),
      host({ shifts: bells('two-shift-40', [9], [7]), classHour: undefined }),
      host({ kind: 'college', shifts: bells('college-pairs') }),
      office(),
      office({ weekType: 6, talkWindows: [{ from: at('12:10'), to: at('12:55') }] }),
      office({ hours: [] }),
    ),
    lessons: fc.constantFrom<LessonsPolicy[]>('classHourOnly', 'offeredLessons', 'outsideLessons'),
    audience: fc.constantFrom('pupils', 'college-students', 'parents', 'workforce'),
    minors: fc.boolean(),
    grades: fc.constantFrom<number[][]>([], [9], [7], [7, 9]),
    minutes: fc.constantFrom<number[]>(30, 40, 45, 60, 90),
    betweenShifts: fc.boolean(),
    day: fc.constantFrom(monday, wednesday, '2026-11-28', '2026-11-29'),
    shifts: fc.constantFrom<string[][]>([], ['I'], ['II']),
  })
  fc.assert(
    fc.property(place, ({ host, lessons, day, shifts, ...rest }) => {
      const closure = {
        districts: [],
        hostKinds: [],
        shifts,
        grades: [],
        from: wednesday,
        to: wednesday,
        outcome: 'postponed' as const,
      }
      const open = premises(
        { host, closures: [closure], calendar: { holidays: [], swaps: [{ off: '2026-11-24', work: '2026-11-28' }] } },
        lessons,
      )
      const asked = visit(rest)
      const found = starts(open, asked, day)
      const accepts = (moment: Moment) => timetableRefusals(open, asked, moment).length === 0
      const offered = new Set(found.map(({ from, to }) => `${from} ${to}`))
      const accepted = gridOf(host, lessons, asked)
        .map(part => ({ day, ...part }))
        .filter(accepts)
      return found.every(accepts) && accepted.every(({ from, to }) => offered.has(`${from} ${to}`))
    }),
    { numRuns: 500 },
  )
})

/** Every whole number of lessons that the topic may need, or every quarter of an hour: written without the code under test. */
function gridOf(place: Host, policy: LessonsPolicy, { audience, minutes }: Visit) {
  const inLessons = place.shifts.length > 0 && ['pupils', 'college-students'].includes(audience)
  if (!inLessons || (policy === 'outsideLessons' && place.kind === 'school'))
    return Array.from({ length: 96 }, (_, n) => ({ from: n * 15, to: n * 15 + minutes })).filter(({ to }) => to <= 1440)
  return place.shifts.flatMap(({ lessons }) => {
    const lesson = lessons[0] ? lessons[0].to - lessons[0].from : 45
    const count = [1, 2, 3].find(each => Math.abs(each * lesson - minutes) <= lesson / 2) ?? 1
    return lessons.flatMap((first, n) => {
      const last = lessons[n + count - 1]
      return last ? [{ from: first.from, to: last.to }] : []
    })
  })
}
