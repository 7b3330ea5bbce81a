import t from 'tap'
import { speakerRefusals } from '../../src/speakers/fitness-rules.ts'
import type { Errand, Speaker } from '../../src/speakers/rules.ts'
import { at, host, monday, speaker, talk, travel, wednesday } from '../matching/worlds.ts'

const errand = (said: Partial<Errand> = {}): Errand => ({
  topicId: 'unity',
  audience: 'pupils',
  minors: true,
  spot: host(),
  online: false,
  languages: ['kk'],
  bufferMinutes: 10,
  credentialsForMinors: [],
  travel,
  ...said,
})
const moment = (from: string, to: string, day = wednesday) => ({ day, from: at(from), to: at(to) })
const refused = (
  said: Partial<Speaker>,
  when = moment('10:50', '11:35'),
  what: Partial<Errand> = {},
  profession = 'historian',
) => speakerRefusals(speaker('serik', said), profession, errand(what), when).map(({ speakerId, ...rest }) => rest)

t.test('somebody whom nothing keeps is not refused', async t => {
  t.strictSame(refused({}), [])
})

t.test('profession, topic, audience, district and language must suit', async t => {
  t.strictSame(refused({}, undefined, {}, 'lawyer'), [{ code: 'lacks-profession', profession: 'lawyer' }])
  t.strictSame(refused({ topics: ['family'] }), [{ code: 'not-for-topic' }])
  t.strictSame(refused({ topics: ['family', 'unity'] }), [])
  t.strictSame(refused({ audiences: ['workforce'] }), [{ code: 'not-for-audience', audience: 'pupils' }])
  t.strictSame(refused({ districts: ['turksib'] }), [{ code: 'not-in-district', district: 'almaly' }])
  t.strictSame(refused({ districts: ['turksib'] }, undefined, { online: true }), [], 'online every district is near')
  t.strictSame(refused({ languages: ['ru', 'en'] }), [{ code: 'lacks-language', languages: ['kk'] }])
})

t.test('own hours hold the whole talk; hours that touch are one', async t => {
  const hours = (from: string, to: string) => ({ weekday: 3 as const, from: at(from), to: at(to) })
  t.strictSame(refused({ hours: [hours('09:00', '11:35')] }), [])
  t.strictSame(refused({ hours: [hours('11:00', '12:00'), hours('09:00', '11:00')] }), [])
  t.strictSame(refused({ hours: [hours('09:00', '11:34')] }), [
    { code: 'outside-hours', weekday: 3, hours: [{ from: at('09:00'), to: at('11:34') }] },
  ])
  t.strictSame(refused({ hours: [{ weekday: 1, from: 0, to: 1440 }] }), [
    { code: 'outside-hours', weekday: 3, hours: [] },
  ])
})

t.test('busy times and absences are kept free, touching them is allowed', async t => {
  const busy = (from: string, to: string) => ({ busy: [{ weekday: 3 as const, from: at(from), to: at(to) }] })
  t.strictSame(refused(busy('11:30', '12:00')), [{ code: 'busy', from: at('11:30'), to: at('12:00') }])
  t.strictSame(refused(busy('11:35', '12:00')), [])
  t.strictSame(refused(busy('09:00', '10:50')), [])
  t.strictSame(refused({ absences: [{ day: wednesday, from: 0, to: 1440 }] }), [{ code: 'absent', from: 0, to: 1440 }])
  t.strictSame(refused({ absences: [{ day: monday, from: 0, to: 1440 }] }), [])
})

t.test('a pause holds to its last day, or until told otherwise', async t => {
  t.strictSame(refused({ pausedFrom: monday }), [{ code: 'paused', to: undefined }])
  t.strictSame(refused({ pausedFrom: monday, pausedTo: wednesday }), [{ code: 'paused', to: wednesday }])
  t.strictSame(refused({ pausedFrom: monday, pausedTo: '2026-11-24' }), [])
  t.strictSame(refused({ pausedFrom: '2026-11-26' }), [])
  t.strictSame(refused({ leftOn: wednesday }), [{ code: 'left', on: wednesday }], 'who leaves that day comes no more')
  t.strictSame(refused({ leftOn: '2026-11-26' }), [])
})

t.test('a paper that ran out refuses everywhere, a missing one only with minors', async t => {
  const needed = { credentialsForMinors: ['no-record'] }
  const paper = (from: string, until: string | undefined) => ({ credentials: [{ kind: 'no-record', from, until }] })
  t.strictSame(refused({}, undefined, needed), [{ code: 'credential-missing', kind: 'no-record' }])
  t.strictSame(refused({}, undefined, { ...needed, minors: false }), [])
  t.strictSame(refused(paper('2026-01-01', wednesday), undefined, needed), [])
  t.strictSame(refused(paper('2026-01-01', undefined), undefined, needed), [])
  t.strictSame(refused(paper('2026-01-01', '2026-11-24'), undefined, { ...needed, minors: false }), [
    { code: 'credential-expired', kind: 'no-record', until: '2026-11-24' },
  ])
  t.strictSame(refused(paper('2026-12-01', undefined), undefined, needed), [
    { code: 'credential-missing', kind: 'no-record' },
  ])
  t.strictSame(refused(paper('2026-12-01', undefined)), [])
  const renewed = {
    credentials: [...paper('2025-01-01', '2025-12-31').credentials, ...paper('2026-01-01', undefined).credentials],
  }
  t.strictSame(refused(renewed, undefined, needed), [])
})

t.test('limits count the day, the week from Monday to Sunday, and the month', async t => {
  const engagements = [
    talk(wednesday, '16:00', '17:00'),
    talk(monday, '16:00', '17:00'),
    talk('2026-11-29', '16:00', '17:00'),
  ]
  t.strictSame(refused({ engagements, limits: { day: 1, week: 5, month: 16 } }), [{ code: 'day-limit', limit: 1 }])
  t.strictSame(refused({ engagements, limits: { day: 2, week: 3, month: 16 } }), [{ code: 'week-limit', limit: 3 }])
  t.strictSame(refused({ engagements, limits: { day: 2, week: 4, month: 3 } }), [{ code: 'month-limit', limit: 3 }])
  const others = [
    talk('2026-11-22', '16:00', '17:00'),
    talk('2026-11-30', '16:00', '17:00'),
    talk('2026-12-01', '16:00', '17:00'),
  ]
  t.strictSame(refused({ engagements: others, limits: { day: 1, week: 1, month: 3 } }), [])
})

t.test('another talk at the same hour refuses, online or not', async t => {
  for (const online of [true, false])
    t.strictSame(refused({ engagements: [talk(wednesday, '11:00', '12:00', { online })] }), [
      { code: 'engaged', talkId: `talk ${wednesday} 11:00`, from: at('11:00'), to: at('12:00') },
    ])
})

t.test('two talks twenty minutes apart and forty minutes of travel away never have the same speaker', async t => {
  const way = 37
  const before = talk(wednesday, '09:45', '10:30')
  t.strictSame(refused({ engagements: [before] }), [
    { code: 'travel-before', talkId: before.talkId, endsAt: at('10:30'), minutes: way, buffer: 10, gap: 20 },
  ])
  const after = talk(wednesday, '11:55', '12:40')
  t.strictSame(refused({ engagements: [after] }), [
    { code: 'travel-after', talkId: after.talkId, startsAt: at('11:55'), minutes: way, buffer: 10, gap: 20 },
  ])
  t.strictSame(refused({ engagements: [talk(wednesday, '09:00', '10:03')] }), [], 'way and buffer fit to the minute')
  t.strictSame(refused({ engagements: [talk(wednesday, '09:00', '10:04')] }).length, 1)
  t.strictSame(refused({ engagements: [talk(wednesday, '12:22', '13:00')] }), [])
  t.strictSame(refused({ engagements: [talk(wednesday, '12:21', '13:00')] }).length, 1)
})

t.test('at one address only the ten minutes are kept', async t => {
  const here = { district: 'almaly', point: host().point }
  t.strictSame(refused({ engagements: [talk(wednesday, '09:50', '10:35', here)] }), [])
  t.strictSame(refused({ engagements: [talk(wednesday, '09:56', '10:41', here)] }).length, 1)
})

t.test('online talks need no travel, but nobody travels while speaking', async t => {
  t.strictSame(refused({ engagements: [talk(wednesday, '10:00', '10:50', { online: true })] }), [])
  const day = [talk(wednesday, '09:00', '10:05'), talk(wednesday, '10:25', '10:45', { online: true })]
  t.strictSame(
    refused({ engagements: day, limits: { day: 5, week: 5, month: 9 } }).map(({ code }) => code),
    ['travel-before'],
  )
  const around = [
    talk(wednesday, '10:00', '10:40', { district: 'almaly', point: host().point }),
    talk(wednesday, '11:45', '12:00'),
  ]
  const online = { online: true }
  t.strictSame(refused({ engagements: around, limits: { day: 5, week: 5, month: 9 } }, undefined, online), [
    { code: 'travel-after', talkId: around[1]?.talkId, startsAt: at('11:45'), minutes: 37, buffer: 10, gap: 10 },
  ])
  t.strictSame(
    refused(
      {
        engagements: [...around.slice(0, 1), talk(wednesday, '12:30', '13:00')],
        limits: { day: 5, week: 5, month: 9 },
      },
      undefined,
      online,
    ),
    [],
  )
  t.strictSame(refused({ engagements: around.slice(0, 1) }, undefined, online), [])
})
