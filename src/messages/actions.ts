import { setTimeout as pause } from 'node:timers/promises'
import { isAway } from '../base/db/errors.ts'
import type { Db } from '../base/db/open.ts'
import { settingOf } from '../base/db/settings.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { htmlOf, type Letter, textOf } from '../base/letter.ts'
import type { Handed, Mail, Mailer } from '../base/mail.ts'
import { cleanLine, domainOf } from '../base/text.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { type ShortMailer, sendShort } from './channel-actions.ts'
import type { Short } from './channel-rules.ts'
import { claimOf, isEnough, keepsQuiet, nextTry, step } from './delivery-rules.ts'
import {
  claimMessage,
  dueMessages,
  isOutdone,
  lockMessage,
  type MessageRow,
  type Outcome,
  quietOf,
  senderOf,
  sentTo,
  settle,
} from './delivery-store.ts'
import { isQuiet, quietEnds } from './reminder-rules.ts'
import { isMessageKind, type MessageKind } from './rules.ts'

/** A letter as the truth of this moment has it, or why nobody needs it any more. */
export type Made =
  | { letter: Letter; toName: string; calendar?: NonNullable<Mail['calendar']>; short?: Short }
  | { superseded: string }
  | { skipped: string }
/** What letters are made with besides the database: where links lead, the key of their secrets, the domain of addresses of ours. */
export type Desk = { publicUrl: string; secret: string; mailFrom: string }
export type Maker = (db: Db, row: MessageRow, desk: Desk, now: DateTime) => Promise<Made>
export type Post = {
  db: Db
  mailer: Mailer
  /** The way to the gateways of Houses; without one short messages fail and say so. */
  shortMailer?: ShortMailer
  makers: Record<MessageKind, Maker>
  desk: Desk
  /** The clock all processes share: `databaseNow`, or the stopped one of tests. */
  now: (db: Db | Trx) => Promise<DateTime>
  onFault?: (error: unknown) => void
}

const claimSeconds = 60
const awaySeconds = 5

/**
 * Sends one message of the ledger, at least once: claims the row, makes the letter from what is true now, hands it over
 * outside any transaction, and notes the outcome only while the claim is still its own (reliability.md section 4).
 */
export async function deliver(
  post: Post,
  id: string,
  job: string,
  attempt: number,
): Promise<Outcome['state'] | 'left'> {
  const claim = claimOf(job, attempt)
  const row = await transact(post.db, trx => take(post, trx, id, claim))
  if (typeof row === 'string') return row
  const now = await post.now(post.db)
  const outcome = await send(post, row, now).catch(error => spoilt(post, row, now, error))
  return (await note(post, id, claim, outcome)) ? outcome.state : 'left'
}

/** Delivers everything that is due, one after the other; for the demonstration and tests, where no queue runs. */
export async function deliverDue(post: Post): Promise<number> {
  let count = 0
  for (;;) {
    const ids = await dueMessages(post.db, await post.now(post.db), 100)
    let moved = 0
    for (const id of ids) if ((await deliver(post, id, 'direct', 0)) !== 'left') moved++
    count += moved
    if (moved === 0) return count
  }
}

/** Wakes what is due and was forgotten: the ledger is the truth, the queue only wakes. */
export async function sweep(post: Pick<Post, 'db' | 'now'>, wake: (id: string) => Promise<void>): Promise<number> {
  if (await settingOf(post.db, 'mail_hold')) return 0
  const ids = await dueMessages(post.db, await post.now(post.db), 1000)
  for (const id of ids) await wake(id)
  return ids.length
}

async function take(post: Post, trx: Trx, id: string, claim: string): Promise<MessageRow | Outcome['state'] | 'left'> {
  const row = await lockMessage(trx, id)
  // whoever is to end the hold must sign in first, and a restore has ended all sessions
  if (!row || (row.kind !== 'sign-in' && (await settingOf(trx, 'mail_hold')))) return 'left'
  const now = await post.now(trx)
  const end = async (outcome: Outcome) => {
    await settle(trx, id, undefined, outcome)
    return outcome.state
  }
  if (!isMessageKind(row.kind)) return end({ state: 'failed', reason: 'unknown' })
  const { kind } = row
  const next = step({ ...standing(row), kind }, claim, now)
  if (next === 'leave') return 'left'
  if (next === 'too-late') return end({ state: 'skipped', reason: 'too-late' })
  if (await isOutdone(trx, row, now)) return end({ state: 'superseded', reason: 'newer' })
  if (keepsQuiet(kind) && row.house_id) {
    const { quiet, zone } = await quietOf(trx, row.house_id)
    if (isQuiet(wallOf(now, zone).minute, quiet))
      return end({ state: 'waiting', reason: 'quiet', nextTryAt: quietEnds(now.setZone(zone), quiet) })
  }
  if (isEnough(kind, await sentTo(trx, row.address, now))) return end({ state: 'held', reason: 'many' })
  await claimMessage(trx, id, claim, now.plus({ seconds: claimSeconds }))
  return { ...row, attempt: row.attempt + 1 }
}

const standing = (row: MessageRow) => ({
  state: row.state,
  dueAt: row.due_at,
  notAfter: row.not_after,
  nextTryAt: row.next_try_at,
  claim: row.claim,
  claimedUntil: row.claimed_until,
  createdAt: row.created_at,
})

async function send(post: Post, row: MessageRow, now: DateTime): Promise<Outcome> {
  if (!isMessageKind(row.kind)) return { state: 'failed', reason: 'unknown' }
  const made = await post.makers[row.kind](post.db, row, post.desk, now)
  if ('superseded' in made) return { state: 'superseded', reason: made.superseded }
  if ('skipped' in made) return { state: 'skipped', reason: made.skipped }
  if (row.channel === 'webhook') {
    const handed = await sendShort(post.db, post.shortMailer, row, made.short, now)
    return handed ? outcomeOf(handed, row, now) : { state: 'failed', reason: 'no-gateway' }
  }
  const sender = row.house_id ? await senderOf(post.db, row.house_id) : undefined
  const handed = await post.mailer.send({
    id: row.id,
    kind: row.kind,
    messageId: `${row.id}@${domainOf(post.desk.mailFrom)}`,
    date: row.due_at > row.created_at ? row.due_at : row.created_at,
    from: { name: sender?.[row.language] ?? 'Kezdesu', address: sender?.address ?? post.desk.mailFrom },
    to: { name: cleanLine(made.toName), address: row.address },
    language: row.language,
    subject: cleanLine(made.letter.subject),
    text: textOf(made.letter),
    html: htmlOf(made.letter),
    ...(made.calendar ? { calendar: made.calendar } : {}),
  })
  return outcomeOf(handed, row, now)
}

function outcomeOf(handed: Handed, row: MessageRow, now: DateTime): Outcome {
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
  const next = nextTry(standing(row), row.attempt, now)
  if (next) return { state: 'waiting', reason: 'later', reply: handed.later, nextTryAt: next }
  return row.not_after && row.not_after < now.plus({ hours: 1 })
    ? { state: 'skipped', reason: 'too-late', reply: handed.later }
    : { state: 'failed', reason: 'gave-up', reply: handed.later }
}

/** A fault of ours keeps the letter for later, too: it must neither be lost nor be tried without a pause. */
function spoilt(post: Post, row: MessageRow, now: DateTime, error: unknown): Outcome {
  post.onFault?.(error)
  const next = nextTry(standing(row), row.attempt, now)
  const reply = String(error).slice(0, 300)
  return next
    ? { state: 'waiting', reason: 'fault', reply, nextTryAt: next }
    : { state: 'failed', reason: 'fault', reply }
}

/** A note that is lost is a letter sent twice: while the database is away it is tried until it is back. */
async function note(post: Post, id: string, claim: string, outcome: Outcome): Promise<boolean> {
  for (let seconds = 0.2; ; seconds = Math.min(seconds * 2, awaySeconds)) {
    try {
      return await settle(post.db, id, claim, outcome)
    } catch (error) {
      if (!isAway(error)) throw error
      await pause(seconds * 1000)
    }
  }
}
