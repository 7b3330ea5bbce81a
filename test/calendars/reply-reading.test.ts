import t from 'tap'
import type { ReadMail } from '../../src/calendars/reply-reader.ts'
import { readMail } from '../../src/calendars/reply-reading.ts'
import { recorded } from './reply-mails.ts'

const facts = {
  to: `bron+${'a'.repeat(32)}@kezdesu.example`,
  from: 'speaker@mail.example',
  attendee: 'Speaker@mail.example',
  uid: 'talk-1@kezdesu.example',
  id: 'one',
  stamp: '20261123T034500Z',
  partstat: 'ACCEPTED',
  sequence: 3,
  comment: 'ok',
  proposedFrom: '20261127T152000',
  proposedTo: '20261127T160500',
}
const calendarOf = (lines: string[], type = 'text/calendar; method=REPLY') =>
  Buffer.from([`Content-Type: ${type}`, `To: ${facts.to}`, '', ...lines, ''].join('\r\n'))
const eventOf = (...lines: string[]) => [
  'BEGIN:VCALENDAR',
  'METHOD:REPLY',
  'BEGIN:VEVENT',
  'UID:u',
  'DTSTAMP:20261123T034500Z',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example',
  ...lines,
  'END:VEVENT',
  'END:VCALENDAR',
]

t.test('the same facts come out of the form of every program', async t => {
  for (const form of ['gmail', 'outlook', 'apple', 'thunderbird', 'counter'] as const) {
    const read = await readMail(recorded(form, facts))
    t.match(read, {
      from: ['speaker@mail.example'],
      automatic: false,
      signatures: 0,
      results: [],
      calendar: {
        partMethod: form === 'counter' ? 'COUNTER' : 'REPLY',
        method: form === 'counter' ? 'COUNTER' : 'REPLY',
        events: [
          {
            uid: 'talk-1@kezdesu.example',
            sequence: 3,
            stamp: '2026-11-23T03:45:00Z',
            recurrence: false,
            comment: 'ok',
            attendees: [{ address: 'speaker@mail.example', partstat: form === 'counter' ? 'TENTATIVE' : 'ACCEPTED' }],
          },
        ],
      },
    })
    t.ok((read as ReadMail).to.includes(facts.to), form)
  }
})

t.test('bombs go off in their own thread, within seconds', async t => {
  let nested = Buffer.from('text')
  for (let depth = 0; depth < 1000; depth++)
    nested = Buffer.from(
      `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nested}\r\n--b${depth}--\r\n`,
    )
  const bombs: [string, Buffer][] = [
    ['a thousand parts in one another', Buffer.concat([Buffer.from(`To: ${facts.to}\r\n`), nested])],
    [
      'ten thousand parts',
      Buffer.from(
        `To: ${facts.to}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(10_000)}--b--\r\n`,
      ),
    ],
    ['an endless rule', calendarOf(eventOf('DTSTART:19000101T000000Z', 'RRULE:FREQ=SECONDLY'))],
    [
      'a zone that loops',
      calendarOf([
        'BEGIN:VCALENDAR',
        'METHOD:REPLY',
        'BEGIN:VTIMEZONE',
        'TZID:Loop',
        'BEGIN:STANDARD',
        'DTSTART:16010101T000000',
        'RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
        'TZOFFSETFROM:+0600',
        'TZOFFSETTO:+0500',
        'END:STANDARD',
        'END:VTIMEZONE',
        ...eventOf('DTSTART;TZID=Loop:20261126T102000').slice(2),
      ]),
    ],
    [
      'components in one another',
      calendarOf([...Array(5000).fill('BEGIN:VCALENDAR'), ...Array(5000).fill('END:VCALENDAR')]),
    ],
    ['a line without an end', calendarOf(eventOf(`COMMENT:${'x'.repeat(200_000)}`))],
    [
      'a hundred alarms and files',
      calendarOf(
        eventOf(
          ...Array(100).fill(['BEGIN:VALARM', 'TRIGGER:-PT1S', 'ATTACH:file:///etc/passwd', 'END:VALARM']).flat(),
        ),
      ),
    ],
    ['noise', Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 256))],
    ['nothing', Buffer.alloc(0)],
  ]
  for (const [name, raw] of bombs) {
    const began = performance.now()
    const read = await readMail(raw)
    t.ok(performance.now() - began < 30_000, `${name}: ${typeof read === 'string' ? read : 'read'}`)
    if (name === 'an endless rule' || name === 'a zone that loops')
      t.match(read, { calendar: { events: [{ uid: 'u' }] } }, name)
    if (name === 'a line without an end')
      t.equal(((read as ReadMail).calendar as { events: { comment: string }[] }).events[0]?.comment.length, 500)
  }
  t.match(
    await readMail(recorded('gmail', facts)),
    { calendar: { method: 'REPLY' } },
    'the next letter is read as ever',
  )
})

t.test('two different calendars, or two talks in one, are nobody’s answer', async t => {
  const [first, second] = [eventOf('SUMMARY:a'), eventOf('SUMMARY:b')].map(lines => lines.join('\r\n'))
  const part = (text: string | undefined) => `--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n${text}\r\n`
  const mixed = (...texts: (string | undefined)[]) =>
    Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${texts.map(part).join('')}--b--\r\n`)
  t.match(await readMail(mixed(first, second)), { calendar: 'several' })
  t.match(await readMail(mixed(first, first)), { calendar: { method: 'REPLY' } })
  t.match(
    await readMail(
      calendarOf([
        ...eventOf().slice(0, -1),
        ...eventOf('X:1')
          .slice(2)
          .map(line => line.replace('UID:u', 'UID:v')),
      ]),
    ),
    {
      calendar: 'several',
    },
  )
  t.match(await readMail(calendarOf(['BEGIN:VCARD', 'END:VCARD'])), { calendar: 'garbage' })
  t.match(await readMail(calendarOf(['hello'])), { calendar: 'garbage' })
})
