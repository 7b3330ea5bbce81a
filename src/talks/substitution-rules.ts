import type { DateTime, Moment } from '../base/time.ts'
import { type Substitute, substitutes } from '../matching/offer-rules.ts'
import { fit, type Request, type TeamMember, type World } from '../matching/rules.ts'
import { isQuiet, quietEnds, type ReminderWishes } from '../messages/reminder-rules.ts'
import { nearestFor } from './possible-rules.ts'
import type { TalkState } from './rules.ts'

/** The hour of a talk and of its House: what a question may wait for. */
export type Hours = { startsAt: DateTime; zone: string; quiet: ReminderWishes['quiet'] }

/** How long a question waits for its answer: the nearer the talk, the shorter. */
const rounds = [
  { hoursLeft: 7 * 24, minutes: 24 * 60 },
  { hoursLeft: 3 * 24, minutes: 12 * 60 },
  { hoursLeft: 24, minutes: 4 * 60 },
  { hoursLeft: 8, minutes: 60 },
  { hoursLeft: 3, minutes: 30 },
  { hoursLeft: 0, minutes: 15 },
]
const wholeDay = 24 * 60
/** Later than this before the talk nobody new is asked: there would be no time for the way. */
const lastAskMinutes = 60
/** And a question that was asked is answered by then. */
const lastAnswerMinutes = 30
/** A morning with so much time before the talk is soon enough for a question that came up at night. */
const morningMinutes = 180

export const roundMinutes = (minutesLeft: number): number =>
  rounds.find(({ hoursLeft }) => minutesLeft >= hoursLeft * 60)?.minutes ?? 15

/** When the night ends that a question has to wait for; undefined by day, and where it can't wait. */
export function restsUntil({ startsAt, zone, quiet }: Hours, now: DateTime): DateTime | undefined {
  const local = now.setZone(zone)
  if (!isQuiet(local.hour * 60 + local.minute, quiet)) return
  const ends = quietEnds(local, quiet)
  return startsAt.diff(ends).as('minutes') >= morningMinutes ? ends : undefined
}

/** Until when somebody asked now may answer; hours of the night are not counted, unless the talk is too near to wait. */
export function answerUntil(hours: Hours, now: DateTime): DateTime {
  const { startsAt, zone, quiet } = hours
  const latest = startsAt.minus({ minutes: lastAnswerMinutes })
  let minutes = roundMinutes(startsAt.diff(now).as('minutes'))
  let at = restsUntil(hours, now) ?? now
  for (;;) {
    const ends = at.plus({ minutes })
    const night = nightAfter(at.setZone(zone), quiet)
    const morning = night && restsUntil(hours, night)
    // a whole day has its waking hours anyway
    if (!night || ends <= night || !morning || minutes >= wholeDay)
      return (ends < latest ? ends : latest).setZone('utc')
    minutes -= night.diff(at).as('minutes')
    at = morning
  }
}

function nightAfter(at: DateTime, quiet: Hours['quiet']): DateTime | undefined {
  if (quiet.from === quiet.until) return
  const night = at.startOf('day').set({ hour: Math.floor(quiet.from / 60), minute: quiet.from % 60 })
  return night > at ? night : night.plus({ days: 1 })
}

/** A search as it is looked at: `open` are the questions that may still be answered in time, `atOnce` how many are wanted. */
export type Search = Hours & { atOnce: number; open: { until: DateTime }[] }
export type Move = { wait: DateTime } | { ask: number } | { escalate: true }

/** What a search does now. Who decides to ask at once doesn't wait for answers or the morning. */
export function nextMove(search: Search, now: DateTime, atOnce = false): Move {
  const { startsAt, open } = search
  const soonest = [...open].sort((a, b) => +a.until - +b.until)[0]?.until
  const missing = atOnce ? search.atOnce : search.atOnce - open.length
  if (missing <= 0 && soonest) return { wait: soonest }
  if (startsAt.minus({ minutes: lastAskMinutes }) <= now) return soonest ? { wait: soonest } : { escalate: true }
  const morning = atOnce ? undefined : restsUntil(search, now)
  return morning ? { wait: morning } : { ask: missing }
}

/** Who is asked next: whom a colleague named, if the engine finds them possible, then the best of the rest. */
export function chosen(ranked: Substitute[], skipped: Set<string>, named: string[], most: number): Substitute[] {
  const possible = ranked.filter(({ speakerId }) => !skipped.has(speakerId))
  const first = named.flatMap(id => possible.find(({ speakerId }) => speakerId === id) ?? [])
  return [...new Set([...first, ...possible])].slice(0, most)
}

/** What would still save a talk for which nobody is left: another time with everybody, fewer people, or no way to go. */
export type Help = { times: Moment[]; smaller: boolean; online: Substitute | undefined }

export function helpFor(
  world: World,
  request: Request,
  moment: Moment,
  team: TeamMember[],
  out: string,
  skipped: Set<string> = new Set(),
): Help {
  const waived = { windows: true, notice: true, latest: true }
  const rest = team.filter(({ speakerId }) => speakerId !== out)
  const able = request.mode === 'onsite' && world.host.online
  return {
    times: nearestFor(world, request, team, moment, { windows: true, latest: true }, 3),
    smaller: rest.length > 0 && fit(world, request, moment, rest, waived).refusals.length === 0,
    online: able
      ? substitutes(world, { ...request, mode: 'online' }, moment, team, out).find(
          ({ speakerId }) => !skipped.has(speakerId),
        )
      : undefined,
  }
}

/**
 * How a search ends: somebody said yes, the coordinator decided, the first one comes after all, the talk changed, the
 * coordinator stopped it, nobody is left to ask, or the talk began.
 */
export type SearchEnd = 'filled' | 'decided' | 'returned' | 'changed' | 'stopped' | 'escalated' | 'over'

/** A question as its page finds it. */
export type Question = {
  answer: 'yes' | 'no' | null
  endedAs: SearchEnd | null
  /** Nobody has the place yet. */
  placeOpen: boolean
  talkState: TalkState
  startsAt: DateTime
}
export type AskClosed = 'cancelled' | 'begun' | 'filled' | 'ended'

/** Why a question can't be answered any more. A late answer is welcome as long as the place is open. */
export function askClosed({ endedAs, placeOpen, talkState, startsAt }: Question, now: DateTime): AskClosed | undefined {
  if (talkState === 'cancelled') return 'cancelled'
  if (talkState !== 'booked' || startsAt <= now) return 'begun'
  if (endedAs === 'filled' || endedAs === 'decided' || endedAs === 'returned' || !placeOpen) return 'filled'
  return endedAs === null || endedAs === 'escalated' ? undefined : 'ended'
}
