import type { DateTime } from 'luxon'
import { type Day, wallOf } from '../base/time.ts'
import { type AssignmentState, isStanding } from '../talks/rules.ts'

/** Who looks at a talk in a calendar; how much each sees, calendars.md section 9 says. */
export type Reader<Mate = unknown> = { audience: 'speaker'; mate: Mate } | { audience: 'staff' | 'host' | 'public' }
export type Audience = Reader['audience']

/** What a reader chose in the address of a feed. */
export type Choice = { cancelled: boolean; accepted: boolean; alarms: boolean; travel: boolean }

const off = (text: string | undefined) => text === '0'
const on = (text: string | undefined) => text === '1'

/** Alarms and travel come by request only; a feed for one person's eyes may leave out what stands in the calendar already. */
export const choiceOf = (asked: Partial<Record<keyof Choice, string>>): Choice => ({
  cancelled: !off(asked.cancelled),
  accepted: !off(asked.accepted),
  alarms: on(asked.alarms),
  travel: on(asked.travel),
})

/** `from`: what ends before it is not told; `today`: the local midnight with which the window moved last. */
export type FeedWindow = { day: Day; from: DateTime; today: DateTime }
// reckoning with a zone costs 0.1 ms, as much as all the rest of a poll
const windows = new Map<string, FeedWindow & { tomorrow: DateTime }>()

/** A feed tells from thirty days before the local midnight on, so it changes by itself once a day at most. */
export function windowOf(now: DateTime, zone: string): FeedWindow {
  const known = windows.get(zone)
  if (known && now >= known.today && now < known.tomorrow) return known
  const { day } = wallOf(now, zone)
  const today = now.setZone(zone).startOf('day')
  const window = { day, from: today.minus({ days: 30 }), today, tomorrow: today.plus({ days: 1 }) }
  windows.set(zone, window)
  return window
}

/** What a reader's copy is known by: its tag, and when it last changed. */
export type Copy = { tag: string; changed: DateTime }

/**
 * Of one address: its choice and language stand in it, or raise the revision. What left the window at midnight changed the
 * file, too. `made`: what bytes are made of besides the rows.
 */
export const copyOf = (
  made: string,
  { revision, changedAt }: { revision: number; changedAt: DateTime },
  { day, today }: FeedWindow,
): Copy => ({
  tag: `W/"${made}.${revision}.${changedAt.toMillis().toString(36)}.${day}"`,
  changed: latest(changedAt, today),
})

export const latest = (first: DateTime, ...rest: DateTime[]): DateTime => rest.reduce((a, b) => (b > a ? b : a), first)

type Seat = { state: AssignmentState; profession: string }
/** Everybody has accepted, and nobody's place is empty. */
export function isComplete(team: Seat[]): boolean {
  const standing = team.filter(isStanding)
  const empty = team.some(mate => mate.state === 'declined' && !standing.some(it => it.profession === mate.profession))
  return standing.length > 0 && !empty && standing.every(mate => mate.state === 'accepted')
}

const clients: [RegExp, string][] = [
  [/google/i, 'Google'],
  [/thunderbird|lightning/i, 'Thunderbird'],
  [/outlook|exchange|microsoft/i, 'Outlook'],
  [/dataaccessd|calendaragent|ios|mac ?os/i, 'Apple'],
  [/yandex/i, 'Яндекс'],
  [/nextcloud/i, 'Nextcloud'],
]

/** What to call a calendar program in a sentence. */
export const clientName = (agent: string): string =>
  clients.find(([pattern]) => pattern.test(agent))?.[1] ?? /^[\w.-]{1,30}/.exec(agent)?.[0] ?? '?'
