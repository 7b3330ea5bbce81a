import { hostname } from 'node:os'
import { clockFrom } from './time.ts'

const now = clockFrom()
// facility local0 (16); pino's levels and ours, as severities of RFC 5424
const severities: Record<string, number> = { 60: 2, 50: 3, error: 3, 40: 4, warn: 4, 20: 7, 10: 7 }

/** A line as a message of RFC 5424, in the frame that RFC 5425 wants of it: its octets, a space, itself. */
export function framed(line: string, program: string): string {
  const [, level = ''] = /^\{"level":"?(\w+)/.exec(line) ?? []
  const priority = 16 * 8 + (severities[level] ?? 6)
  const message = `<${priority}>1 ${now().toUTC().toISO()} ${hostname()} ${program} ${process.pid} - - ${line}`
  return `${Buffer.byteLength(message)} ${message}`
}
