import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import ICAL from 'ical.js'
import { type AddressObject, type Attachment, type HeaderLines, simpleParser } from 'mailparser'
import { cleanLine, cleanText } from '../base/text.ts'

/** What lies behind the wall of the thread: texts and numbers, nothing that could act. */
export type ReadEvent = {
  uid: string
  sequence: number
  stamp: string | undefined
  recurrence: boolean
  attendees: { address: string; partstat: string; sentBy: string | undefined }[]
  comment: string
  start: { wall: string; zone: string | undefined } | undefined
  end: { wall: string; zone: string | undefined } | undefined
}
export type ReadCalendar = { partMethod: string | undefined; method: string | undefined; events: ReadEvent[] }
export type ReadMail = {
  messageId: string
  bodyHash: string
  from: string[]
  automatic: boolean
  /** Addresses the letter came to, the surest first. */
  to: string[]
  /** The unbroken run of Authentication-Results on top. */
  results: string[]
  signatures: number
  calendar: ReadCalendar | 'garbage' | 'several' | undefined
}

/** jCal: name, parameters, type, values. */
type Property = [string, Record<string, string | string[]>, string, ...unknown[]]
type Component = [string, Property[], Component[]]

const most = { events: 5, attendees: 20, addresses: 20 }

async function read(raw: Buffer): Promise<ReadMail> {
  const mail = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  })
  const lines = mail.headerLines
  return {
    messageId: cleanLine(mail.messageId ?? '').slice(0, 250),
    bodyHash: createHash('sha256').update(bodyOf(raw)).digest('hex'),
    from: addresses(mail.from ? [mail.from] : []),
    automatic: valuesOf(lines, 'auto-submitted').some(value => value.toLowerCase() !== 'no'),
    to: [
      ...['x-original-to', 'delivered-to', 'envelope-to', 'x-envelope-to'].flatMap(name => valuesOf(lines, name)),
      ...addresses([mail.to ?? [], mail.cc ?? []].flat()),
    ]
      .map(text => text.replace(/^<|>$/g, '').slice(0, 254))
      .slice(0, most.addresses),
    results: topResults(lines),
    signatures: valuesOf(lines, 'dkim-signature').length,
    calendar: calendarIn(mail.attachments),
  }
}

function bodyOf(raw: Buffer): Buffer {
  const crlf = raw.indexOf('\r\n\r\n')
  const lf = raw.indexOf('\n\n')
  return raw.subarray(crlf >= 0 && (lf < 0 || crlf < lf) ? crlf + 4 : lf >= 0 ? lf + 2 : raw.length)
}

const valuesOf = (lines: HeaderLines, name: string): string[] =>
  lines
    .filter(({ key }) => key === name)
    .map(({ line }) =>
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r?\n[ \t]+/g, ' ')
        .trim(),
    )

function topResults(lines: HeaderLines): string[] {
  const first = lines.findIndex(({ key }) => key === 'authentication-results')
  if (first < 0) return []
  const rest = lines.slice(first)
  const end = rest.findIndex(({ key }) => key !== 'authentication-results')
  return valuesOf(end < 0 ? rest : rest.slice(0, end), 'authentication-results')
}

const addresses = (fields: AddressObject[]): string[] =>
  fields
    .flatMap(({ value }) => value)
    .flatMap(({ address, group }) => [address, ...(group ?? []).map(member => member.address)])
    .flatMap(address => (address ? [cleanLine(address).toLowerCase().slice(0, 254)] : []))
    .slice(0, most.addresses)

/** The calendar among the parts. A second copy as a file is usual, two different calendars are not. */
function calendarIn(parts: Attachment[]): ReadMail['calendar'] {
  const calendars = parts.filter(({ contentType }) => /^(text\/calendar|application\/ics)$/i.test(contentType))
  const inline = calendars.filter(({ contentType }) => contentType.toLowerCase() === 'text/calendar')
  const [part] = inline.length > 0 ? inline : calendars
  if (!part) return
  const text = textOf(part)
  if (calendars.some(other => textOf(other) !== text)) return 'several'
  const type: unknown = part.headers.get('content-type')
  const parameters = typeof type === 'object' && type !== null && 'params' in type ? type.params : undefined
  const method =
    typeof parameters === 'object' && parameters !== null && 'method' in parameters ? parameters.method : undefined
  try {
    return parsed(text, typeof method === 'string' ? method.toUpperCase() : undefined)
  } catch {
    return 'garbage'
  }
}

const textOf = ({ content }: Attachment): string =>
  new TextDecoder('utf-8').decode(content).replace(/\r\n?/g, '\n').trimEnd()

/** ical.js reads lines into lists; its zones and recurrences, in which a hostile calendar has no end, are never called. */
function parsed(text: string, partMethod: string | undefined): ReadMail['calendar'] {
  const root: unknown = ICAL.parse(text)
  const [name, properties, components] = root as Component
  if (name !== 'vcalendar') return 'garbage'
  const events = components.filter(([kind]) => kind === 'vevent').slice(0, most.events)
  if (new Set(events.map(event => textIn(event[1], 'uid'))).size > 1) return 'several'
  return {
    partMethod,
    method: textIn(properties, 'method')?.toUpperCase(),
    // overrides of one series are several answers; ours are single, so the first with a RECURRENCE-ID says enough
    events: events.slice(0, 1).map(event => eventOf(event[1], events.length > 1)),
  }
}

function eventOf(properties: Property[], many: boolean): ReadEvent {
  const sequence = Number(textIn(properties, 'sequence') ?? 0)
  return {
    uid: (textIn(properties, 'uid') ?? '').slice(0, 255),
    sequence: Number.isInteger(sequence) ? sequence : -1,
    stamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.exec(textIn(properties, 'dtstamp') ?? '')?.[0],
    recurrence: many || properties.some(([name]) => name === 'recurrence-id'),
    attendees: properties
      .filter(([name]) => name === 'attendee')
      .slice(0, most.attendees)
      .map(([, parameters, , value]) => ({
        address: mailAddress(value) ?? '',
        partstat: String(parameters['partstat'] ?? 'NEEDS-ACTION').toUpperCase(),
        sentBy: mailAddress(parameters['sent-by']),
      })),
    comment: cleanText(
      properties
        .filter(([name]) => name === 'comment')
        .slice(0, 5)
        .map(([, , , value]) => String(value))
        .join('\n'),
    ).slice(0, 500),
    start: timeOf(properties, 'dtstart'),
    end: timeOf(properties, 'dtend'),
  }
}

function textIn(properties: Property[], name: string): string | undefined {
  const value = properties.find(([each]) => each === name)?.[3]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

const mailAddress = (value: unknown): string | undefined => {
  const [, address] = /^mailto:(.+)$/i.exec(typeof value === 'string' ? value.trim() : '') ?? []
  return address && cleanLine(address).toLowerCase().slice(0, 254)
}

function timeOf(properties: Property[], name: string): ReadEvent['start'] {
  const property = properties.find(([each]) => each === name)
  const [, wall, utc] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}):\d{2}(Z?)$/.exec(String(property?.[3] ?? '')) ?? []
  if (wall === undefined) return
  const zone = property?.[1]['tzid']
  return { wall, zone: utc ? 'UTC' : typeof zone === 'string' ? zone : undefined }
}

parentPort?.on('message', (raw: Uint8Array) => {
  read(Buffer.from(raw)).then(
    mail => parentPort?.postMessage(mail),
    () => parentPort?.postMessage(undefined),
  )
})
parentPort?.postMessage('ready')
