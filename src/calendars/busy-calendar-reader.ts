import ICAL from 'ical.js'
import { dayNumber, isDay } from '../base/time.ts'
import type { Entry, Length, Stamp } from './busy-calendar-rules.ts'
import type { Rule } from './recurrence-rules.ts'

export type CalendarFile = {
  entries: Entry[]
  /** Parts that say no time one could understand. */
  unreadable: number
  ofFile: string | undefined
  located: Map<string, string>
}

// what says when, and nothing of what or where: the rest of a file goes before it is parsed
const kept = new Set(
  'UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID STATUS TRANSP ATTENDEE FREEBUSY X-MICROSOFT-CDO-BUSYSTATUS'.split(
    ' ',
  ),
)

/** The entries of a calendar as a speaker's program wrote it, or nothing when it is no calendar or ends in the middle. */
export function readCalendar(text: string, mine: string[]): CalendarFile | undefined {
  const sieved = sieve(text)
  if (!sieved) return
  const own = new Set(mine.map(address => address.toLowerCase()))
  const entries: Entry[] = []
  let unreadable = 0
  for (const component of parsed(sieved.blocks)) {
    const found = component && entriesOf(component, own)
    if (found) entries.push(...found)
    else unreadable++
  }
  return { entries, unreadable, ofFile: sieved.ofFile, located: sieved.located }
}

/**
 * Events and busy lists as text blocks of their own: one broken part does not spoil the rest, zones that loop are never
 * looked into, and ical.js has a third of the work.
 */
function sieve(text: string) {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r\n|\n|\r/)
  const open: string[] = []
  const blocks: string[] = []
  const located = new Map<string, string>()
  let [calendars, ofFile, tzid, location] = [0, undefined as string | undefined, '', '']
  let block: string[] = []
  for (const line of lines) {
    const name = (/^[\w-]+/.exec(line)?.[0] ?? '').toUpperCase()
    const value = () => line.slice(line.indexOf(':') + 1).trim()
    if (name === 'BEGIN') {
      open.push(value().toUpperCase())
      if (open.length === 2) {
        block = []
        tzid = location = ''
      }
    } else if (name === 'END') {
      const ended = open.pop()
      if (ended !== value().toUpperCase()) return
      if (ended === 'VCALENDAR') calendars++
      if (ended === 'VTIMEZONE' && tzid && location) located.set(tzid, location)
      if (open.at(-1) === 'VCALENDAR' && (ended === 'VEVENT' || ended === 'VFREEBUSY'))
        blocks.push(`BEGIN:${ended}\r\n${block.join('\r\n')}\r\nEND:${ended}`)
    } else if (open.length === 1 && name === 'X-WR-TIMEZONE') ofFile = value()
    else if (open.at(-1) === 'VTIMEZONE') {
      if (name === 'TZID') tzid = value()
      if (name === 'X-LIC-LOCATION') location = value()
    } else if (open.length === 2 && kept.has(name) && (name !== 'ATTENDEE' || /PARTSTAT="?DECLINED/i.test(line)))
      block.push(line)
  }
  return calendars > 0 && open.length === 0 ? { blocks, ofFile, located } : undefined
}

type Property = [name: string, parameters: Record<string, string | string[]>, type: string, ...values: unknown[]]
type Component = [kind: string, properties: Property[]]

/** All in one go, which takes half the time; one by one where a part is broken, so that it falls out alone. */
function parsed(blocks: string[]): (Component | undefined)[] {
  const all = attempt(`BEGIN:VCALENDAR\r\n${blocks.join('\r\n')}\r\nEND:VCALENDAR`)
  if (all) return (all as unknown as [string, Property[], Component[]])[2]
  return blocks.map(block => attempt(block) as Component | undefined)
}

function attempt(text: string): unknown {
  try {
    return ICAL.parse(text)
  } catch {
    return undefined
  }
}

function entriesOf([kind, properties]: Component, own: Set<string>): Entry[] | undefined {
  try {
    const all = (name: string) => properties.filter(([each]) => each === name)
    return kind === 'vfreebusy' ? busyList(all('freebusy')) : [entryOf(all, own)]
  } catch {
    return undefined
  }
}

function entryOf(all: (name: string) => Property[], own: Set<string>): Entry {
  const one = (name: string) => all(name)[0]
  const text = (name: string) => String(one(name)?.[3] ?? '').toUpperCase()
  const start = stampsOf(one('dtstart'))[0]
  if (!start) throw new Error('an entry without a start')
  const [replaced] = stampsOf(one('recurrence-id'))
  const declined = all('attendee').some(([, , , address]) =>
    own.has(
      String(address)
        .toLowerCase()
        .replace(/^mailto:/, ''),
    ),
  )
  return {
    uid: unwrapped(String(one('uid')?.[3] ?? '')),
    free:
      declined ||
      text('transp') === 'TRANSPARENT' ||
      text('x-microsoft-cdo-busystatus') === 'FREE' ||
      /^CANCELL?ED$/.test(text('status')),
    start,
    end: stampsOf(one('dtend'))[0],
    length: lengthOf(one('duration')?.[3]),
    rules: all('rrule').map(([, , , rule]) => {
      const { until, ...parts } = rule as Rule
      return { rule: parts, until: until === undefined ? undefined : stampOf(String(until), undefined) }
    }),
    dates: all('rdate').flatMap(datesOf),
    except: all('exdate').flatMap(stampsOf),
    replaces: replaced && {
      at: replaced,
      following: String(one('recurrence-id')?.[1]['range'] ?? '').toUpperCase() === 'THISANDFUTURE',
    },
  }
}

/** VFREEBUSY: a calendar that shows times alone. */
function busyList(lists: Property[]): Entry[] {
  const busy = lists.filter(([, { fbtype = 'BUSY' }]) => String(fbtype).toUpperCase() !== 'FREE')
  return busy
    .flatMap(datesOf)
    .map(date => ({ ...date, uid: '', free: false, rules: [], dates: [], except: [], replaces: undefined }))
}

function datesOf(property: Property): Entry['dates'] {
  const [, parameters, type, ...values] = property
  if (type !== 'period') return stampsOf(property).map(start => ({ start, end: undefined, length: undefined }))
  return values.map(value => {
    const [from, to] = value as [string, string]
    const length = lengthOf(to)
    return {
      start: stampOf(from, tzidOf(parameters)),
      end: length ? undefined : stampOf(to, tzidOf(parameters)),
      length,
    }
  })
}

const tzidOf = ({ tzid }: Record<string, string | string[]>): string | undefined =>
  tzid === undefined ? undefined : String(tzid)

const stampsOf = (property: Property | undefined): Stamp[] =>
  property?.slice(3).map(value => stampOf(String(value), tzidOf(property[1]))) ?? []

const days = new Map<string, number | undefined>()

function stampOf(text: string, tzid: string | undefined): Stamp {
  const [, day = '', hours, minutes, seconds, z] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d):(\d\d)(Z?))?$/.exec(text) ?? []
  if (days.size > 20_000) days.clear()
  const number = days.has(day) ? days.get(day) : isDay(day) ? dayNumber(day) : undefined
  days.set(day, number)
  // a minute of 61 seconds is allowed, and there is none to lose
  if (number === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60)
    throw new Error('no time of the calendar')
  const time = ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1000
  return { wall: number * 86_400_000 + time, date: hours === undefined, tzid: z ? 'UTC' : tzid }
}

function lengthOf(value: unknown): Length | undefined {
  const [whole, minus, weeks, days, hours, minutes, seconds] =
    /^([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/.exec(String(value)) ??
    []
  if (whole === undefined || minus === '-') return
  const count = (text: string | undefined) => Number(text ?? 0)
  return {
    days: count(weeks) * 7 + count(days),
    millis: ((count(hours) * 60 + count(minutes)) * 60 + count(seconds)) * 1000,
  }
}

// how Outlook keeps the UID of somebody else's invitation: a header, `vCal-Uid`, its version, the text, an end
const wrap = /^040000008200E00074C5B7101A82E008.*7643616C2D55696401000000((?:[0-9A-F]{2})+?)(?:00)*$/i

function unwrapped(uid: string): string {
  const [, hex] = wrap.exec(uid) ?? []
  return hex ? Buffer.from(hex, 'hex').toString('latin1') : uid
}
