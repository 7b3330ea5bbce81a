import { clock, type Minute, minuteOf } from '../base/time.ts'
import type { Interval } from './rules.ts'

/** `08:00–08:45`, also with a plain hyphen and without the leading zero; it ends after it begins and within the day. */
export function intervalOf(text: string): Interval | undefined {
  const [, from, to] = /^(\d{1,2}[:.]\d{2})\s*[-–—]\s*(\d{1,2}[:.]\d{2})$/.exec(text.trim()) ?? []
  const [start, end] = [minute(from), minute(to)]
  return start !== undefined && end !== undefined && start < end && end < 1440 ? { from: start, to: end } : undefined
}

const most = 14

/** Several of them in a line or line by line, none before the end of the one before it; undefined for anything else. */
export function hoursIn(text: string): Interval[] | undefined {
  const parts = text
    .split(/[\n,;]/)
    .filter(part => part.trim() !== '')
    .map(intervalOf)
  const found = parts.filter(part => part !== undefined)
  const ordered = found.every((part, at) => (found[at - 1]?.to ?? 0) <= part.from)
  return found.length === parts.length && ordered && found.length > 0 && found.length <= most ? found : undefined
}

/** The same as text, as the form shows it. */
export const timesOf = (parts: Interval[], between = ', '): string =>
  parts.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(between)

const minute = (text = ''): Minute | undefined => minuteOf(text.replace('.', ':').padStart(5, '0'))
