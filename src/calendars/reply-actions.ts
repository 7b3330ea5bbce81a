import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { hashOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { answerIn } from '../talks/answer-actions.ts'
import type { AnswerRefusal } from '../talks/answer-rules.ts'
import { lockTalk } from '../talks/store.ts'
import { acceptable, afterRefusal, judge, type ReplyMail, responseTo, type Verdict } from './reply-rules.ts'
import {
  type Addressee,
  countCopy,
  countReplies,
  decideReply,
  findAddressee,
  findSeatState,
  insertReply,
  keepAnswered,
  keepStamp,
  lockAddress,
  lockReply,
} from './reply-store.ts'

/** A letter as it was read, and which delivery of which letter it is. */
export type Arrived = {
  token: string
  messageId: string
  bodyHash: string
  arrival: string
  mail: ReplyMail
}
/** What became of a letter, as a code for the log. */
export type Taken = Verdict['state'] | 'unknown' | 'again' | 'flood'

type UidOf = (talkId: string) => string

const mostReplies = 50

/**
 * A reply becomes the speaker's answer, a task for the coordinator or a line, in one transaction with the note that it
 * was read: read again after a crash it changes nothing.
 */
export async function takeReply(db: Db, jobs: Jobs, uidOf: UidOf, arrived: Arrived, now: DateTime): Promise<Taken> {
  try {
    return await transact(db, trx => takeIn(trx, jobs, uidOf, arrived, now))
  } catch (error) {
    // whoever declined and was booked elsewhere meanwhile can't come after all
    if (brokenConstraint(error) !== 'a_speaker_is_in_one_place') throw error
    return transact(db, trx => takeIn(trx, jobs, uidOf, arrived, now, 'busy'))
  }
}

async function takeIn(
  trx: Trx,
  jobs: Jobs,
  uidOf: UidOf,
  arrived: Arrived,
  now: DateTime,
  refused?: AnswerRefusal,
): Promise<Taken> {
  const tokenHash = hashOf(arrived.token)
  const found = await findAddressee(trx, tokenHash)
  if (!found) return 'unknown'
  // the talk first, as everybody locks; then what the person was last sent
  await lockTalk(trx, found.houseId, found.talkId)
  await lockAddress(trx, tokenHash)
  const to = await findAddressee(trx, tokenHash)
  const seat = to?.seatId ? await findSeatState(trx, to.seatId) : undefined
  if (!to?.seatId || !seat) return 'unknown'
  const known = {
    uid: uidOf(to.talkId),
    address: to.address,
    sequence: to.sequence,
    moved: !sameTime(to.sentDuring, to.during),
    takenStamp: to.takenStamp ?? undefined,
    answeredByPage:
      seat.answeredAt && !(to.answeredAt && seat.answeredAt.equals(to.answeredAt)) ? seat.answeredAt : undefined,
    invitation: { ...seat, talkState: to.talkState, startsAt: to.during.from },
  }
  let verdict = judge(arrived.mail, known, now)
  if (verdict.state === 'silent') return 'silent'
  if (verdict.state === 'taken' && refused) verdict = afterRefusal(verdict.answer, refused)
  if ((await countReplies(trx, to.talkId, to.speakerId)) >= mostReplies) {
    if (verdict.state !== 'taken') return 'flood'
  }
  if (!(await insertReply(trx, rowOf(to, arrived, verdict), now))) {
    await countCopy(trx, { ...to, ...arrived })
    return 'again'
  }
  if (verdict.state !== 'ignored' && verdict.stamp) await keepStamp(trx, tokenHash, verdict.stamp)
  if (verdict.state !== 'taken' || !verdict.response) return verdict.state
  const said = {
    which: { talkId: to.talkId, speakerId: to.speakerId },
    response: verdict.response,
    reason: undefined,
    seen: undefined,
    accountId: undefined,
    calendar: true,
  }
  const no = await answerIn(trx, jobs, said, now)
  if (no) throw new Error(`an answer that was judged good is refused: ${no.refused}`)
  await keepAnswered(trx, tokenHash, to.seatId)
  return 'taken'
}

function rowOf(to: Addressee, arrived: Arrived, verdict: Exclude<Verdict, { state: 'silent' }>) {
  const { calendar, from } = arrived.mail
  const event = typeof calendar === 'object' ? calendar.events[0] : undefined
  return {
    houseId: to.houseId,
    talkId: to.talkId,
    speakerId: to.speakerId,
    messageId: arrived.messageId,
    bodyHash: arrived.bodyHash,
    arrival: arrived.arrival,
    sender: from.join(', ').slice(0, 254),
    comment: event?.comment ?? '',
    answer: verdict.answer,
    state: verdict.state,
    reasons: verdict.state === 'taken' ? [] : verdict.reasons,
    stamp: event?.stamp,
    proposed: event?.proposed,
    during: to.during,
  }
}

type Deciding = {
  houseId: string
  accountId: string
  talkId: string
  replyId: string
  location: string
  form: Form
}
export type DecisionRefusal = AnswerRefusal | 'decided'

/** The coordinator takes a doubtful answer for the speaker's own: the same command as the speaker's button. */
export async function acceptReply(
  db: Db,
  jobs: Jobs,
  given: Deciding,
  now: DateTime,
): Promise<Done | { refused: DecisionRefusal }> {
  try {
    return await transactOnce<{ refused: DecisionRefusal }>(db, given.form, async trx => {
      await lockTalk(trx, given.houseId, given.talkId)
      const reply = await lockReply(trx, given.houseId, given.talkId, given.replyId)
      if (!reply || !acceptable(reply.answer)) return { refused: 'missing' }
      if (reply.state !== 'open') return { refused: 'decided' }
      if (!sameTime(reply.during, reply.talkDuring)) return { refused: 'changed' }
      const response = responseTo(reply.answer)
      if (!response) return { refused: 'missing' }
      const which = { talkId: given.talkId, speakerId: reply.speakerId }
      const said = { which, response, reason: undefined, seen: undefined, accountId: given.accountId, calendar: true }
      const no = await answerIn(trx, jobs, said, now)
      if (no) return no
      await decideReply(trx, reply.id, 'accepted', given.accountId, now)
      return { location: given.location }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'a_speaker_is_in_one_place') return { refused: 'busy' }
    throw error
  }
}

/** Looked at, and no answer of the speaker's, or seen to otherwise. */
export const dismissReply = (
  db: Db,
  given: Deciding,
  now: DateTime,
): Promise<Done | { refused: 'missing' | 'decided' }> =>
  transactOnce<{ refused: 'missing' | 'decided' }>(db, given.form, async trx => {
    const reply = await lockReply(trx, given.houseId, given.talkId, given.replyId)
    if (!reply) return { refused: 'missing' }
    if (reply.state !== 'open') return { refused: 'decided' }
    await decideReply(trx, reply.id, 'dismissed', given.accountId, now)
    return { location: given.location }
  })

const sameTime = (a: { from: DateTime; to: DateTime }, b: { from: DateTime; to: DateTime }): boolean =>
  +a.from === +b.from && +a.to === +b.to
