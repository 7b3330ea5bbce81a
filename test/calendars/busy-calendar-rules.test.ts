import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { wallAt } from '../../src/base/time.ts'
import { readCalendar } from '../../src/calendars/busy-calendar-reader.ts'
import { busySpans, isOurs } from '../../src/calendars/busy-calendar-rules.ts'
import { windowFrom } from '../../src/calendars/busy-window-rules.ts'

const now = Date.parse('2026-11-23T03:45:00Z')
const mine = ['nurlanova@kezdesu.example']

function busy(text: string, own = 'Asia/Almaty', from = now) {
  const file = readCalendar(text, mine)
  if (!file) return 'no calendar'
  const found = busySpans(file.entries, {
    window: windowFrom(from),
    zones: { own, ...file },
    domain: 'kezdesu.example',
  })
  if ('refused' in found) return found.refused
  const said = (seconds: number) => {
    const { day, minute } = wallAt(seconds * 1000, own)
    return `${day} ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
  }
  return {
    times: found.spans.map(([start, end]) => `${said(start)} – ${said(end)}`),
    ...(found.doubtful ? { doubtful: true } : {}),
    ...(file.unreadable + found.unreadable > 0 ? { unreadable: file.unreadable + found.unreadable } : {}),
  }
}
const recorded = (name: string) => readFileSync(path.join(import.meta.dirname, 'busy', `${name}.ics`), 'utf8')
const calendar = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map(lines => `BEGIN:VEVENT\r\nUID:u\r\n${lines}\r\nEND:VEVENT\r\n`).join('')}END:VCALENDAR\r\n`
const event = (...lines: string[]) => calendar(lines.join('\r\n'))
const times = (...lines: string[]) => {
  const found = busy(event(...lines))
  return typeof found === 'string' ? found : found.times
}

t.test('files of the four great programs', async t => {
  t.same(busy(recorded('google')), {
    times: [
      '2026-11-23 9:00 – 2026-11-23 10:00',
      '2026-11-26 10:00 – 2026-11-26 11:30',
      '2026-12-08 15:00 – 2026-12-08 16:00',
      '2026-12-14 9:00 – 2026-12-14 10:00',
    ],
  })
  t.same(
    busy(recorded('outlook')),
    {
      times: [
        '2026-11-24 14:00 – 2026-11-24 15:00',
        '2026-11-25 14:00 – 2026-11-25 15:00',
        '2026-11-26 9:00 – 2026-11-26 10:00',
      ],
      doubtful: true,
    },
    'Central Asia is read as the speaker’s own zone, with a doubt; our talk is known in Outlook’s wrapping',
  )
  t.same(busy(recorded('apple')), {
    times: [
      '2026-11-30 8:00 – 2026-11-30 9:00',
      '2026-12-01 0:00 – 2026-12-03 0:00',
      '2026-12-04 8:00 – 2026-12-04 9:00',
      '2026-12-04 18:00 – 2026-12-04 19:30',
    ],
  })
  t.same(busy(recorded('thunderbird')), {
    times: [
      '2026-11-24 11:00 – 2026-11-24 12:30',
      '2026-11-25 11:00 – 2026-11-25 12:00',
      '2026-12-01 11:00 – 2026-12-01 12:30',
      '2026-12-08 11:00 – 2026-12-08 12:30',
    ],
    doubtful: true,
    unreadable: 1,
  })
})

t.test('what keeps nobody busy', async t => {
  const when = ['DTSTART:20261124T040000Z', 'DTEND:20261124T050000Z'] as const
  t.same(times(...when), ['2026-11-24 9:00 – 2026-11-24 10:00'])
  t.same(times(...when, 'STATUS:TENTATIVE'), ['2026-11-24 9:00 – 2026-11-24 10:00'])
  for (const line of [
    'TRANSP:TRANSPARENT',
    'STATUS:CANCELLED',
    'STATUS:CANCELED',
    'X-MICROSOFT-CDO-BUSYSTATUS:FREE',
    'ATTENDEE;PARTSTAT=DECLINED:MAILTO:Nurlanova@Kezdesu.Example',
  ])
    t.same(times(...when, line), [], line)
  t.same(times('DTSTART:20261124T040000Z'), [], 'a moment without length')
  t.same(times('DTSTART:20261124T040000Z', 'DTEND:20261124T030000Z'), [], 'an end before the start')
  t.same(times('DTSTART:20261101T040000Z', 'DTEND:20261101T050000Z'), [], 'long past')
  t.same(times('DTSTART:20300101T040000Z', 'DTEND:20300101T050000Z'), [], 'far ahead')
})

t.test('our own entries are known by their names alone', async t => {
  const id = '3b7a3f9e-0c1d-4e7b-9a52-51d0c7b0a001'
  t.equal(isOurs(`talk-${id}@kezdesu.example`, 'kezdesu.example'), true)
  t.equal(isOurs(`TALK-${id.toUpperCase()}@KEZDESU.example`, 'kezdesu.example'), true)
  t.equal(isOurs(`way-${id}@kezdesu.example`, 'kezdesu.example'), true)
  t.equal(isOurs(`talk-${id}@other.example`, 'kezdesu.example'), false)
  t.equal(isOurs('meeting@kezdesu.example', 'kezdesu.example'), false)
})

t.test('repeating by the rules that programs get wrong', async t => {
  t.same(
    times('DTSTART:20261124T040000Z', 'DURATION:PT1H', 'RDATE:20261126T040000Z'),
    ['2026-11-24 9:00 – 2026-11-24 10:00', '2026-11-26 9:00 – 2026-11-26 10:00'],
    'RDATE without RRULE keeps the start',
  )
  t.same(
    times(
      'DTSTART:20261124T040000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=2',
      'RDATE;VALUE=PERIOD:20261130T040000Z/PT2H,20261202T040000Z/20261202T043000Z',
    ),
    [
      '2026-11-24 9:00 – 2026-11-24 10:00',
      '2026-11-25 9:00 – 2026-11-25 10:00',
      '2026-11-30 9:00 – 2026-11-30 11:00',
      '2026-12-02 9:00 – 2026-12-02 9:30',
    ],
  )
  t.same(
    times('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY'),
    [],
    '29 February comes in leap years and never as 1 March',
  )
  const leap = busy(
    event('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY'),
    'Asia/Almaty',
    Date.parse('2027-12-01T00:00:00Z'),
  )
  t.same(leap, { times: ['2028-02-29 0:00 – 2028-03-01 0:00'] })
  t.same(times('DTSTART:20260131T040000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;UNTIL=20270201'), [
    '2026-12-31 9:00 – 2026-12-31 10:00',
    '2027-01-31 9:00 – 2027-01-31 10:00',
  ])
  t.same(
    times(
      'DTSTART:20261124T040000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;UNTIL=20261127T040000Z',
      'EXDATE;TZID=Asia/Almaty:20261126T090000',
    ),
    ['2026-11-24 9:00 – 2026-11-24 10:00', '2026-11-25 9:00 – 2026-11-25 10:00', '2026-11-27 9:00 – 2026-11-27 10:00'],
    'EXDATE in another zone is the same instant',
  )
  t.same(
    times('DTSTART;TZID=Asia/Almaty:20261124T230000', 'DURATION:PT2H', 'RRULE:FREQ=DAILY;UNTIL=20261125T180000Z'),
    ['2026-11-24 23:00 – 2026-11-25 1:00', '2026-11-25 23:00 – 2026-11-26 1:00'],
    'UNTIL is inclusive',
  )
  t.equal(
    (times('DTSTART:19900101T040000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY') as string[]).length,
    401,
    'endless is cut at the window',
  )
  t.same(times('DTSTART:20240101T040000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), [], 'never')
  const following = calendar(
    'DTSTART:20261124T040000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4',
    'RECURRENCE-ID;RANGE=THISANDFUTURE:20261126T040000Z\r\nDTSTART:20261126T060000Z\r\nDURATION:PT2H',
  )
  t.same(busy(following), {
    times: [
      '2026-11-24 9:00 – 2026-11-24 10:00',
      '2026-11-25 9:00 – 2026-11-25 10:00',
      '2026-11-26 11:00 – 2026-11-26 13:00',
      '2026-11-27 11:00 – 2026-11-27 13:00',
    ],
  })
})

t.test('clocks that jump, and days that are whole', async t => {
  const berlin = (lines: string) => busy(calendar(lines), 'Europe/Berlin')
  t.same(
    berlin('DTSTART;TZID=Europe/Berlin:20270327T023000\r\nDURATION:PT30M\r\nRRULE:FREQ=DAILY;COUNT=3'),
    {
      times: [
        '2027-03-27 2:30 – 2027-03-27 3:00',
        '2027-03-28 3:30 – 2027-03-28 4:00',
        '2027-03-29 2:30 – 2027-03-29 3:00',
      ],
    },
    'a time in the gap is reckoned with the offset before it',
  )
  t.same(berlin('DTSTART;VALUE=DATE:20270328\r\nDTEND;VALUE=DATE:20270329'), {
    times: ['2027-03-28 0:00 – 2027-03-29 0:00'],
  })
  t.same(times('DTSTART;VALUE=DATE:20261124'), ['2026-11-24 0:00 – 2026-11-25 0:00'])
  t.same(times('DTSTART;VALUE=DATE:20261124', 'DTEND;VALUE=DATE:20261124'), ['2026-11-24 0:00 – 2026-11-25 0:00'])
  t.same(times('DTSTART;VALUE=DATE:20261124', 'DURATION:P1W'), ['2026-11-24 0:00 – 2026-12-01 0:00'])
  t.same(
    times('DTSTART:20261124T040020Z', 'DTEND:20261124T045940Z'),
    ['2026-11-24 9:00 – 2026-11-24 10:00'],
    'seconds widen to minutes',
  )
  t.same(
    times('DTSTART:20200101T000000Z', 'DTEND:20300101T000000Z'),
    ['2026-11-22 8:45 – 2027-12-28 8:45'],
    'cut at the window',
  )
})

t.test('what is refused whole, and what falls out alone', async t => {
  const when = ['DTSTART:20261124T040000Z', 'DURATION:PT1H'] as const
  for (const freq of ['SECONDLY', 'MINUTELY', 'HOURLY'])
    t.equal(times(...when, `RRULE:FREQ=${freq}`), 'repeats-too-often')
  const all = (most: number) => Array.from({ length: most }, (_, at) => at).join(',')
  t.equal(
    times(...when, `RRULE:FREQ=DAILY;BYHOUR=${all(24)};BYMINUTE=${all(60)};BYSECOND=${all(60)}`),
    'repeats-too-often',
  )
  t.same(times(...when, 'TRANSP:TRANSPARENT', 'RRULE:FREQ=SECONDLY'), [], 'nobody is kept busy by it')
  const good = 'DTSTART:20261124T040000Z\r\nDURATION:PT1H'
  for (const bad of [
    'DTSTART:rubbish',
    'DTSTART:20269999T000000Z',
    'DTSTART:20261124T990000Z',
    'DTSTART:20261124T040000Z\r\nRRULE:FREQ=SOMETIMES',
    'DTSTART;TZID=:20261124T040000\r\nDURATION:PT1H\r\nRRULE:COUNT=3',
  ])
    t.same(busy(calendar(good, bad)), { times: ['2026-11-24 9:00 – 2026-11-24 10:00'], unreadable: 1 }, bad)
  for (const none of [
    '',
    'rubbish',
    '<html>sign in</html>',
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT\nEND:VEVENT',
    event(...when).slice(0, -40),
    'END:VCALENDAR',
  ])
    t.equal(busy(none), 'no calendar', none.slice(0, 20))
  t.same(busy('BEGIN:VCALENDAR\nEND:VCALENDAR'), { times: [] }, 'an empty calendar is a calendar')
  const loop =
    'BEGIN:VTIMEZONE\r\nTZID:Loop\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nRRULE:FREQ=SECONDLY;BYMONTH=13\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n'
  t.same(busy(event('DTSTART;TZID=Loop:20261124T090000', 'DURATION:PT1H').replace('VERSION:2.0\r\n', loop)), {
    times: ['2026-11-24 9:00 – 2026-11-24 10:00'],
    doubtful: true,
  })
  t.equal(
    busy(
      calendar(
        ...Array.from(
          { length: 30 },
          (_, at) =>
            `DTSTART:19900101T${String(at % 24).padStart(2, '0')}${at > 23 ? '20' : '00'}00Z\r\nDURATION:PT1M\r\nRRULE:FREQ=DAILY;BYMINUTE=0,2,4,6,8,10,12,14,16,18,20,22\r\n`,
        ),
      ),
    ),
    'too-many',
  )
})

t.test('a list of busy times without events', async t => {
  const list =
    'BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nDTSTART:20261101T000000Z\nFREEBUSY:20261124T040000Z/PT1H,20261125T040000Z/20261125T050000Z\nFREEBUSY;FBTYPE=FREE:20261126T040000Z/PT1H\nEND:VFREEBUSY\nEND:VCALENDAR'
  t.same(busy(list), { times: ['2026-11-24 9:00 – 2026-11-24 10:00', '2026-11-25 9:00 – 2026-11-25 10:00'] })
})
