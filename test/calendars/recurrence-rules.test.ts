import fc from 'fast-check'
import { DateTime } from 'luxon'
import ical from 'node-ical'
import t from 'tap'
import { readCalendar } from '../../src/calendars/busy-calendar-reader.ts'
import { busySpans } from '../../src/calendars/busy-calendar-rules.ts'
import { windowFrom } from '../../src/calendars/busy-window-rules.ts'
import { startsOf } from '../../src/calendars/recurrence-rules.ts'

const now = Date.parse('2026-11-23T00:00:00Z')
const window = windowFrom(now)
const day = 86_400_000
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Rules that every program understands, begun on a day they name. */
const simple = fc.record({
  freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
  start: fc.integer({ min: -500, max: 300 }).map(ahead => now + ahead * day + 5 * 3_600_000),
  interval: fc.integer({ min: 1, max: 5 }),
  end: fc.oneof(
    fc.constant({}),
    fc.integer({ min: 1, max: 60 }).map(count => ({ count })),
    fc.integer({ min: 0, max: 500 }).map(ahead => ({ until: now + ahead * day + 5 * 3_600_000 })),
  ),
  byday: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
})
type Simple = typeof simple extends fc.Arbitrary<infer Value> ? Value : never

const compact = (millis: number) => DateTime.fromMillis(millis, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'")
const ruleOf = ({ freq, interval, end, byday, start }: Simple) => {
  const own = weekdays[(DateTime.fromMillis(start, { zone: 'utc' }).weekday + 6) % 7] ?? ''
  const days = freq === 'WEEKLY' && byday.length > 0 ? [...new Set([own, ...byday.map(at => weekdays[at])])] : []
  return [
    `FREQ=${freq}`,
    `INTERVAL=${interval}`,
    ...('count' in end ? [`COUNT=${end.count}`] : []),
    ...('until' in end ? [`UNTIL=${compact(end.until)}`] : []),
    ...(days.length > 0 ? [`BYDAY=${days.join(',')}`] : []),
  ].join(';')
}

t.test('random simple rules agree with node-ical', async t => {
  let seen = 0
  fc.assert(
    fc.property(simple, each => {
      // a start that its own rule has ended before is kept by some and dropped by others
      fc.pre(!('until' in each.end) || each.end.until >= each.start)
      const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:${compact(each.start)}\r\nDTEND:${compact(each.start + 1_800_000)}\r\nRRULE:${ruleOf(each)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
      const file = readCalendar(text, [])
      const found = file && busySpans(file.entries, { window, zones: { own: 'UTC', ...file }, domain: 'x' })
      const ours = found && 'spans' in found ? found.spans.map(([from]) => from * 1000) : []
      const theirs = ical.sync.parseICS(text)['u']
      const rule = theirs?.type === 'VEVENT' ? theirs.rrule : undefined
      const expected =
        rule?.between(new Date(window.from), new Date(window.to - 1), true).map(date => date.getTime()) ?? []
      seen += ours.length
      return JSON.stringify(ours) === JSON.stringify(expected)
    }),
    { numRuns: 150 },
  )
  t.ok(seen > 100, `${seen} starts were compared`)
})

t.test('a daily rule agrees with counting days', async () => {
  fc.assert(
    fc.property(simple, ({ start, interval }) => {
      const found = startsOf({ freq: 'DAILY', interval }, start, undefined, window)
      const expected = []
      for (let at = start; at <= window.to; at += interval * day) if (at >= window.from) expected.push(at)
      return JSON.stringify(found) === JSON.stringify(expected)
    }),
    { numRuns: 100 },
  )
})

t.test('a rule that counts too far is left aside, whatever it says it ends', async t => {
  const start = Date.parse('1700-01-01T05:00:00Z')
  t.equal(
    startsOf(
      { freq: 'DAILY', count: 500_000, byday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], bymonth: [1, 2] },
      start,
      undefined,
      window,
    ),
    'unreadable',
  )
  t.same(startsOf({ freq: 'DAILY' }, start, Date.parse('1800-01-01T00:00:00Z'), window), [])
  t.equal(startsOf({ freq: 'FORTNIGHTLY' }, start, undefined, window), 'unreadable')
})
