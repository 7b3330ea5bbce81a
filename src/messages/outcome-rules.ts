import type { DateTime } from '../base/time.ts'
import { nextTry } from './delivery-rules.ts'

/** How an attempt ended, as the ledger will say. */
export type Outcome = {
  state: 'sent' | 'waiting' | 'failed' | 'skipped' | 'superseded' | 'held'
  reason?: string
  reply?: string
  sentAt?: DateTime
  nextTryAt?: DateTime
  /** A fault of our own side is no attempt on the reader's. */
  uncounted?: boolean
}
/** What a mail server or a gateway said, as `base/mail.ts` has it. */
type Handed = { sent: string } | { later: string } | { never: string } | { broken: string }
type Tried = { due_at: DateTime; created_at: DateTime; not_after: DateTime | null; attempt: number }

const nextOf = ({ due_at: dueAt, created_at: createdAt, not_after: notAfter, attempt }: Tried, now: DateTime) =>
  nextTry({ dueAt, createdAt, notAfter }, attempt, now)

export function outcomeOf(handed: Handed, row: Tried, now: DateTime): Outcome {
  if ('sent' in handed) return { state: 'sent', reply: handed.sent, sentAt: now }
  if ('never' in handed) return { state: 'failed', reason: 'refused', reply: handed.never }
  // login or TLS: our own configuration, not the reader's fault
  if ('broken' in handed)
    return {
      state: 'waiting',
      reason: 'broken',
      reply: handed.broken,
      nextTryAt: now.plus({ minutes: 1 }),
      uncounted: true,
    }
  const next = nextOf(row, now)
  if (next) return { state: 'waiting', reason: 'later', reply: handed.later, nextTryAt: next }
  return row.not_after && row.not_after < now.plus({ hours: 1 })
    ? { state: 'skipped', reason: 'too-late', reply: handed.later }
    : { state: 'failed', reason: 'gave-up', reply: handed.later }
}

/** A fault of ours keeps the letter for later, too: it must neither be lost nor be tried without a pause. */
export function spoilt(row: Tried, now: DateTime, error: unknown): Outcome {
  const next = nextOf(row, now)
  const reply = String(error).slice(0, 300)
  return next
    ? { state: 'waiting', reason: 'fault', reply, nextTryAt: next }
    : { state: 'failed', reason: 'fault', reply }
}
