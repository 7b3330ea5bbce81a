import type { DateTime, Day, Minute, Moment } from '../base/time.ts'
import type { Refusal, TeamMember, Waived } from '../matching/rules.ts'

export type RequestState = 'unconfirmed' | 'waiting' | 'booked' | 'held' | 'declined' | 'withdrawn' | 'expired'
export type TalkState = 'booked' | 'held' | 'not-held' | 'cancelled'
export type AssignmentState = 'invited' | 'accepted' | 'declined' | 'replaced'

export const cancelReasons = ['weather', 'illness', 'timetable', 'host', 'speaker', 'other'] as const
export type CancelReason = (typeof cancelReasons)[number]
export const declineReasons = ['no-speakers', 'no-time', 'not-our-topic', 'not-our-district', 'twice', 'other'] as const
export type DeclineReason = (typeof declineReasons)[number]

export const cancelReasonOf = (text: string | undefined): CancelReason | undefined =>
  cancelReasons.find(reason => reason === text)
export const declineReasonOf = (text: string | undefined): DeclineReason | undefined =>
  declineReasons.find(reason => reason === text)

/** When on the wall clock of the House a talk is wished to begin. */
export type Start = { day: Day; minute: Minute }

/** Why nothing was done: not there (or not yours), ended meanwhile, no such hour, not possible, or somebody else was faster. */
export type Obstruction =
  | { code: 'missing' }
  | { code: 'request-ended'; state: RequestState; talkId: string | undefined }
  | { code: 'talk-ended'; state: TalkState }
  | { code: 'no-such-hour'; hour: 'none' | 'twice' }
  | { code: 'not-in-team' }
  | { code: 'stale'; seen: number | undefined }
  | { code: 'impossible'; refusals: Refusal[]; moment: Moment }
  | { code: 'taken'; what: 'speaker' | 'hall' | 'request' }
export type Refused = { refused: Obstruction }

/** So long letters of one act wait for each other. */
export const joiningSeconds = 60

/** The constraints that have the last word, and what each means to a person. */
const taken: Record<string, 'speaker' | 'hall' | 'request'> = {
  a_speaker_is_in_one_place: 'speaker',
  a_speaker_stands_once_in_a_team: 'speaker',
  a_hall_holds_one_talk_at_a_time: 'hall',
  a_request_has_one_standing_talk: 'request',
}
export function obstructionOf(constraint: string | undefined): Obstruction | undefined {
  const what = constraint === undefined ? undefined : taken[constraint]
  return what && { code: 'taken', what }
}

/** Somebody on this seat comes, as far as is known. */
export const isStanding = ({ state }: { state: AssignmentState }): boolean =>
  state === 'invited' || state === 'accepted'

export type Seat = TeamMember & { assignmentId: string; state: AssignmentState }
export type TeamChange = { stay: Seat[]; leave: Seat[]; join: TeamMember[] }

/** Who stays, leaves and joins when a team becomes another; a seat that was declined can't stay. */
export function teamChange(seats: Seat[], wanted: TeamMember[]): TeamChange {
  const standing = seats.filter(isStanding)
  const stays = ({ speakerId }: TeamMember) => wanted.some(member => member.speakerId === speakerId)
  return {
    stay: standing.filter(stays),
    leave: standing.filter(seat => !stays(seat)),
    join: wanted.filter(member => !standing.some(({ speakerId }) => speakerId === member.speakerId)),
  }
}

/** A team in which somebody hands the place to another, whose profession is the first that the judge finds possible. */
export const swapped = (team: TeamMember[], out: string, member: TeamMember): TeamMember[] =>
  team.map(each => (each.speakerId === out ? member : each))

/** Until when a speaker is asked to answer: a day or what the House says, but two hours before the talk and not at once. */
export function answerBy(startsAt: DateTime, now: DateTime, hours: number): DateTime {
  const wished = now.plus({ hours })
  const latest = startsAt.minus({ hours: 2 })
  if (latest <= now) return startsAt
  return wished < latest ? wished : latest
}

/** What becomes of the request when its talk is cancelled: the host's own wish ends it, all else lets it wait again. */
export const afterCancellation = (reason: CancelReason): 'withdrawn' | 'waiting' =>
  reason === 'host' ? 'withdrawn' : 'waiting'

/** What a form sets aside, by the words of its boxes. */
export const waivedBy = (boxes: string[]): Waived => ({
  ...(boxes.includes('windows') ? { windows: true } : {}),
  ...(boxes.includes('notice') ? { notice: true } : {}),
  ...(boxes.includes('latest') ? { latest: true } : {}),
})
