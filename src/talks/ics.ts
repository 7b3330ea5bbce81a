import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { cleanLine, cleanText } from '../base/text.ts'
import type { DateTime } from '../base/time.ts'
import { escapeText, mend, written } from './ics-lines.ts'
import { vtimezone } from './ics-zone.ts'

/** One talk as a calendar program sees it. Times, stamps and sequence come from the row, so the same row gives the same bytes. */
export type CalendarEvent = {
  talkId: string
  /** The way to the talk, an entry beside it with a UID of its own. */
  part?: 'journey'
  sequence: number
  stamp: DateTime
  created: DateTime
  modified: DateTime
  startsAt: DateTime
  endsAt: DateTime
  zone: string
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  summary: string
  location: string
  description: string
  categories: string[]
  geo?: { lat: number; lon: number }
  /** A page of ours behind a sign-in, never one with a secret in its address. */
  url?: string
  /** `sentBy`: the coordinator who acts for the House, in a mail. */
  organizer: { name: string; email: string; sentBy?: string }
  /** Only in a mail: exactly its reader. */
  attendee?: { name: string; email: string; accepted: boolean; asked: boolean }
  private: boolean
  conference?: string
}
export type Head = {
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL'
  name?: string
  description?: string
  source?: string
  modified?: DateTime
}

export const uidOf = (talkId: string, domain: string, part?: 'journey'): string =>
  `talk-${talkId}${part ? `-${part}` : ''}@${domain}`

const stampOf = (instant: DateTime): string => instant.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'")

/** The VEVENT of a talk, whole lines with their ends. */
export function vevent(event: CalendarEvent, domain: string): string {
  if (event.endsAt <= event.startsAt) throw new Error(`talk ${event.talkId} ends before it begins`)
  const calendar = ical({
    prodId: { company: 'Kezdesu', product: 'Kezdesu' },
    timezone: { name: null, generator: zone => vtimezone(zone).join('\r\n') },
  })
  const made = calendar.createEvent({
    id: uidOf(event.talkId, domain, event.part),
    sequence: event.sequence,
    stamp: event.stamp.toUTC(),
    created: event.created.toUTC(),
    lastModified: event.modified.toUTC(),
    start: event.startsAt.setZone(event.zone),
    end: event.endsAt.setZone(event.zone),
    timezone: event.zone,
    summary: cleanLine(event.summary),
    status: ICalEventStatus[event.status],
    transparency: event.status === 'CANCELLED' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    organizer: {
      name: nameOf(event.organizer.name),
      email: event.organizer.email,
      ...(event.organizer.sentBy ? { sentBy: event.organizer.sentBy } : {}),
    },
    categories: event.categories.map(name => ({ name: cleanLine(name) })),
    class: event.private ? ICalEventClass.PRIVATE : null,
  })
  if (cleanLine(event.location)) made.location(cleanLine(event.location))
  if (cleanText(event.description)) made.description(cleanText(event.description))
  const { attendee } = event
  if (attendee)
    made.createAttendee({
      name: nameOf(attendee.name),
      email: attendee.email,
      role: ICalAttendeeRole.REQ,
      status: attendee.accepted ? ICalAttendeeStatus.ACCEPTED : ICalAttendeeStatus.NEEDSACTION,
      ...(attendee.asked ? { rsvp: true } : {}),
    })
  const [, text = ''] =
    /(BEGIN:VEVENT[\s\S]*END:VEVENT\r\n)/.exec(mend(calendar.toString(), { VEVENT: missing(event) })) ?? []
  return text
}

/** An alarm two hours before, to stand last in a VEVENT (RFC 5545 section 3.6.6). */
export const alarmOf = (text: string): string =>
  written(['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${said(text)}`, 'TRIGGER:-PT2H', 'END:VALARM'])

/** Properties that the library does not know or writes wrong. */
const missing = ({ conference, geo, url }: CalendarEvent): string[] => [
  ...(geo ? [`GEO:${geo.lat.toFixed(6)};${geo.lon.toFixed(6)}`] : []),
  ...(url ? [`URL:${new URL(url).href}`] : []),
  ...[conference ?? ''].flatMap(uriOf).map(uri => `CONFERENCE;VALUE=URI;FEATURE=VIDEO:${uri}`),
]

/** An address as a URI: URL objects let signs pass that RFC 3986 section 2 does not have, and odd ones in names of hosts. */
function uriOf(text: string): string[] {
  if (!text.startsWith('https:') || !URL.canParse(text)) return []
  const url = new URL(text)
  if (!/^[\w.-]+$/.test(url.hostname) || url.username !== '' || url.password !== '') return []
  return [url.href.replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=%]/g, encodeURIComponent)]
}

/** A whole file of finished events; the zones' definitions stand in it even when there are none. */
export function calendarOf(head: Head, zones: string[], events: string[]): string {
  const name = head.name === undefined ? [] : [`NAME:${said(head.name)}`, `X-WR-CALNAME:${said(head.name)}`]
  const description =
    head.description === undefined
      ? []
      : [`DESCRIPTION:${said(head.description)}`, `X-WR-CALDESC:${said(head.description)}`]
  const feed =
    head.source === undefined
      ? []
      : [
          'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
          'X-PUBLISHED-TTL:PT1H',
          `SOURCE;VALUE=URI:${new URL(head.source).href}`,
          // RFC 7986 section 5.9 takes a name of CSS3; Apple reads its own property
          'COLOR:darkcyan',
          'X-APPLE-CALENDAR-COLOR:#006579',
        ]
  return [
    written([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Kezdesu//Kezdesu//EN',
      'CALSCALE:GREGORIAN',
      `METHOD:${head.method}`,
      ...name,
      ...description,
      ...feed,
      ...(head.modified ? [`LAST-MODIFIED:${stampOf(head.modified)}`] : []),
      ...zones.flatMap(vtimezone),
    ]),
    ...events,
    written(['END:VCALENDAR']),
  ].join('')
}

const said = (text: string): string => escapeText(cleanLine(text))

/** A parameter has no backslashes: parsers take one in CN for an escape and lose the end of the quotes. */
const nameOf = (name: string): string => cleanLine(name).replaceAll('\\', '/') || 'Kezdesu'
