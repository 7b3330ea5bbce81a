import { setTimeout as pause } from 'node:timers/promises'
import { isAway } from '../base/db/errors.ts'
import type { Db } from '../base/db/open.ts'
import { settingOf } from '../base/db/settings.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { htmlOf, inOneList, type Letter, textOf, together, withLeaving, withNote } from '../base/letter.ts'
import { allowed } from '../base/limits.ts'
import type { Handed, Mail, Mailer } from '../base/mail.ts'
import { cleanLine, domainOf } from '../base/text.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { joining } from './bundle-rules.ts'
import { type ShortMailer, sendShort } from './channel-actions.ts'
import type { Short } from './channel-rules.ts'
import { claimOf, isEnough, keepsQuiet, nextTry, step } from './delivery-rules.ts'
import {
  claimMessages,
  dueMessages,
  isOutdone,
  lockCompanions,
  lockMessage,
  type MessageRow,
  type Outcome,
  quietOf,
  senderOf,
  sentTo,
  settle,
  waitForReader,
} from './delivery-store.ts'
import { isQuiet, quietEnds } from './reminder-rules.ts'
import { isMessageKind, type MessageKind, needOf } from './rules.ts'
import { ownTexts } from './text-store.ts'
import { optionalOf } from './unsubscribe-rules.ts'
import { hasLeft, leavingToken } from './unsubscribe-store.ts'
import { inOwnWords, type Known } from './wording-rules.ts'

/** A letter as the truth of this moment has it, or why nobody needs it any more. */
export type Made =
  | {
      letter: Letter
      toName: string
      calendar?: NonNullable<Mail['calendar']>
      short?: Short
      attachments?: NonNullable<Mail['attachments']>
      /** When what it tells of is, by which letters that leave as one are put in order. */
      at?: DateTime
      /** What the House's own text of this letter may name; undefined where a House has nothing to say. */
      known: Known | undefined
    }
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
  /** What the mail server takes a minute from all processes together, when it has a limit. */
  mostAMinute?: number
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
  const rows = await transact(post.db, trx => take(post, trx, id, claim))
  if (typeof rows === 'string') return rows
  const now = await post.now(post.db)
  const wait = await tooFast(post, rows[0], now)
  const outcomes = wait
    ? rows.map(() => wait)
    : await send(post, rows, now).catch(error => {
        post.onFault?.(error)
        return rows.map(row => spoilt(row, now, error))
      })
  let noted = false
  // the row the job is for comes last: whoever finds it settled finds the others settled, too
  for (const [at, row] of [...rows.entries()].reverse()) {
    const outcome = outcomes[at]
    if (outcome && (await note(post, row.id, claim, outcome))) noted = true
  }
  return noted ? (outcomes[0]?.state ?? 'left') : 'left'
}

/** What is less needed waits while the mail server has had its number of this minute. */
async function tooFast(post: Post, row: MessageRow, now: DateTime): Promise<Outcome | undefined> {
  if (post.mostAMinute === undefined || (isMessageKind(row.kind) && needOf(row.kind) === 0)) return
  const may = await allowed(post.db, post.desk.secret, 'mail-server', 'all', now, post.mostAMinute)
  if ('ok' in may) return
  return { state: 'waiting', reason: 'pace', nextTryAt: now.plus({ seconds: may.retryAfterSeconds }), uncounted: true }
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

/** The row of the job first, then what goes along. */
type Taken = [MessageRow, ...MessageRow[]]

async function take(post: Post, trx: Trx, id: string, claim: string): Promise<Taken | Outcome['state'] | 'left'> {
  await waitForReader(trx, id)
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
  const its = optionalOf(kind)
  if (its && (await hasLeft(trx, row.recipient, its))) return end({ state: 'skipped', reason: 'left' })
  if (keepsQuiet(kind) && row.house_id) {
    const { quiet, zone } = await quietOf(trx, row.house_id)
    if (isQuiet(wallOf(now, zone).minute, quiet))
      return end({ state: 'waiting', reason: 'quiet', nextTryAt: quietEnds(now.setZone(zone), quiet) })
  }
  if (isEnough(kind, await sentTo(trx, row.address, now))) return end({ state: 'held', reason: 'many' })
  const joinable = joining.includes(kind) || row.joins !== null
  const along = row.channel === 'mail' && joinable ? await companions(trx, row, claim, now) : []
  if (along === 'left') return 'left'
  const taken: Taken = [row, ...along]
  const bundle = along.length === 0 ? row.bundle : (row.bundle ?? row.id)
  const until = now.plus({ seconds: claimSeconds })
  await claimMessages(
    trx,
    taken.map(each => each.id),
    claim,
    until,
    bundle,
  )
  return taken.map(each => ({ ...each, bundle, attempt: each.attempt + 1 })) as Taken
}

/** What goes along with this row; `left` when another attempt has the letter in its hands. What is pointless is settled by the way. */
async function companions(trx: Trx, row: MessageRow, claim: string, now: DateTime): Promise<MessageRow[] | 'left'> {
  const along: MessageRow[] = []
  for (const other of await lockCompanions(trx, row, now)) {
    if (!isMessageKind(other.kind)) continue
    const { kind } = other
    const may = step({ ...standing(other), dueAt: other.due_at < now ? other.due_at : now, kind }, claim, now)
    if (may === 'leave') {
      if (other.bundle !== null && other.state === 'sending') return 'left'
      continue
    }
    const its = optionalOf(kind)
    if (may === 'too-late') await settle(trx, other.id, undefined, { state: 'skipped', reason: 'too-late' })
    else if (await isOutdone(trx, other, now))
      await settle(trx, other.id, undefined, { state: 'superseded', reason: 'newer' })
    else if (its && (await hasLeft(trx, other.recipient, its)))
      await settle(trx, other.id, undefined, { state: 'skipped', reason: 'left' })
    else along.push(other)
  }
  return along
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

/** One letter of all these rows; how it ended for each. */
async function send(post: Post, rows: Taken, now: DateTime): Promise<Outcome[]> {
  const made: { row: MessageRow; made: Made }[] = []
  for (const row of rows)
    made.push({
      row,
      made: isMessageKind(row.kind)
        ? await post.makers[row.kind](post.db, { ...row, created_at: row.caused_at ?? row.created_at }, post.desk, now)
        : { skipped: 'unknown' },
    })
  const letters: { row: MessageRow; made: Extract<Made, { letter: Letter }> }[] = []
  for (const { row, made: its } of made)
    if ('letter' in its)
      letters.push({ row, made: { ...its, letter: noted(await worded(post.db, row, its), row.note) } })
  const [first, ...others] = letters
  const [{ channel }] = rows
  const handed =
    first &&
    (channel === 'webhook'
      ? await sendShort(post.db, post.shortMailer, first.row, first.made.short, now)
      : await handOver(
          post,
          first,
          others.map(each => each.made),
        ))
  return made.map(each => {
    if ('superseded' in each.made) return { state: 'superseded', reason: each.made.superseded }
    if ('skipped' in each.made) return { state: 'skipped', reason: each.made.skipped }
    if (!handed) return { state: 'failed', reason: 'no-gateway' }
    return outcomeOf(handed, each.row, now)
  })
}

async function handOver(
  post: Post,
  { row, made }: { row: MessageRow; made: Extract<Made, { letter: Letter }> },
  others: Extract<Made, { letter: Letter }>[],
): Promise<Handed> {
  const { language } = row
  const sender = row.house_id ? await senderOf(post.db, row.house_id) : undefined
  const leaving =
    isMessageKind(row.kind) && optionalOf(row.kind)
      ? `${post.desk.publicUrl}/u/${row.id}/${leavingToken(post.desk.secret, row.id)}`
      : undefined
  const all = [made, ...others].sort((a, b) => +(a.at ?? 0) - +(b.at ?? 0))
  const letters: [Letter, ...Letter[]] =
    row.joins === null
      ? [leaving ? withLeaving(made.letter, leaving) : made.letter, ...others.map(other => other.letter)]
      : [all[0]?.letter ?? made.letter, ...all.slice(1).map(each => each.letter)]
  const letter = row.joins === null ? together(letters) : inOneList(letters)
  const calendars = others.length === 0 ? [] : all.flatMap(each => each.calendar ?? [])
  return post.mailer.send({
    id: row.id,
    kind: row.kind,
    messageId: `${row.bundle ?? row.id}@${domainOf(post.desk.mailFrom)}`,
    date: row.due_at > row.created_at ? row.due_at : row.created_at,
    from: { name: sender?.[language] ?? 'Kezdesu', address: sender?.address ?? post.desk.mailFrom },
    to: { name: cleanLine(made.toName), address: row.address },
    language,
    subject: cleanLine(letter.subject),
    text: textOf(letter),
    html: htmlOf(letter),
    ...(leaving ? { unsubscribe: leaving } : {}),
    // a calendar part is one date (RFC 5546): several go as files, since a program answers the first part alone
    ...(calendars.length > 0 ? { calendars } : made.calendar ? { calendar: made.calendar } : {}),
    ...(made.attachments ? { attachments: made.attachments } : {}),
  })
}

const noted = (letter: Letter, note: string | null): Letter => (note === null ? letter : withNote(letter, note))

/** The letter in its House's own words, where it has some. */
async function worded(db: Db, row: MessageRow, { letter, known }: Extract<Made, { letter: unknown }>): Promise<Letter> {
  if (!known || !row.house_id) return letter
  return inOwnWords(letter, row.language, known, await ownTexts(db, row.house_id, known.key))
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
function spoilt(row: MessageRow, now: DateTime, error: unknown): Outcome {
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
