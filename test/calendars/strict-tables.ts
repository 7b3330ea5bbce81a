type Bounds = [least: number, most: number]
type Rules = { properties: Record<string, Bounds>; parts: string[]; needs?: Record<string, string[]> }

const once: Bounds = [1, 1]
const optional: Bounds = [0, 1]
const any: Bounds = [0, Number.POSITIVE_INFINITY]
const observance: Rules = {
  properties: { DTSTART: once, TZOFFSETFROM: once, TZOFFSETTO: once, TZNAME: any },
  parts: [],
}

/** How often each property may stand in a component of ours (RFC 5545 section 3.6, RFC 7986 section 5). What isn't here may not stand at all. */
export const multiplicity: Record<string, Rules> = {
  VCALENDAR: {
    // never a UID, which makes vdirsyncer take a feed for one item
    properties: {
      VERSION: once,
      PRODID: once,
      METHOD: once,
      CALSCALE: optional,
      NAME: optional,
      DESCRIPTION: optional,
      'LAST-MODIFIED': optional,
      'REFRESH-INTERVAL': optional,
      SOURCE: optional,
      URL: optional,
      COLOR: optional,
      'X-WR-CALNAME': optional,
      'X-WR-CALDESC': optional,
      'X-PUBLISHED-TTL': optional,
      'X-APPLE-CALENDAR-COLOR': optional,
    },
    parts: ['VTIMEZONE', 'VEVENT'],
    needs: { 'REFRESH-INTERVAL': ['VALUE'], SOURCE: ['VALUE'] },
  },
  VTIMEZONE: { properties: { TZID: once }, parts: ['STANDARD'] },
  STANDARD: observance,
  VEVENT: {
    properties: {
      UID: once,
      DTSTAMP: once,
      DTSTART: once,
      DTEND: once,
      SEQUENCE: once,
      SUMMARY: once,
      STATUS: once,
      TRANSP: once,
      CREATED: once,
      'LAST-MODIFIED': once,
      // the second entry for the journey may stand without
      ORGANIZER: once,
      ATTENDEE: any,
      CATEGORIES: any,
      CLASS: optional,
      COLOR: optional,
      CONFERENCE: any,
      CONTACT: any,
      DESCRIPTION: optional,
      GEO: optional,
      LOCATION: optional,
      'RELATED-TO': any,
      URL: optional,
    },
    parts: ['VALARM'],
    needs: {
      DTSTART: ['TZID'],
      DTEND: ['TZID'],
      ORGANIZER: ['CN'],
      ATTENDEE: ['PARTSTAT', 'ROLE'],
      CONFERENCE: ['VALUE'],
    },
  },
  VALARM: { properties: { ACTION: once, TRIGGER: once, DESCRIPTION: once, UID: optional }, parts: [] },
}

const utc = /^\d{8}T\d{6}Z$/
const wall = /^\d{8}T\d{6}$/
const text = /^(?:[^\\;,]|\\[\\;,nN])*$/su
const texts = /^(?:[^\\;]|\\[\\;,nN])*$/su
const offset = /^[+-]\d{4}$/
const duration = /^-?P(?:\d+W|\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/
// what a URI may hold (RFC 3986), and of schemes only those that we write
const uri = /^https?:\/\/[\w.:[\]-]+[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/
const mailto = /^mailto:[\w.+%-]+@[a-z0-9.-]+$/

export const values: Record<string, RegExp> = {
  VERSION: /^2\.0$/,
  PRODID: text,
  CALSCALE: /^GREGORIAN$/,
  METHOD: /^(PUBLISH|REQUEST|CANCEL)$/,
  NAME: text,
  'X-WR-CALNAME': text,
  'X-WR-CALDESC': text,
  DESCRIPTION: text,
  SUMMARY: text,
  LOCATION: text,
  CONTACT: text,
  CATEGORIES: texts,
  'REFRESH-INTERVAL': duration,
  'X-PUBLISHED-TTL': duration,
  TRIGGER: /^-P/,
  SOURCE: uri,
  URL: uri,
  CONFERENCE: uri,
  COLOR: /^[a-z]+$/,
  'X-APPLE-CALENDAR-COLOR': /^#[0-9A-Fa-f]{6}$/,
  GEO: /^-?\d{1,2}(\.\d+)?;-?\d{1,3}(\.\d+)?$/,
  UID: /^[\w.+-]+@[\w.-]+$/,
  'RELATED-TO': /^[\w.+-]+@[\w.-]+$/,
  TZID: /^[A-Za-z]+\/[A-Za-z_]+$/,
  TZNAME: /^[+-]\d{2}(\d{2})?$/,
  TZOFFSETFROM: offset,
  TZOFFSETTO: offset,
  DTSTAMP: utc,
  CREATED: utc,
  'LAST-MODIFIED': utc,
  DTSTART: wall,
  DTEND: wall,
  SEQUENCE: /^(0|[1-9]\d{0,8})$/,
  STATUS: /^(TENTATIVE|CONFIRMED|CANCELLED)$/,
  TRANSP: /^(OPAQUE|TRANSPARENT)$/,
  CLASS: /^(PUBLIC|PRIVATE|CONFIDENTIAL)$/,
  ORGANIZER: mailto,
  ATTENDEE: mailto,
  ACTION: /^DISPLAY$/,
}

const anything = /^.*$/su
const zoned = { TZID: /^[A-Za-z]+\/[A-Za-z_]+$/ }
const person = { CN: /./su, 'SENT-BY': mailto }

export const parameters: Record<string, Record<string, RegExp>> = {
  DTSTART: zoned,
  DTEND: zoned,
  SOURCE: { VALUE: /^URI$/ },
  URL: { VALUE: /^URI$/ },
  CONFERENCE: { VALUE: /^URI$/, FEATURE: /^[A-Z,]+$/, LABEL: anything },
  'REFRESH-INTERVAL': { VALUE: /^DURATION$/ },
  TRIGGER: { RELATED: /^(START|END)$/, VALUE: /^DURATION$/ },
  'RELATED-TO': { RELTYPE: /^(PARENT|CHILD|SIBLING)$/ },
  ORGANIZER: person,
  ATTENDEE: {
    ...person,
    ROLE: /^REQ-PARTICIPANT$/,
    PARTSTAT: /^(NEEDS-ACTION|ACCEPTED|DECLINED|TENTATIVE)$/,
    RSVP: /^(TRUE|FALSE)$/,
    CUTYPE: /^INDIVIDUAL$/,
  },
  SUMMARY: { LANGUAGE: /^[a-z]{2}$/ },
  DESCRIPTION: { LANGUAGE: /^[a-z]{2}$/ },
  LOCATION: { LANGUAGE: /^[a-z]{2}$/ },
}
