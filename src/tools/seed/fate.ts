import type { DateTime } from '../../base/time.ts'
import { answerBy, type CancelReason, cancelReasons, type RequestState, type TalkState } from '../../talks/rules.ts'
import type { Random } from './random.ts'
import type { Booked } from './term.ts'

export type Seat = {
  speakerId: string
  profession: string
  state: 'invited' | 'accepted' | 'declined' | 'replaced'
  answeredAt: DateTime | undefined
  endedAt: DateTime | undefined
}
export type Fate = {
  state: TalkState
  requestState: RequestState
  cancel: { reason: CancelReason; at: DateTime } | undefined
  outcome:
    | { at: DateTime; heads: number | undefined; confirmed: number | undefined; leaflets: number | undefined }
    | undefined
  seats: Seat[]
}

/** What became of a talk, or is to become of it: held, not held, cancelled, not yet told, or still ahead. */
export function fateOf(random: Random, talk: Booked, now: DateTime): Fate {
  if (random.chance(0.06)) return cancelled(random, talk, now)
  if (talk.endsAt > now) return { ...open, seats: answered(random, talk, now) }
  const seats = answered(random, talk, talk.startsAt)
  // whoever spoke in the last days has not always told yet
  if (talk.endsAt > now.minus({ days: 4 }) && random.chance(0.4)) return { ...open, seats }
  const at = earlier(talk.endsAt.plus({ minutes: random.whole(10, 1500) }), now)
  if (random.chance(0.04))
    return {
      ...open,
      state: 'not-held',
      requestState: 'expired',
      outcome: { at, heads: undefined, confirmed: undefined, leaflets: undefined },
      seats,
    }
  const heads = Math.max(3, Math.round(talk.request.heads * (0.75 + random.next() * 0.35)))
  const confirmed = random.chance(0.4) ? Math.max(3, heads + random.whole(-2, 2)) : undefined
  return {
    ...open,
    state: 'held',
    requestState: 'held',
    outcome: { at, heads, confirmed, leaflets: random.chance(0.5) ? heads : undefined },
    seats,
  }
}

/** Within which the House of the demonstration asks for an answer. */
export const answerHours = 24

const open = { state: 'booked', requestState: 'booked', cancel: undefined, outcome: undefined } as const
const earlier = (a: DateTime, b: DateTime) => (a < b ? a : b)

function cancelled(random: Random, talk: Booked, now: DateTime): Fate {
  const reason = random.pick(cancelReasons)
  const at = earlier(talk.bookedAt.plus({ hours: random.whole(2, 30) }), earlier(talk.startsAt, now))
  const seats = talk.team.map(member => ({ ...member, state: 'replaced' as const, answeredAt: undefined, endedAt: at }))
  return {
    state: 'cancelled',
    requestState: reason === 'host' ? 'withdrawn' : 'expired',
    cancel: { reason, at },
    outcome: undefined,
    seats,
  }
}

function answered(random: Random, talk: Booked, by: DateTime): Seat[] {
  return talk.team.map(member => {
    const last = answerBy(talk.startsAt, talk.bookedAt, answerHours)
    const answeredAt = earlier(talk.bookedAt.plus({ minutes: random.whole(15, 1600) }), last.minus({ minutes: 5 }))
    // nobody in the demonstration lets the last moment pass
    const accepted = last <= by || (answeredAt < by && random.chance(0.85))
    return {
      ...member,
      state: accepted ? 'accepted' : 'invited',
      answeredAt: accepted ? answeredAt : undefined,
      endedAt: undefined,
    }
  })
}
