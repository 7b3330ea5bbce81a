import { randomUUID } from 'node:crypto'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Letter } from '../base/letter.ts'
import type { Mail, Mailer } from '../base/mail.ts'
import type { DateTime } from '../base/time.ts'
import type { ShortMailer } from './channel-actions.ts'
import type { Short } from './channel-rules.ts'
import type { MessageRow } from './delivery-store.ts'
import { notesTo } from './note-actions.ts'
import type { Outcome } from './outcome-rules.ts'
import type { MessageKind } from './rules.ts'
import { makeAll, send } from './send-actions.ts'
import { take } from './take-actions.ts'
import type { Known } from './wording-rules.ts'

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

/**
 * Sends one message of the ledger, at least once: claims the row, makes the letter from what is true now, hands it over
 * outside any transaction, and notes the outcome only while the claim is still its own (reliability.md section 4).
 */
export async function deliver(post: Post, id: string, claim: string): Promise<Outcome['state'] | 'left'> {
  const { at, letters, ended } = await take(post, claim, { id })
  const end = ended.get(id)
  if (end || letters.length === 0) return end ?? 'left'
  const [letter] = await makeAll(post, letters, at)
  if (!letter) return 'left'
  const outcomes = await send(post, letter)
  const noted = await notesTo(post.db)(letter.rows, claim, outcomes)
  return (noted.has(id) && outcomes.get(id)?.state) || 'left'
}

/** Delivers everything that is due, one letter after the other; for the demonstration and tests, where no queue runs. */
export async function deliverDue(post: Post): Promise<number> {
  const note = notesTo(post.db)
  let count = 0
  for (;;) {
    const claim = randomUUID()
    const { at, letters, ended } = await take(post, claim, { most: 20 })
    if (letters.length === 0 && ended.size === 0) return count
    count += letters.length + ended.size
    for (const letter of await makeAll(post, letters, at)) await note(letter.rows, claim, await send(post, letter))
  }
}
