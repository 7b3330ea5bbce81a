import { DateTime } from 'luxon'
import { RRuleTemporal } from 'rrule-temporal'

/** The parts of one RRULE, by their names in small letters: `{ freq: 'WEEKLY', byday: ['MO', 'WE'] }`. */
export type Rule = Record<string, string | number | (string | number)[]>
/** Part of the time line in milliseconds. */
export type Stretch = { from: number; to: number }
export type RuleRefusal = 'repeats-too-often'

const parts = [
  'interval',
  'count',
  'bymonth',
  'byweekno',
  'byyearday',
  'bymonthday',
  'byday',
  'byhour',
  'byminute',
  'bysecond',
  'bysetpos',
  'wkst',
] as const
/** More starts on one day than a person has: a rule that is SECONDLY in other words. */
const mostADay = 24
// a hundred years of days; a rule that counts further is left aside
const mostSteps = 40_000

/**
 * The starts of a rule within a stretch. All are wall times reckoned as if in UTC, which has no gaps: zones come
 * afterwards, and a rule costs a fifth of what it costs in a zone. A start that no rule names is not added here.
 */
export function startsOf(
  rule: Rule,
  start: number,
  until: number | undefined,
  within: Stretch,
): number[] | RuleRefusal | 'unreadable' {
  const freq = String(rule['freq'])
  if (!/^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(freq))
    return /^(?:SECONDLY|MINUTELY|HOURLY)$/.test(freq) ? 'repeats-too-often' : 'unreadable'
  const times = ['byhour', 'byminute', 'bysecond'].map(part => Math.max(1, [rule[part] ?? []].flat().length))
  if (times.reduce((product, each) => product * each, 1) > mostADay) return 'repeats-too-often'
  const to = Math.min(within.to, until ?? Number.POSITIVE_INFINITY)
  if (to < within.from || to < start) return []
  const said = parts.flatMap(part =>
    rule[part] === undefined ? [] : [`${part.toUpperCase()}=${[rule[part]].flat().join(',')}`],
  )
  try {
    const found = new RRuleTemporal({
      rruleString: `DTSTART:${compact(start)}\nRRULE:${[`FREQ=${freq}`, ...said].join(';')}`,
      maxIterations: mostSteps,
      maxCandidateEvaluations: mostSteps * 4,
    }).between(pointAt(within.from), pointAt(to), true)
    return found.map(point => point.epochMilliseconds)
  } catch {
    return 'unreadable'
  }
}

const compact = (millis: number): string =>
  DateTime.fromMillis(millis, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'")
const pointAt = (millis: number) => {
  const text = `${DateTime.fromMillis(millis, { zone: 'utc' }).toISO({ suppressMilliseconds: true })}`
  return { timeZoneId: 'UTC', toString: () => `${text.replace('Z', '+00:00')}[UTC]` }
}
