import { type DateTime, type Day, dayNumber, type Moment } from '../base/time.ts'
import type { Hindrance } from '../matching/obstacle-rules.ts'
import type { Reason, Request, TeamMember, Warning, World } from '../matching/rules.ts'
import type { Suggestion } from '../matching/suggestion-rules.ts'
import { joiningSeconds } from '../talks/rules.ts'

/** How much each of four wishes weighs: less than usual, usual, more. */
export const degrees = ['less', 'usual', 'more'] as const
export type Degree = (typeof degrees)[number]
export const wishes = ['urgent', 'driving', 'even', 'sooner'] as const
export type Weights = Record<(typeof wishes)[number], Degree>
export const usualWeights: Weights = { urgent: 'usual', driving: 'usual', even: 'usual', sooner: 'usual' }

/** Which talks that are booked may give way: none, those that nobody has accepted yet, or all. */
export const moving = ['none', 'unanswered', 'all'] as const
export type Moves = (typeof moving)[number]
export const searchSeconds = [10, 60, 300] as const
/** So many requests at once, and days. */
export const mostRequests = 300
export const mostDays = 92
export const usualDays = 28

/** Who is away from which day to which; `absenceId`: the busy time that a release has made of it. */
export type Away = { speakerId: string; from: Day; to: Day; absenceId?: string | undefined }

/** How a talk was kept, the least disturbance first; each further step touches more people. */
export const steps = ['same-hour', 'same-day', 'other-day', 'chain', 'lost'] as const
export type Step = (typeof steps)[number]
export type Kind = 'new' | 'moved' | 'swapped' | 'unplaced'

/** A talk that is booked for a request; `answered`: somebody has accepted it; `declined`: who of the team won't come and isn't replaced. */
export type Standing = Moment & {
  talkId: string
  version: number
  team: TeamMember[]
  answered: boolean
  declined: string[]
}
/** One request with all that judges it; `standing`: the talk that is booked for it. */
export type Case = {
  requestId: string
  world: World
  request: Request
  priority: 1 | 2 | 3
  standing: Standing | undefined
}

/** Why a request finds no place, and the smallest changes that would give it one. */
export type Hurdle = { hindrances: Hindrance[]; suggestions: Suggestion[] }

/** What a draft says of one request. */
export type Line = {
  requestId: string
  kind: Kind
  step: Step | undefined
  moment: Moment | undefined
  team: TeamMember[]
  /** How many hear of it: speakers, and the host. */
  people: number
  reasons: Reason[]
  warnings: Warning[]
  hurdles: Hurdle[]
}

/** One more person of a profession and language on a weekday (1 Monday) would place so many talks. */
export type Lack = { anyOf: string[]; language: string; weekday: number; talks: number }
/** How even and how soon a plan is, for the comparison. */
export type Figures = {
  placed: number
  travelMinutes: number
  spread: number
  idle: number
  lateMean: number
  lateMost: number
}
export type Said = {
  mine: Figures
  list: Figures
  lacks: Lack[]
  stricter: string[]
  bound: number | undefined
  cost: number
}

/** Whether a talk that is booked stays where it is, unless it is hit itself. */
export const stays = (moves: Moves, { answered }: Pick<Standing, 'answered'>): boolean =>
  moves === 'none' || (moves === 'unanswered' && answered)

const nearDays = 7
const soonDays = 21

/** How urgent a request is: a closure took its talk or its last day is near, it comes soon, or it may wait. */
export function priorityOf(request: Request, postponed: boolean, today: Day): 1 | 2 | 3 {
  const last = [request.latest ?? '', ...request.windows.map(({ to }) => to)].filter(Boolean).sort()
  const end = request.latest ?? last.at(-1)
  if (postponed) return 3
  if (end === undefined) return 1
  const left = dayNumber(end) - dayNumber(today)
  return left <= nearDays ? 3 : left <= soonDays ? 2 : 1
}

/** How many people hear of a change: of another hour everybody, else those who come and those who stay away; and always the host. */
export function touched(
  was: Pick<Standing, 'day' | 'from' | 'team'> | undefined,
  now: Moment,
  team: TeamMember[],
): number {
  const [old, own] = [new Set(was?.team.map(idOf)), new Set(team.map(idOf))]
  const sameHour = was !== undefined && was.day === now.day && was.from === now.from
  const people = sameHour ? old.symmetricDifference(own).size : old.union(own).size
  return people === 0 ? 0 : people + 1
}
const idOf = ({ speakerId }: TeamMember) => speakerId

/** How far a run is. */
export type Progress = { phase: string; placed: number; cost: number; travel: number; bound: number | undefined }

/** Until when a whole release may be taken back: as long as the House gives a change, and at least until letters that wait for each other leave. */
export const backUntil = ({ undo_seconds }: { undo_seconds: number }, releasedAt: DateTime): DateTime =>
  releasedAt.plus({ seconds: Math.max(undo_seconds, joiningSeconds) })
