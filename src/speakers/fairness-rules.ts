import { type Day, plusDays } from '../base/time.ts'
import { fairDays } from './burden-rules.ts'
import type { Weekly } from './rules.ts'

/** Whole days on which somebody is not there, both inclusive. */
export type Leave = { from: Day; to: Day }
export type Offered = {
  hoursOffered: number
  hours: Weekly[]
  leave?: Leave[] | undefined
  pausedFrom: Day | undefined
  pausedTo: Day | undefined
}

/** Days of the last quarter on which the person was on leave or paused. */
export function daysAway({ leave = [], pausedFrom, pausedTo }: Offered, today: Day): number {
  const away = [...leave, ...(pausedFrom === undefined ? [] : [{ from: pausedFrom, to: pausedTo ?? '9999-12-31' }])]
  if (away.length === 0) return 0
  return Array.from({ length: fairDays }, (_, at) => plusDays(today, at - fairDays)).filter(day =>
    away.some(({ from, to }) => from <= day && day <= to),
  ).length
}

/**
 * Hours that a person offered in the last quarter: what they promised for one, at most what their weekly hours hold, and
 * less in proportion to the days away.
 */
export function offeredOf(person: Offered, today: Day): number {
  const weekly = person.hours.reduce((sum, { from, to }) => sum + (to - from) / 60, 0)
  const most = weekly > 0 ? Math.min(person.hoursOffered, (weekly * fairDays) / 7) : person.hoursOffered
  return (most * (fairDays - daysAway(person, today))) / fairDays
}

/** A coordinator's word against the reckoned share, in shares: 1 counts as a full share served more, so fewer talks come. */
export type Override = { weight: number; until: Day }
export const wishes = { fewer: 1, more: -1 } as const
export type Wish = keyof typeof wishes
export const wishOf = (weight: number): Wish => (weight > 0 ? 'fewer' : 'more')
export const overrideReasons = ['own-wish', 'learning', 'rare', 'evens-out', 'other'] as const
export type OverrideReason = (typeof overrideReasons)[number]
export const longestOverride = 180
