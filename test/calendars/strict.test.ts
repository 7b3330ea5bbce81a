import { readFileSync } from 'node:fs'
import t from 'tap'
import { faultsOf } from './strict.ts'

const invitation = readFileSync(new URL('../talks/invitation.ics', import.meta.url), 'utf8')
const published = invitation.replace('METHOD:REQUEST', 'METHOD:PUBLISH').replace(/ATTENDEE;[\s\S]*?(?=STATUS)/, '')
const cancelled = invitation
  .replace('METHOD:REQUEST', 'METHOD:CANCEL')
  .replace('STATUS:TENTATIVE', 'STATUS:CANCELLED')
  .replace('TRANSP:OPAQUE', 'TRANSP:TRANSPARENT')
const alarm = 'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT2H\r\nDESCRIPTION:x\r\nEND:VALARM\r\n'

t.test('a whole file has no fault, of each method', async t => {
  for (const file of [invitation, published, cancelled]) t.same(faultsOf(file), [])
  t.same(faultsOf(published.replace('END:VEVENT', `${alarm}END:VEVENT`)), [])
})

t.test('a feed must say more of itself than a file', async t => {
  t.same(faultsOf(published, { feed: true }), [
    ...['REFRESH-INTERVAL', 'X-PUBLISHED-TTL', 'SOURCE', 'LAST-MODIFIED', 'NAME', 'DESCRIPTION'].map(
      name => `the feed lacks ${name}`,
    ),
  ])
})

/** Each breaks one rule; most of these are read by parsers without a word. */
const broken: Record<string, string | Buffer> = {
  'line feeds alone': invitation.replaceAll('\r\n', '\n'),
  'a carriage return in a text': invitation.replace('Кездесу', 'Кез\rдесу'),
  'no line end after the last line': invitation.replace(/\r\n$/, ''),
  'a byte order mark': `\ufeff${invitation}`,
  'an empty line': invitation.replace('BEGIN:VEVENT', '\r\nBEGIN:VEVENT'),
  'a line of 76 octets': invitation.replace('DESCRIPTION:', `DESCRIPTION:${'a'.repeat(30)}`),
  'a line cut inside a character': cut(invitation),
  'no UTF-8': Buffer.from(invitation.replace('Кездесу', 'Caf\u00e9'), 'latin1'),
  'a control character': invitation.replace('Кездесу', 'Кез\u0007десу'),
  'a line separator': invitation.replace('Кездесу', 'Кез\u2028десу'),
  'a line that is none': invitation.replace('STATUS:TENTATIVE', 'STATUS TENTATIVE'),
  'a small name': invitation.replace('STATUS:', 'Status:'),
  'a line broken out of a text': invitation.replace('STATUS:', 'injected by somebody\r\nSTATUS:'),
  'a property broken out of a text': invitation.replace('STATUS:', 'ATTENDEE:mailto:x@y.kz\r\nSTATUS:'),
  'a component broken out of a text': invitation.replace('END:VEVENT', 'BEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VEVENT'),
  'a bare comma in a text': invitation.replace('SUMMARY:Кездесу', 'SUMMARY:Кездесу, '),
  'a bare semicolon in a text': invitation.replace('SUMMARY:Кездесу', 'SUMMARY:Кездесу; '),
  'a bare backslash in a text': invitation.replace('SUMMARY:Кездесу', 'SUMMARY:Кездесу\\x '),
  'a summary of two lines': invitation.replace('SUMMARY:Кездесу', 'SUMMARY:Кездесу\\n '),
  'a name without quotes': invitation.replace('CN="Достық үйі"', 'CN=Достық үйі'),
  'a quotation mark inside a name': invitation.replace('CN="Достық үйі"', 'CN="Достық "үйі""'),
  'a backslash in a name': invitation.replace('CN="Достық үйі"', 'CN="Достық\\үйі"'),
  'a bare ^ in a name': invitation.replace('CN="Достық үйі"', 'CN="Достық^үйі"'),
  'a parameter twice': invitation.replace('PARTSTAT=', 'RSVP=TRUE;PARTSTAT='),
  'a parameter of another property': invitation.replace('STATUS:', 'STATUS;RSVP=TRUE:'),
  'DTSTAMP of the wall clock': invitation.replace(/DTSTAMP:(\w+)Z/, 'DTSTAMP:$1'),
  'DTSTAMP with a zone': invitation.replace(/DTSTAMP:(\w+)Z/, 'DTSTAMP;TZID=Asia/Almaty:$1'),
  'CREATED of the wall clock': invitation.replace(/CREATED:(\w+)Z/, 'CREATED:$1'),
  'a floating beginning': invitation.replace('DTSTART;TZID=Asia/Almaty', 'DTSTART'),
  'a beginning in UTC with a zone': invitation.replace('20261125T100000', '20261125T100000Z'),
  'no DTSTAMP': invitation.replace(/DTSTAMP.*\r\n/, ''),
  'no UID': invitation.replace(/UID.*\r\n/, ''),
  'two UIDs': invitation.replace(/(UID.*\r\n)/, '$1$1'),
  'a UID that is too long': invitation.replace('UID:talk-', `UID:talk-${'0\r\n '.repeat(260)}`),
  'a UID that is not ASCII': invitation.replace('UID:talk-', 'UID:кездесу-'),
  'no sequence': invitation.replace(/SEQUENCE.*\r\n/, ''),
  'half a sequence': invitation.replace('SEQUENCE:0', 'SEQUENCE:0.5'),
  'a negative sequence': invitation.replace('SEQUENCE:0', 'SEQUENCE:-1'),
  'an end before the beginning': invitation.replace('20261125T104500', '20261125T094500'),
  'CANCELED with one L': cancelled.replace('STATUS:CANCELLED', 'STATUS:CANCELED'),
  'an unknown zone': invitation.replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/, ''),
  'a zone twice': invitation.replace(/(BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n)/, '$1$1'),
  'a zone named by an abbreviation': invitation.replaceAll('Asia/Almaty', 'ALMT'),
  'TIMEZONE-ID': invitation.replace('METHOD:', 'TIMEZONE-ID:Asia/Almaty\r\nMETHOD:'),
  'X-WR-TIMEZONE': invitation.replace('METHOD:', 'X-WR-TIMEZONE:Asia/Almaty\r\nMETHOD:'),
  'a UID of the calendar': invitation.replace('METHOD:', 'UID:calendar@kezdesu.example\r\nMETHOD:'),
  'a property after a component': invitation.replace('END:VCALENDAR', 'X-WR-CALNAME:x\r\nEND:VCALENDAR'),
  'a component that is not closed': invitation.replace('END:VEVENT\r\n', ''),
  'two calendars': invitation + invitation,
  'an empty calendar': published.replace(/BEGIN:VTIMEZONE[\s\S]*END:VEVENT\r\n/, ''),
  'an attendee in a published file': invitation.replace('METHOD:REQUEST', 'METHOD:PUBLISH'),
  'a request to nobody': published.replace('METHOD:PUBLISH', 'METHOD:REQUEST'),
  'a request to two': invitation.replace(/(ATTENDEE[\s\S]*?)(?=STATUS)/, '$1$1'),
  'a request that asks for nothing': invitation.replace('RSVP=TRUE;', ''),
  'a request that asks who has accepted': invitation.replace('NEEDS-ACTION', 'ACCEPTED'),
  'a request without an organizer': invitation.replace(/ORGANIZER[\s\S]*?(?=ATTENDEE)/, ''),
  'an organizer who invites himself': invitation.replace(
    /mailto:bron[\s\S]*?(?=\r\nATT)/,
    'mailto:nurlanova@kezdesu.example',
  ),
  'a request of what is cancelled': cancelled.replace('METHOD:CANCEL', 'METHOD:REQUEST'),
  'a cancellation that stands': cancelled.replace('STATUS:CANCELLED', 'STATUS:CONFIRMED'),
  'a cancellation that takes time': cancelled.replace('TRANSPARENT', 'OPAQUE'),
  'a cancellation that rings': cancelled.replace('END:VEVENT', `${alarm}END:VEVENT`),
  'an alarm in the middle': published.replace('STATUS:', `${alarm}STATUS:`),
  'MAILTO in capitals': invitation.replaceAll('mailto:', 'MAILTO:'),
  'a script for an address': invitation.replace('STATUS:', 'URL:javascript:alert(1)\r\nSTATUS:'),
  'an address with backslashes': invitation.replace('STATUS:', 'URL:https://a.kz/b\\,c\r\nSTATUS:'),
  'a colour in figures': published.replace('METHOD:', 'COLOR:#ff0000\r\nMETHOD:'),
  'two names of a calendar': published.replace('METHOD:', 'NAME:a\r\nX-WR-CALNAME:b\r\nMETHOD:'),
}

t.test('what is broken is found', async t => {
  for (const [name, file] of Object.entries(broken)) {
    t.not(String(file), invitation, name)
    t.not(faultsOf(file).length, 0, name)
  }
})

/** The first line of more than one octet a character, folded between the two octets of one. */
function cut(file: string): Buffer {
  const octets = Buffer.from(file)
  const at = octets.indexOf(Buffer.from('Кездесу')) + 1
  return Buffer.concat([octets.subarray(0, at), Buffer.from('\r\n '), octets.subarray(at)])
}
