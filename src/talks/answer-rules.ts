import type { DateTime } from '../base/time.ts'
import type { AssignmentState, TalkState } from './rules.ts'

export const responses = ['accept', 'decline'] as const
export type Response = (typeof responses)[number]
/** Why somebody can't come: a short list, and never health (ux.md section 3). */
export const answerReasons = ['another-time', 'too-far', 'another-topic', 'other'] as const
export type AnswerReason = (typeof answerReasons)[number]

export const responseOf = (text: string | undefined): Response | undefined =>
  responses.find(response => response === text)
export const answerReasonOf = (text: string | undefined): AnswerReason | undefined =>
  answerReasons.find(reason => reason === text)

export type Invitation = {
  state: AssignmentState
  /** When the seat was given to somebody else. */
  endedAt: DateTime | null
  version: number
  talkState: TalkState
  startsAt: DateTime
}

/** Why an invitation can't be answered any more: called off, somebody else has the seat, or it has begun. */
export type AnswerRefusal = 'missing' | 'cancelled' | 'filled' | 'begun' | 'changed' | 'busy'

/** Until the talk begins an answer may be given, late or anew; a seat that somebody else has is closed. */
export function closedBy(invitation: Invitation, now: DateTime): 'cancelled' | 'filled' | 'begun' | undefined {
  if (invitation.talkState === 'cancelled') return 'cancelled'
  if (invitation.state === 'replaced' || invitation.endedAt !== null) return 'filled'
  if (invitation.startsAt <= now || invitation.talkState !== 'booked') return 'begun'
  return
}

/** What a page showed when it was answered: the state of the answer and the version of the talk. */
export const seenOf = ({ state, version }: Pick<Invitation, 'state' | 'version'>): string => `${state}.${version}`

const stateOf: Record<Response, AssignmentState> = { accept: 'accepted', decline: 'declined' }

/** What an answer does: nothing when it stands already, or the new state; refused when the page showed something else. */
export function answered(
  invitation: Invitation,
  response: Response,
  seen: string | undefined,
  now: DateTime,
): { state: AssignmentState | undefined } | { refused: AnswerRefusal } {
  const closed = closedBy(invitation, now)
  if (closed) return { refused: closed }
  const state = stateOf[response]
  if (invitation.state === state) return { state: undefined }
  if (seen !== undefined && seen !== seenOf(invitation)) return { refused: 'changed' }
  return { state }
}
