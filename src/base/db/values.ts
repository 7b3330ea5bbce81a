import { DateTime } from 'luxon'
import { type Span, utc } from '../time.ts'

// Both drivers give text; these readings make the values the same from both (architecture.md section 7).
function instant(text: string): DateTime {
  // `2026-11-23 03:45:00.123456+00`, as every session of ours says it; luxon's own reading takes ten times as long
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/.exec(text) ?? []
  return day && time ? utc(day, time) : DateTime.fromSQL(text, { zone: 'utc' })
}

function whole(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is beyond 2^53`)
  return value
}

function span(text: string): Span {
  const [, from = '', to = ''] = /^\["?([^",]+)"?,"?([^",)]+)"?\)$/.exec(text) ?? []
  return { from: instant(from), to: instant(to) }
}

const asText = (text: string): string => text

/** PostgreSQL type number → reading. */
export const readings = new Map<number, (text: string) => unknown>([
  [1184, instant],
  [1082, asText],
  [1083, (text: string) => text.slice(0, 5)],
  [20, whole],
  [3910, span],
  [1700, asText],
  [1186, asText],
])

const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' &&
  value !== null &&
  'from' in value &&
  'to' in value &&
  value.from instanceof DateTime &&
  value.to instanceof DateTime

/** A value of ours as a parameter of either driver. */
export function written(value: unknown): unknown {
  if (value instanceof DateTime) return value.toUTC().toISO()
  if (isSpan(value)) return `[${value.from.toUTC().toISO()},${value.to.toUTC().toISO()})`
  return value
}
