import { IANAZone } from 'luxon'
import { offsetAt } from '../base/time.ts'

/** What a file and its owner say of zones. */
export type Zones = {
  /** The speaker's own: floating times, whole days, and whatever nothing else explains. */
  own: string
  /** X-WR-TIMEZONE of the file. */
  ofFile: string | undefined
  /** X-LIC-LOCATION of the file's own zones, by their TZID. */
  located: ReadonlyMap<string, string>
}
export type Zone = { name: string; doubtful: boolean }

/**
 * The zone a TZID means: an IANA name, a Windows name, the place a zone of the file names; else the file's, else the
 * speaker's, and then there is doubt. The rules of a VTIMEZONE are never followed (calendars.md section 10).
 */
export function zoneFor(tzid: string | undefined, zones: Zones): Zone {
  const known = found.get(zones) ?? new Map<string | undefined, Zone>()
  found.set(zones, known)
  const zone = known.get(tzid) ?? search(tzid, zones)
  known.set(tzid, zone)
  return zone
}

// a file names one zone thousands of times
const found = new WeakMap<Zones, Map<string | undefined, Zone>>()

function search(tzid: string | undefined, zones: Zones): Zone {
  if (tzid === undefined) return { name: zones.own, doubtful: false }
  const known = ianaOf(tzid) ?? ianaOf(zones.located.get(tzid) ?? '')
  if (known) return { name: known, doubtful: false }
  const windows = Object.hasOwn(windowsZones, tzid.trim()) ? windowsZones[tzid.trim()] : undefined
  if (windows === 'ambiguous') return { name: zones.own, doubtful: true }
  if (windows) return { name: windows, doubtful: false }
  return { name: ianaOf(zones.ofFile ?? '') ?? zones.own, doubtful: true }
}

/** `/mozilla.org/20050126_1/Asia/Almaty` and the like: the longest end of the path that is a zone. */
function ianaOf(text: string): string | undefined {
  const parts = text.trim().replace(/^"|"$/g, '').split('/').filter(Boolean).slice(-4)
  for (let from = 0; from < parts.length; from++) {
    const name = parts.slice(from).join('/')
    // Intl also knows offsets and abbreviations: a bare `EST` or `+05` says less than it seems
    if ((name.includes('/') || /^(?:UTC|GMT|Z)$/.test(name)) && IANAZone.isValidZone(name === 'Z' ? 'UTC' : name))
      return name === 'Z' ? 'UTC' : name
  }
}

const day = 86_400_000

/**
 * The instant of a wall time, both as milliseconds. Where the clocks jump over it, it is reckoned with the offset before
 * the jump; where it comes twice, it is the first (RFC 5545 section 3.3.5).
 */
export function instantAt(wall: number, zone: string): number {
  const before = offsetAt(wall - day, zone) * 60_000
  const after = offsetAt(wall + day, zone) * 60_000
  if (before === after || offsetAt(wall - before, zone) * 60_000 === before) return wall - before
  return offsetAt(wall - after, zone) * 60_000 === after ? wall - after : wall - before
}

/** Names of Windows (CLDR); what Kazakhstan's machines send as Central Asia was +06 and is +05 since 2024. */
const windowsZones: Record<string, string> = {
  'Central Asia Standard Time': 'ambiguous',
  'West Asia Standard Time': 'Asia/Tashkent',
  'Qyzylorda Standard Time': 'Asia/Qyzylorda',
  'Ekaterinburg Standard Time': 'Asia/Yekaterinburg',
  'Omsk Standard Time': 'Asia/Omsk',
  'N. Central Asia Standard Time': 'Asia/Novosibirsk',
  'Altai Standard Time': 'Asia/Barnaul',
  'Tomsk Standard Time': 'Asia/Tomsk',
  'North Asia Standard Time': 'Asia/Krasnoyarsk',
  'North Asia East Standard Time': 'Asia/Irkutsk',
  'Yakutsk Standard Time': 'Asia/Yakutsk',
  'Vladivostok Standard Time': 'Asia/Vladivostok',
  'Russian Standard Time': 'Europe/Moscow',
  'Russia Time Zone 3': 'Europe/Samara',
  'Saratov Standard Time': 'Europe/Saratov',
  'Kaliningrad Standard Time': 'Europe/Kaliningrad',
  'Belarus Standard Time': 'Europe/Minsk',
  'Azerbaijan Standard Time': 'Asia/Baku',
  'Georgian Standard Time': 'Asia/Tbilisi',
  'Caucasus Standard Time': 'Asia/Yerevan',
  'Iran Standard Time': 'Asia/Tehran',
  'Afghanistan Standard Time': 'Asia/Kabul',
  'Pakistan Standard Time': 'Asia/Karachi',
  'India Standard Time': 'Asia/Kolkata',
  'China Standard Time': 'Asia/Shanghai',
  'Ulaanbaatar Standard Time': 'Asia/Ulaanbaatar',
  'W. Mongolia Standard Time': 'Asia/Hovd',
  'Korea Standard Time': 'Asia/Seoul',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'Singapore Standard Time': 'Asia/Singapore',
  'SE Asia Standard Time': 'Asia/Bangkok',
  'Arabian Standard Time': 'Asia/Dubai',
  'Arab Standard Time': 'Asia/Riyadh',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Egypt Standard Time': 'Africa/Cairo',
  'FLE Standard Time': 'Europe/Kyiv',
  'GTB Standard Time': 'Europe/Bucharest',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'Central European Standard Time': 'Europe/Warsaw',
  'Central Europe Standard Time': 'Europe/Budapest',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Mountain Standard Time': 'America/Denver',
  'Pacific Standard Time': 'America/Los_Angeles',
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'E. Australia Standard Time': 'Australia/Brisbane',
}
