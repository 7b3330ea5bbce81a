import { type DateTime, type Day, isDay, type Minute, minuteOf, plusDays, wallOf } from '../base/time.ts'

/** When somebody who can't come could: a day of the talk's zone, and an hour where one was named. */
export type Proposal = { on: Day; from: Minute | undefined }
export type ProposalMistake = 'on' | 'at'
export type ProposalFields = { on?: string | undefined; at?: string | undefined }

const farthest = 90
// nobody is invited at night
const [earliest, latest] = [420, 1260]

/** What a refusal proposes, nothing when it proposes nothing. */
export function proposalOf(
  { on = '', at = '' }: ProposalFields,
  zone: string,
  now: DateTime,
): Proposal | undefined | { mistakes: ProposalMistake[] } {
  if (on === '' && at === '') return
  const today = wallOf(now, zone).day
  const from = at === '' ? undefined : minuteOf(at)
  const day = isDay(on) && on >= today && on <= plusDays(today, farthest)
  const hour = at === '' || (from !== undefined && from >= earliest && from <= latest)
  const mistakes: ProposalMistake[] = [...(day ? [] : (['on'] as const)), ...(hour ? [] : (['at'] as const))]
  return mistakes.length > 0 ? { mistakes } : { on, from }
}
