import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { alarmOf, type CalendarEvent, calendarOf, uidOf, vevent } from '../../src/talks/ics.ts'
import { fold, mend } from '../../src/talks/ics-lines.ts'
import { partsOf, vtimezone, zoneFault } from '../../src/talks/ics-zone.ts'

const domain = 'kezdesu.example'
const at = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const event: CalendarEvent = {
  talkId: '0c1f7a5e-1111-4222-8333-444455556666',
  sequence: 0,
  stamp: at('2026-11-23T03:45:00Z'),
  created: at('2026-11-23T03:45:00Z'),
  modified: at('2026-11-23T03:45:00Z'),
  startsAt: at('2026-11-25T05:00:00Z'),
  endsAt: at('2026-11-25T05:45:00Z'),
  zone: 'Asia/Almaty',
  status: 'TENTATIVE',
  summary: 'Кездесу — № 25 мектеп-гимназия',
  location: '№ 25 мектеп-гимназия, Сәтбаев көшесі, 30',
  description: 'Толығырақ: https://dostyk.example/me/talks/1',
  categories: ['Кездесу'],
  organizer: { name: 'Достық үйі', email: 'bron+0123456789abcdef0123456789abcdef@kezdesu.example' },
  attendee: { name: 'Айгүл Нұрланова', email: 'nurlanova@kezdesu.example', accepted: false, asked: true },
  private: false,
}
const file = (it: CalendarEvent, method: 'REQUEST' | 'CANCEL' | 'PUBLISH' = 'REQUEST') =>
  calendarOf({ method }, [it.zone], [vevent(it, domain)])

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  return calendar.getAllSubcomponents('vevent').map(component => {
    const it = new ICAL.Event(component, { exceptions: [] })
    return {
      uid: it.uid,
      from: it.startDate.toJSDate().toISOString(),
      to: it.endDate.toJSDate().toISOString(),
      summary: it.summary,
      sequence: it.sequence,
      status: component.getFirstPropertyValue('status'),
      method: calendar.getFirstPropertyValue('method'),
      attendees: it.attendees.map(property => property.getFirstValue()),
      partstat: it.attendees.map(property => property.getParameter('partstat')),
      location: it.location,
      description: it.description,
    }
  })
}
const one = (text: string) => {
  const [first, ...rest] = read(text)
  if (!first || rest.length > 0) throw new Error('not one event')
  return first
}

t.test('zones of Kazakhstan have the changes that tz data tell, and no more', async t => {
  t.equal(zoneFault(), undefined)
  const said = (zone: string) =>
    partsOf(zone).map(
      part =>
        `${DateTime.fromMillis(part.at, { zone: 'utc' }).toFormat("yyyy-MM-dd'T'HH:mm'Z'")} ${part.before / 60}→${part.after / 60}`,
    )
  t.same(
    Object.fromEntries(
      ['Asia/Almaty', 'Asia/Qostanay', 'Asia/Qyzylorda', 'Asia/Aqtobe', 'Asia/Aqtau', 'Asia/Atyrau', 'Asia/Oral'].map(
        zone => [zone, said(zone)],
      ),
    ),
    {
      'Asia/Almaty': ['2004-10-30T20:00Z 7→6', '2024-02-29T18:00Z 6→5'],
      'Asia/Qostanay': ['2004-03-27T21:00Z 5→6', '2024-02-29T18:00Z 6→5'],
      'Asia/Qyzylorda': ['2004-03-27T21:00Z 5→6', '2018-12-20T18:00Z 6→5'],
      'Asia/Aqtobe': ['2004-10-30T21:00Z 6→5'],
      'Asia/Aqtau': ['2004-03-27T22:00Z 4→5'],
      'Asia/Atyrau': ['2004-03-27T22:00Z 4→5'],
      'Asia/Oral': ['2004-03-27T22:00Z 4→5'],
    },
  )
  t.same(
    vtimezone('Asia/Almaty').join('\n'),
    `BEGIN:VTIMEZONE
TZID:Asia/Almaty
BEGIN:STANDARD
TZNAME:+06
DTSTART:20041031T030000
TZOFFSETFROM:+0700
TZOFFSETTO:+0600
END:STANDARD
BEGIN:STANDARD
TZNAME:+05
DTSTART:20240301T000000
TZOFFSETFROM:+0600
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE`,
  )
  t.same(vtimezone('UTC'), [
    'BEGIN:VTIMEZONE',
    'TZID:UTC',
    'BEGIN:STANDARD',
    'TZNAME:+00',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0000',
    'END:STANDARD',
    'END:VTIMEZONE',
  ])
})

t.test('an independent parser finds the instants on both sides of the change of 2024', async t => {
  for (const from of [
    '2024-02-28T04:00:00Z',
    '2024-02-29T16:59:00Z',
    '2024-02-29T19:00:00Z',
    '2024-03-01T05:00:00Z',
    '2026-12-01T05:00:00Z',
    '2015-01-05T04:00:00Z',
  ])
    t.equal(
      one(file({ ...event, startsAt: at(from), endsAt: at(from).plus({ minutes: 45 }) })).from,
      from.replace('Z', '.000Z'),
    )
})

t.test('created, moved, cancelled: one UID, a rising SEQUENCE, and the method of each mail', async t => {
  const created = one(file(event))
  const moved = one(
    file({ ...event, sequence: 1, startsAt: at('2026-11-26T05:00:00Z'), endsAt: at('2026-11-26T05:45:00Z') }),
  )
  const cancelled = one(
    file(
      {
        ...event,
        sequence: 2,
        status: 'CANCELLED',
        attendee: { name: 'Айгүл', email: 'nurlanova@kezdesu.example', accepted: true, asked: false },
      },
      'CANCEL',
    ),
  )
  t.same(
    [created.uid, moved.uid, cancelled.uid],
    Array.from({ length: 3 }, () => uidOf(event.talkId, domain)),
  )
  t.same(
    [created, moved, cancelled].map(it => [it.method, it.sequence, it.status, it.partstat, it.attendees]),
    [
      ['REQUEST', 0, 'TENTATIVE', ['NEEDS-ACTION'], ['mailto:nurlanova@kezdesu.example']],
      ['REQUEST', 1, 'TENTATIVE', ['NEEDS-ACTION'], ['mailto:nurlanova@kezdesu.example']],
      ['CANCEL', 2, 'CANCELLED', ['ACCEPTED'], ['mailto:nurlanova@kezdesu.example']],
    ],
  )
  t.equal(moved.from, '2026-11-26T05:00:00.000Z')
})

t.test('the invitation is this file to the byte', async t => {
  t.equal(file(event), readFileSync(new URL('invitation.ics', import.meta.url), 'utf8'))
  t.equal(file(event), file(event))
})

t.test('no file breaks the rules of lines, order and stamps', async t => {
  const text = calendarOf(
    {
      method: 'PUBLISH',
      name: 'Достық үйі, Алматы; «топ»',
      description: 'x',
      source: 'https://dostyk.example/f/a.ics',
      modified: event.modified,
    },
    ['Asia/Almaty', 'Asia/Oral'],
    [
      vevent(
        {
          ...event,
          conference: 'https://meet.example/a,b;c',
          url: 'https://dostyk.example/me/talks/1',
          geo: { lat: 43.2389, lon: 76.9455 },
          private: true,
        },
        domain,
      ).replace('END:VEVENT', () => `${alarmOf('Кездесу; дайын, болыңыз')}END:VEVENT`),
      vevent({ ...event, talkId: 'second', status: 'CANCELLED' }, domain),
      vevent(
        { ...event, part: 'journey', endsAt: event.startsAt, startsAt: event.startsAt.minus({ minutes: 25 }) },
        domain,
      ),
    ],
  )
  sound(t, text)
  t.match(text, /\r\nCONFERENCE;VALUE=URI;FEATURE=VIDEO:https:\/\/meet\.example\/a,b;c\r\n/)
  t.match(text, /NAME:Достық үйі\\, Алматы\\; «топ»\r\nX-WR-CALNAME:Достық үйі\\, Алматы\\; «топ»\r\n/)
  t.match(text, '\r\nGEO:43.238900;76.945500\r\nURL:https://dostyk.example/me/talks/1\r\n')
  t.match(text, '\r\nCATEGORIES:Кездесу\r\n')
  t.match(text, 'DESCRIPTION:Кездесу\\; дайын\\, болыңыз\r\nTRIGGER:-PT2H\r\nEND:VALARM\r\nEND:VEVENT\r\n')
  t.match(text, `UID:talk-${event.talkId}-journey@${domain}\r\n`)
  t.notMatch(text, /TIMEZONE-ID|X-WR-TIMEZONE|MAILTO:/)
})

t.test('an empty feed is still a file', async t => {
  const text = calendarOf({ method: 'PUBLISH', name: 'x' }, ['Asia/Almaty'], [])
  sound(t, text)
  t.same(read(text), [])
})

t.test('a talk that ends before it begins is a fault, not a file', async t => {
  t.throws(() => vevent({ ...event, endsAt: event.startsAt }, domain), /ends before it begins/)
})

t.test('mending is done once, and refuses half a component', async t => {
  t.equal(mend(file(event)), file(event))
  t.equal(
    mend('BEGIN:A\nBEGIN:B\nX:1\nEND:B\nURL:https://a.kz/x\\,y\\;z\nEND:A'),
    'BEGIN:A\r\nURL:https://a.kz/x,y;z\r\nBEGIN:B\r\nX:1\r\nEND:B\r\nEND:A\r\n',
  )
  for (const broken of ['BEGIN:A', 'BEGIN:A\r\nEND:B', 'X:1', 'END:A']) t.throws(() => mend(broken), broken)
})

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\0',
        '\u0085',
        '\u2028',
        '\u2029',
        '\ud800',
        '\udfff',
        '\u202e',
        '\ufeff',
        '"',
        "'",
        '^',
        '^n',
        ':',
        ';',
        ',',
        '\\',
        '\\n',
        'ә',
        'Қ',
        'ы',
        '😀',
        '👩‍👩‍👧',
        'BEGIN:VEVENT',
        'END:VCALENDAR\r\n',
        'ATTENDEE:mailto:x@y.z',
        '\t',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('қазақша мәтін ', 'русский текст ').map(text => text.repeat(40)),
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join('').slice(0, 5000))

t.test('no text of anybody breaks out of its place', async () => {
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (summary, location, description, name) => {
      const text = calendarOf(
        { method: 'REQUEST', name, description: summary },
        ['Asia/Almaty'],
        [
          vevent(
            {
              ...event,
              summary,
              location,
              description,
              organizer: { ...event.organizer, name },
              attendee: { name, email: 'a@kezdesu.example', accepted: false, asked: true },
            },
            domain,
          ),
        ],
      )
      const it = one(text)
      return (
        it.uid === uidOf(event.talkId, domain) &&
        it.from === '2026-11-25T05:00:00.000Z' &&
        it.attendees.length === 1 &&
        it.attendees[0] === 'mailto:a@kezdesu.example' &&
        text.match(/^BEGIN:/gm)?.length === 5 &&
        faultsOf(text).length === 0 &&
        mend(text) === text
      )
    }),
    { numRuns: 400 },
  )
})

t.test('what people write comes back as they wrote it', async () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('ә', 'қ', 'ы', 'a', ';', ',', '\\', '"', '😀', '—', '№'),
        minLength: 1,
        maxLength: 300,
      }),
      text => one(file({ ...event, summary: text })).summary === text,
    ),
  )
})

t.test('a line is folded by octets, never inside a character', async () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('ә', 'a', '😀', ' ', '№'), maxLength: 400 }), text => {
      const lines = fold(text).split('\r\n')
      return (
        lines.every(line => Buffer.byteLength(line) <= 75 && line.isWellFormed()) &&
        lines.map((line, index) => (index === 0 ? line : line.slice(1))).join('') === text
      )
    }),
  )
})

t.test('the library is the version whose defects we know', async t => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../node_modules/ical-generator/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  t.equal(version, '11.1.2')
})

function sound(t: Test, text: string) {
  t.same(faultsOf(text), [])
}

/** Rules of our own: parsers read broken files without complaint. */
function faultsOf(text: string): string[] {
  const faults: string[] = []
  if (!text.endsWith('END:VCALENDAR\r\n') || text.startsWith('\ufeff')) faults.push('frame')
  if (/[^\r]\n|\r[^\n]/.test(text)) faults.push('line ends')
  if (text.split('\r\n').some(line => Buffer.byteLength(line) > 75)) faults.push('long line')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  if (!text.isWellFormed() || /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029]/.test(text))
    faults.push('control characters')
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  let inner = false
  for (const line of lines) {
    if (line.startsWith('BEGIN:')) inner = false
    else if (line.startsWith('END:')) inner = true
    else if (line !== '' && inner) faults.push(`a property after a component: ${line}`)
    if (/^(DTSTAMP|CREATED|LAST-MODIFIED)(?!:\d{8}T\d{6}Z$)/.test(line)) faults.push(line)
    if (
      /^DT(START|END)/.test(line) &&
      !/^DT(START|END);TZID=Asia\/Almaty:\d{8}T\d{6}$/.test(line) &&
      !/^DTSTART:(19|20)\d{6}T\d{6}$/.test(line)
    )
      faults.push(line)
  }
  return faults
}
