import { isUuid } from '../base/text.ts'
import { clock, type Moment } from '../base/time.ts'
import type { TeamMember } from '../matching/rules.ts'
import { startOf } from '../talks/form-rules.ts'
import type { Obstruction, Start } from '../talks/rules.ts'

/** What the coordinator picked for one date. */
export type Chosen = { position: number; startsAt: Start; speakers: string[] }

/** What became of one date of a form. */
export type Outcome = { position: number; talkId?: string; refused?: Obstruction }

/** No talk for now: the date goes on waiting. */
export const skip = 'skip'

/** A way to hold a date as a form carries it: `2026-12-01T10:20 <speaker>,<speaker>`. */
export const wayValue = (moment: Moment, team: TeamMember[]): string =>
  `${moment.day}T${clock(moment.from)} ${team.map(({ speakerId }) => speakerId).join(',')}`

/** What was picked for the date at this place; nothing for `skip`, and for what no form of ours sends. */
export function chosenOf(position: number, value: string): Chosen | undefined {
  const [time = '', ids = ''] = value.split(' ')
  const startsAt = startOf(time)
  const speakers = ids.split(',').slice(0, 12)
  return startsAt && speakers.every(isUuid) ? { position, startsAt, speakers } : undefined
}
