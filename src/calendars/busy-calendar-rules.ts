import { daysAhead } from './busy-window-rules.ts'
import type { AddressRefusal, FetchFault } from './fetch-rules.ts'
import { type Rule, type RuleRefusal, type Stretch, startsOf } from './recurrence-rules.ts'
import { instantAt, type Zones, zoneFor } from './zone-rules.ts'

/** A time as a file has it: the wall time reckoned as if in UTC. Without a zone it floats, `UTC` stands for a Z. */
export type Stamp = { wall: number; date: boolean; tzid: string | undefined }
/** Days are as long as the wall clock makes them, milliseconds are exact (RFC 5545 section 3.3.6). */
export type Length = { days: number; millis: number }
export type Entry = {
  uid: string
  /** Transparent, called off or declined: it takes nobody's time, but stands for the occurrence that it replaces. */
  free: boolean
  start: Stamp
  end: Stamp | undefined
  length: Length | undefined
  rules: { rule: Rule; until: Stamp | undefined }[]
  dates: { start: Stamp; end: Stamp | undefined; length: Length | undefined }[]
  except: Stamp[]
  /** The occurrence that this entry stands for, and whether all later ones follow it. */
  replaces: { at: Stamp; following: boolean } | undefined
}

/** Busy from … to, in seconds since 1970 on whole minutes; in order, apart from each other. */
export type BusySpan = [from: number, to: number]
/** Why a whole calendar is not taken. */
export type Unusable = RuleRefusal | 'too-many'
/** Why a calendar is not taken or could not be read again: an address that is none, a server, the file, or the House. */
export type Fault =
  | AddressRefusal
  | Unusable
  | FetchFault
  | 'address-lost'
  | 'not-a-calendar'
  | 'too-hard'
  | 'no-file'
  | 'switched-off'
export type Found = { spans: BusySpan[]; unreadable: number; doubtful: boolean }

const day = 86_400_000
// zones reach from -12 to +14 hours
const slack = day
/** A speaker of forty appointments a day for the whole window. */
export const mostSpans = 16_000
const mostStarts = 100_000

/** An entry that left our own House: `talk-<uuid>@domain`, and whatever else we name by an id of ours. */
export const isOurs = (uid: string, domain: string): boolean =>
  /^[a-z]+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@/.test(uid.toLowerCase()) &&
  uid.toLowerCase().endsWith(`@${domain.toLowerCase()}`)

/** When these entries keep a person busy within the window; no more of them is left. */
export function busySpans(
  entries: Entry[],
  { window, zones, domain }: { window: Stretch; zones: Zones; domain: string },
): Found | { refused: Unusable } {
  const taken = entries.filter(({ uid }) => !isOurs(uid, domain))
  const replacing = Map.groupBy(
    taken.filter(({ replaces }) => replaces),
    ({ uid }) => uid,
  )
  const spans: Stretch[] = []
  let [unreadable, doubtful] = [0, false]
  for (const entry of taken) {
    if (entry.free) continue
    const found = entry.replaces
      ? { spans: [spanOf(entry, entry.start.wall, zones)] }
      : occurrences(entry, replacing.get(entry.uid) ?? [], window, zones)
    if (found === 'unreadable') unreadable++
    else if ('refused' in found) return found
    else {
      const inside = found.spans.filter(({ from, to }) => from < to && from < window.to && to > window.from)
      if (inside.length > 0 && !entry.start.date && zoneFor(entry.start.tzid, zones).doubtful) doubtful = true
      for (const span of inside) spans.push(span)
      if (spans.length > mostStarts) return { refused: 'too-many' }
    }
  }
  const merged = inMinutes(spans, window)
  return merged.length > mostSpans ? { refused: 'too-many' } : { spans: merged, unreadable, doubtful }
}

function occurrences(
  entry: Entry,
  replacing: Entry[],
  window: Stretch,
  zones: Zones,
): { spans: Stretch[] } | { refused: Unusable } | 'unreadable' {
  const { start } = entry
  const one = spanOf(entry, start.wall, zones)
  // an occurrence that began earlier may reach into the window
  const wide = {
    from: window.from - slack - Math.min(Math.max(0, one.to - one.from), daysAhead * day),
    to: window.to + slack,
  }
  const walls = new Set([start.wall])
  for (const { rule, until } of entry.rules) {
    const found = startsOf(rule, start.wall, until && endOf(until, start, zones), wide)
    if (found === 'unreadable') return found
    if (typeof found === 'string') return { refused: found }
    for (const wall of found) walls.add(wall)
  }
  const gone = [...entry.except, ...replacing.flatMap(({ replaces }) => replaces?.at ?? [])]
  const isGone = among(gone, zones)
  const later = replacing
    .flatMap(each => (each.replaces?.following ? [{ each, at: each.replaces.at }] : []))
    .sort((a, b) => a.at.wall - b.at.wall)
  const spans = [...walls].flatMap(wall => {
    if (isGone({ ...start, wall }, instantOf({ ...start, wall }, zones))) return []
    const moved = later.findLast(({ at }) => at.wall <= wall)
    if (!moved) return [spanOf(entry, wall, zones)]
    return moved.each.free ? [] : [spanOf(moved.each, wall + moved.each.start.wall - moved.at.wall, zones)]
  })
  const extra = entry.dates.flatMap(date => {
    if (walls.has(date.start.wall) && date.start.tzid === start.tzid) return []
    if (isGone(date.start, instantOf(date.start, zones))) return []
    const own = (date.end ?? date.length) ? date : { ...lengthOf(entry, zones), start: date.start }
    return [spanOf(own, date.start.wall, zones)]
  })
  return { spans: [...spans, ...extra] }
}

/** Whether an occurrence is one of these: the same instant, the same wall time where one of both floats, or the named day. */
function among(stamps: Stamp[], zones: Zones): (occurrence: Stamp, instant: number) => boolean {
  if (stamps.length === 0) return () => false
  const instants = new Set(stamps.flatMap(stamp => (stamp.date ? [] : [instantOf(stamp, zones)])))
  const floating = new Set(stamps.flatMap(stamp => (stamp.date || stamp.tzid !== undefined ? [] : [stamp.wall])))
  const days = new Set(stamps.flatMap(stamp => (stamp.date ? [Math.floor(stamp.wall / day)] : [])))
  return (occurrence, instant) =>
    days.has(Math.floor(occurrence.wall / day)) ||
    (!occurrence.date && (instants.has(instant) || floating.has(occurrence.wall)))
}

const instantOf = ({ wall, date, tzid }: Stamp, zones: Zones): number =>
  instantAt(wall, date ? zones.own : zoneFor(tzid, zones).name)

/** UNTIL as a wall time beside the start: an instant in its zone, a date as the whole day. */
function endOf(until: Stamp, start: Stamp, zones: Zones): number {
  if (until.date) return Math.floor(until.wall / day) * day + day - 1
  if (until.tzid !== 'UTC' || start.tzid === 'UTC') return until.wall
  const zone = start.date ? zones.own : zoneFor(start.tzid, zones).name
  // the wall time of an instant: no further from it than the slack, so reckoned back from there
  return until.wall + (until.wall - instantAt(until.wall, zone))
}

type Lasting = Pick<Entry, 'start' | 'end' | 'length'>

function lengthOf({ start, end, length }: Lasting, zones: Zones): { end: undefined; length: Length } {
  if (start.date) {
    const days = end ? Math.ceil((end.wall - start.wall) / day) : (length?.days ?? 1)
    // a whole day that ends as it begins is meant as that day
    return { end: undefined, length: { days: Math.max(1, days), millis: 0 } }
  }
  if (!end) return { end: undefined, length: length ?? { days: 0, millis: 0 } }
  return { end: undefined, length: { days: 0, millis: instantOf(end, zones) - instantOf(start, zones) } }
}

function spanOf(lasting: Lasting, wall: number, zones: Zones): Stretch {
  const { length } = lengthOf(lasting, zones)
  const zone = lasting.start.date ? zones.own : zoneFor(lasting.start.tzid, zones).name
  const from = instantAt(wall, zone)
  return { from, to: (length.days ? instantAt(wall + length.days * day, zone) : from) + length.millis }
}

/** In order, what overlaps or touches as one, cut at the window, on whole minutes that leave nothing out. */
function inMinutes(spans: Stretch[], window: Stretch): BusySpan[] {
  const merged: BusySpan[] = []
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const from = Math.floor(Math.max(span.from, window.from) / 60_000) * 60
    const to = Math.ceil(Math.min(span.to, window.to) / 60_000) * 60
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}
