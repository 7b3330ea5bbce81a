import t from 'tap'
import { minutes } from '../../src/matching/travel-rules.ts'
import { burden, shareOf } from '../../src/speakers/burden-rules.ts'
import { at, host, monday, speaker, talk, travel, wednesday } from '../matching/worlds.ts'

const errand = {
  topicId: 'unity',
  audience: 'pupils',
  minors: true,
  spot: host(),
  online: false,
  languages: ['kk'],
  bufferMinutes: 10,
  credentialsForMinors: [],
  travel,
}
const moment = { day: wednesday, from: at('12:00'), to: at('12:45') }
const way = (from: Parameters<typeof minutes>[1], to: Parameters<typeof minutes>[2]) =>
  minutes(travel, from, to, 'transit')

t.test('a first talk costs the way from home and back', async t => {
  const serik = speaker('serik')
  const home = { district: 'almaly', point: serik.home }
  t.strictSame(burden(serik, errand, moment), {
    wayMinutes: way(home, host()),
    fromHome: true,
    extraMinutes: 2 * way(home, host()),
    inDay: 0,
    inWeek: 0,
    inMonth: 0,
    share: 0.125,
  })
  t.match(burden(serik, { ...errand, online: true }, moment), { wayMinutes: 0, fromHome: false, extraMinutes: 0 })
})

t.test('between two talks only the detour counts, and the load of day, week and month is told', async t => {
  const engagements = [
    talk(wednesday, '09:00', '09:45'),
    talk(wednesday, '15:00', '15:45'),
    talk(monday, '09:00', '09:45'),
    talk('2026-11-02', '09:00', '09:45'),
  ]
  const there = { district: 'medeu', point: engagements[0]?.point }
  t.strictSame(burden(speaker('serik', { engagements }), errand, moment), {
    wayMinutes: way(there, host()),
    fromHome: false,
    extraMinutes: 2 * way(there, host()),
    inDay: 2,
    inWeek: 3,
    inMonth: 4,
    share: 0.125,
  })
})

t.test('the fair share is hours served against hours offered, threefold at most', async t => {
  t.equal(shareOf(speaker('a', { hoursServed: 20, hoursOffered: 40 })), 0.5)
  t.equal(shareOf(speaker('a', { hoursServed: 200, hoursOffered: 40 })), 3)
  t.equal(shareOf(speaker('a', { hoursServed: 0, hoursOffered: 0 })), 1)
})
