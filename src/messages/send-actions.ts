import { answering } from '../base/db/kept.ts'
import { allowed } from '../base/limits.ts'
import type { DateTime } from '../base/time.ts'
import type { Post } from './actions.ts'
import { sendShort } from './channel-actions.ts'
import { make, type Ready } from './make-actions.ts'
import { type Outcome, outcomeOf, spoilt } from './outcome-rules.ts'
import { isMessageKind, needOf } from './rules.ts'
import type { Taken } from './take-actions.ts'

export type Prepared = Ready | { rows: Taken; failed: Map<string, Outcome> }

/** Makes letters that were taken together at one time, so that what they share is read once. */
export const makeAll = (post: Post, letters: Taken[], now: DateTime): Promise<Prepared[]> =>
  answering(() =>
    Promise.all(
      letters.map(rows => make(post, rows, now).catch(error => ({ rows, failed: fault(post, rows, now, error) }))),
    ),
  )

/** Hands a letter over, outside any transaction; how it ended for each of its rows. */
export async function send(post: Post, letter: Prepared): Promise<Map<string, Outcome>> {
  if ('failed' in letter) return letter.failed
  const { rows, at: now, ends, mail, short } = letter
  if (!mail && !short) return ends
  const wait = await tooFast(post, rows, now)
  if (wait) return ofAll(rows, row => ends.get(row.id) ?? wait)
  try {
    const handed = mail
      ? await post.mailer.send(mail)
      : short && (await sendShort(post.db, post.shortMailer, short.row, short.short, now))
    return ofAll(
      rows,
      row => ends.get(row.id) ?? (handed ? outcomeOf(handed, row, now) : { state: 'failed', reason: 'no-gateway' }),
    )
  } catch (error) {
    return new Map([...fault(post, rows, now, error), ...ends])
  }
}

const ofAll = (rows: Taken, outcome: (row: Taken[number]) => Outcome): Map<string, Outcome> =>
  new Map(rows.map(row => [row.id, outcome(row)]))

function fault(post: Post, rows: Taken, now: DateTime, error: unknown): Map<string, Outcome> {
  post.onFault?.(error)
  return ofAll(rows, row => spoilt(row, now, error))
}

/** What is less needed waits while the mail server has had its number of this minute. */
async function tooFast(post: Post, [{ kind }]: Taken, now: DateTime): Promise<Outcome | undefined> {
  if (post.mostAMinute === undefined || (isMessageKind(kind) && needOf(kind) === 0)) return
  const may = await allowed(post.db, post.desk.secret, 'mail-server', 'all', now, post.mostAMinute)
  if ('ok' in may) return
  return { state: 'waiting', reason: 'pace', nextTryAt: now.plus({ seconds: may.retryAfterSeconds }), uncounted: true }
}
