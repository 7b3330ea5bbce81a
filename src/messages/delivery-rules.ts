import type { DateTime } from '../base/time.ts'
import type { MessageKind } from './rules.ts'

export type Standing = {
  kind: MessageKind
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'skipped' | 'superseded' | 'held'
  dueAt: DateTime
  notAfter: DateTime | null
  nextTryAt: DateTime | null
  claimedUntil: DateTime | null
  createdAt: DateTime
}
export type Step = 'go' | 'leave' | 'too-late'

/** A process whose clock is a little ahead of the database's must not make a letter wait for the next sweep. */
const earlySeconds = 60

/** What an attempt finds: it goes on, leaves the row to others or to later, or comes too late (reliability.md section 4). */
export function step(row: Standing, now: DateTime): Step {
  if (row.state !== 'waiting' && row.state !== 'sending') return 'leave'
  if (row.state === 'sending' && row.claimedUntil !== null && row.claimedUntil > now) return 'leave'
  if (row.notAfter !== null && now > row.notAfter) return 'too-late'
  if (row.dueAt > now.plus({ seconds: earlySeconds })) return 'leave'
  if (row.state === 'waiting' && row.nextTryAt !== null && row.nextTryAt > now) return 'leave'
  return 'go'
}

const waits = [1, 5, 15, 60]
const [lastMinutes, leastMinutes] = [2, 10]

/**
 * When a letter that could not be handed over is tried again: after 1, 5, 15, 60 minutes, then hourly for a day, and where
 * that would be too late once more just before; undefined gives up.
 */
export function nextTry(
  row: Pick<Standing, 'dueAt' | 'createdAt' | 'notAfter'>,
  attempt: number,
  now: DateTime,
): DateTime | undefined {
  const next = now.plus({ minutes: waits[attempt - 1] ?? 60 })
  const since = row.dueAt > row.createdAt ? row.dueAt : row.createdAt
  if (next > since.plus({ hours: 24 })) return
  if (row.notAfter === null || next <= row.notAfter) return next
  const last = row.notAfter.minus({ minutes: lastMinutes })
  return last >= now.plus({ minutes: leastMinutes }) ? last : undefined
}

/** A message that should have left is late after this many seconds: the coordinator is told in red, and so is the operator. */
export const lateSeconds = 600

/** Kinds that nobody needs at night. */
export const keepsQuiet = (kind: MessageKind): boolean =>
  kind.startsWith('reminder-') ||
  kind === 'outcome-asked' ||
  kind === 'feedback-asked' ||
  kind === 'talk-offered' ||
  kind === 'digest-week' ||
  kind === 'substitution-filled'

export type Sent = { hour: number; day: number }

/** Whether this address has had enough for now: three letters an hour and ten a day before it is confirmed, thirty an hour after. */
export function isEnough(kind: MessageKind, sent: Sent): boolean {
  if (kind === 'sign-in' || kind === 'closure') return false
  return kind === 'address-confirmation' ? sent.hour >= 3 || sent.day >= 10 : sent.hour >= 30
}
