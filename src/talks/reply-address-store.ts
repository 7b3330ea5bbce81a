import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'

type Sent = { id: string; sequence: number; startsAt: DateTime; endsAt: DateTime }

/** Where a talk stood in the last calendar part that this speaker was sent. */
export async function lastSent(
  db: Db,
  talkId: string,
  speakerId: string,
): Promise<Pick<Sent, 'startsAt' | 'endsAt'> | undefined> {
  const row = await db
    .selectFrom('reply_addresses')
    .select('during')
    .where('talk_id', '=', talkId)
    .where('speaker_id', '=', speakerId)
    .executeTakeFirst()
  return row && { startsAt: row.during.from, endsAt: row.during.to }
}

/** Remembers what the calendar of one of the team is sent, so that its answer can be told from one to an older letter. */
export async function keepReplyAddress(
  db: Db,
  talk: Sent,
  mate: { speakerId: string },
  tokenHash: string,
  address: string,
  now: DateTime,
): Promise<void> {
  const sent = {
    address,
    sequence: talk.sequence,
    during: { from: talk.startsAt, to: talk.endsAt },
    sent_at: now,
  }
  await db
    .insertInto('reply_addresses')
    .values({ token_hash: tokenHash, talk_id: talk.id, speaker_id: mate.speakerId, ...sent })
    // of two workers the one with the newer letter wins
    .onConflict(it => it.column('token_hash').doUpdateSet(sent).where('reply_addresses.sequence', '<=', talk.sequence))
    .execute()
}
