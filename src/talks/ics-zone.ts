import { DateTime, IANAZone } from 'luxon'
import { clockFrom } from '../base/time.ts'

type Change = { at: number; before: number; after: number }
const day = 86_400_000
const known = new Map<string, string>()

/** The VTIMEZONE of a zone from this machine's own time-zone data: packages have Almaty wrong (calendars.md section 3). */
export function vtimezone(zone: string): string[] {
  let text = known.get(zone)
  if (text === undefined) {
    text = written(zone).join('\n')
    known.set(zone, text)
  }
  return text.split('\n')
}

function written(zone: string): string[] {
  const parts = partsOf(zone)
  const [first] = parts
  if (!first) {
    const offset = IANAZone.create(zone).offset(0)
    return frame(zone, [part('19700101T000000', offset, offset)])
  }
  return frame(
    zone,
    parts.map(({ at, before, after }) =>
      part(DateTime.fromMillis(at + before * 60_000, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss"), before, after),
    ),
  )
}

const frame = (zone: string, parts: string[][]): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:${zone}`,
  ...parts.flat(),
  'END:VTIMEZONE',
]

const part = (wall: string, before: number, after: number): string[] => [
  'BEGIN:STANDARD',
  `TZNAME:${offsetSaid(after, 'short')}`,
  `DTSTART:${wall}`,
  `TZOFFSETFROM:${offsetSaid(before)}`,
  `TZOFFSETTO:${offsetSaid(after)}`,
  'END:STANDARD',
]

function offsetSaid(minutes: number, form: 'short' | 'long' = 'long'): string {
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')
  const rest = String(Math.abs(minutes) % 60).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${hours}${form === 'short' && rest === '00' ? '' : rest}`
}

/** The last change before 2015 (no event of ours is older) and every later one. */
export function partsOf(zone: string): Change[] {
  const iana = IANAZone.create(zone)
  const changes: Change[] = []
  const end = clockFrom()().plus({ years: 5 }).startOf('year').toMillis()
  let before = iana.offset(DateTime.utc(2004, 1, 1).toMillis())
  for (let at = DateTime.utc(2004, 1, 1).toMillis() + day; at < end; at += day) {
    const after = iana.offset(at)
    if (after === before) continue
    changes.push({ at: momentOf(iana, at - day, at), before, after })
    before = after
  }
  const year2015 = DateTime.utc(2015, 1, 1).toMillis()
  const earlier = changes.findLast(change => change.at < year2015)
  return [...(earlier ? [earlier] : []), ...changes.filter(change => change.at >= year2015)]
}

/** The second of a change between two instants. */
function momentOf(zone: IANAZone, from: number, to: number): number {
  const old = zone.offset(from)
  let [low, high] = [from, to]
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000
    if (zone.offset(middle) === old) low = middle
    else high = middle
  }
  return high
}

/** What is wrong with this machine's time-zone data; nothing is. Old Node builds had Almaty wrong (moment/luxon#1599). */
export function zoneFault(): string | undefined {
  const expected: [string, number][] = [
    ['2024-02-29T00:00:00Z', 360],
    ['2024-03-01T00:00:00Z', 300],
    ['2026-11-23T00:00:00Z', 300],
  ]
  for (const [at, minutes] of expected) {
    const instant = DateTime.fromISO(at, { zone: 'Asia/Almaty' })
    const said = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Almaty', timeZoneName: 'longOffset' })
      .formatToParts(instant.toMillis())
      .find(it => it.type === 'timeZoneName')?.value
    if (instant.offset !== minutes || said !== `GMT${offsetSaid(minutes).replace(/(\d{2})$/, ':$1')}`)
      return `time-zone data are wrong: Asia/Almaty at ${at} is ${said}, not ${offsetSaid(minutes)}`
  }
  return
}
