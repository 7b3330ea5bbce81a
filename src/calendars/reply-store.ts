import type { Db } from '../base/db/open.ts'
import type { ReplyAnswer, ReplyState } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Span } from '../base/time.ts'

/** Whose address a letter came to, with what that person was last sent and how the talk and the seat stand now. */
export const findAddressee = (db: Db | Trx, tokenHash: string) =>
  db
    .selectFrom('reply_addresses')
    .innerJoin('talks', 'talks.id', 'reply_addresses.talk_id')
    .select(it => [
      'reply_addresses.talk_id as talkId',
      'reply_addresses.speaker_id as speakerId',
      'reply_addresses.address',
      'reply_addresses.sequence',
      'reply_addresses.during as sentDuring',
      'reply_addresses.taken_stamp as takenStamp',
      'reply_addresses.answered_at as answeredAt',
      'talks.house_id as houseId',
      'talks.state as talkState',
      'talks.during',
      'talks.zone',
      it
        .selectFrom('assignments')
        .select('id')
        .whereRef('assignments.talk_id', '=', 'reply_addresses.talk_id')
        .whereRef('assignments.speaker_id', '=', 'reply_addresses.speaker_id')
        .orderBy('invited_at', 'desc')
        .limit(1)
        .as('seatId'),
    ])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
export type Addressee = NonNullable<Awaited<ReturnType<typeof findAddressee>>>

/** Replies to one address are taken one after the other. */
export const lockAddress = (trx: Trx, tokenHash: string) =>
  trx.selectFrom('reply_addresses').select('token_hash').where('token_hash', '=', tokenHash).forUpdate().execute()

export const findSeatState = (trx: Trx, seatId: string) =>
  trx
    .selectFrom('assignments')
    .select(['state', 'ended_at as endedAt', 'answered_at as answeredAt'])
    .where('id', '=', seatId)
    .executeTakeFirst()

export type NewReply = {
  houseId: string
  talkId: string
  speakerId: string
  messageId: string
  bodyHash: string
  /** Which delivery: the same one read again after a crash is no second copy. */
  arrival: string
  sender: string
  comment: string
  answer: ReplyAnswer
  state: ReplyState
  reasons: string[]
  stamp: DateTime | undefined
  proposed: Span | undefined
  during: Span
}

/** Writes a reply; undefined when this very letter stands there already. */
export async function insertReply(trx: Trx, it: NewReply, now: DateTime): Promise<string | undefined> {
  const row = await trx
    .insertInto('replies')
    .values({
      house_id: it.houseId,
      talk_id: it.talkId,
      speaker_id: it.speakerId,
      message_id: it.messageId,
      body_hash: it.bodyHash,
      arrival: it.arrival,
      came_at: now,
      sender: it.sender,
      comment: it.comment,
      answer: it.answer,
      state: it.state,
      reasons: it.reasons,
      stamp: it.stamp ?? null,
      proposed: it.proposed ?? null,
      during: it.during,
    })
    .onConflict(conflict => conflict.columns(['talk_id', 'speaker_id', 'message_id', 'body_hash']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** How many of somebody's letters about a talk are kept: a flood is not. */
export async function countReplies(trx: Trx, talkId: string, speakerId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('replies')
    .select(it => it.fn.countAll<number>().as('count'))
    .where('talk_id', '=', talkId)
    .where('speaker_id', '=', speakerId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The same letter came once more, by another delivery. */
export const countCopy = (
  trx: Trx,
  it: Pick<NewReply, 'talkId' | 'speakerId' | 'messageId' | 'bodyHash' | 'arrival'>,
) =>
  trx
    .updateTable('replies')
    .set(row => ({ copies: row('copies', '+', 1), arrival: it.arrival }))
    .where('talk_id', '=', it.talkId)
    .where('speaker_id', '=', it.speakerId)
    .where('message_id', '=', it.messageId)
    .where('body_hash', '=', it.bodyHash)
    .where('arrival', '<>', it.arrival)
    .execute()

/** The stamp of the newest reply taken; older ones are replays from now on. */
export const keepStamp = (trx: Trx, tokenHash: string, stamp: DateTime) =>
  trx.updateTable('reply_addresses').set({ taken_stamp: stamp }).where('token_hash', '=', tokenHash).execute()

/** The answer that stands now came by a calendar, so the next one is measured by the calendar's own clock. */
export const keepAnswered = (trx: Trx, tokenHash: string, seatId: string) =>
  trx
    .updateTable('reply_addresses')
    .set(it => ({ answered_at: it.selectFrom('assignments').select('answered_at').where('id', '=', seatId) }))
    .where('token_hash', '=', tokenHash)
    .execute()

/** An open reply of the House's talk, locked until it is decided. */
export const lockReply = (trx: Trx, houseId: string, talkId: string, id: string) =>
  trx
    .selectFrom('replies')
    .innerJoin('talks', 'talks.id', 'replies.talk_id')
    .select([
      'replies.id',
      'replies.speaker_id as speakerId',
      'replies.answer',
      'replies.state',
      'replies.during',
      'talks.during as talkDuring',
    ])
    .where('replies.house_id', '=', houseId)
    .where('replies.talk_id', '=', talkId)
    .where('replies.id', '=', id)
    .forUpdate('replies')
    .executeTakeFirst()

export const decideReply = (trx: Trx, id: string, state: 'accepted' | 'dismissed', accountId: string, now: DateTime) =>
  trx.updateTable('replies').set({ state, decided_at: now, decided_by: accountId }).where('id', '=', id).execute()
