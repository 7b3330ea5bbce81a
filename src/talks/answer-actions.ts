import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { supersede, tell } from '../messages/store.ts'
import { type AnswerReason, type AnswerRefusal, answered, type Response } from './answer-rules.ts'
import { findCoordinators, findSeat, lockSeat, setAnswer, setWhy, timesTold, type Which } from './answer-store.ts'
import { clearJourneys, settle } from './busy-store.ts'
import type { Proposal } from './proposal-rules.ts'
import { lockTalk } from './store.ts'
import { endSearchFor } from './substitution-end-actions.ts'
import { findSettings, openSearch } from './substitution-store.ts'

export type Said = {
  which: Which
  response: Response
  reason: AnswerReason | undefined
  /** With a refusal: when the speaker could come instead. */
  proposal?: Proposal | undefined
  /** What the page showed (`seenOf`); without it the answer holds whatever was shown. */
  seen: string | undefined
  /** The account, when the answer comes from a signed-in page. */
  accountId: string | undefined
  /** Given by a calendar program rather than on a page. */
  calendar?: boolean
}
export type Answer = Said & { location: string; form: Form }

/**
 * Accepts or declines, judged under the lock of the talk. An answer raises no version: nobody's calendar changes by it.
 * A refusal frees the speaker and is told to those who decide; the same answer twice changes nothing.
 */
export async function answer(
  db: Db,
  jobs: Jobs,
  given: Answer,
  now: DateTime,
): Promise<Done | { refused: AnswerRefusal }> {
  try {
    return await transactOnce<{ refused: AnswerRefusal }>(db, given.form, async trx => {
      const refused = await answerIn(trx, jobs, given, now)
      return refused ?? { location: given.location }
    })
  } catch (error) {
    // whoever declined and was booked elsewhere meanwhile can't come after all
    if (brokenConstraint(error) === 'a_speaker_is_in_one_place') return { refused: 'busy' }
    throw error
  }
}

/** The same within a transaction of the caller's; a speaker who is elsewhere by now breaks `a_speaker_is_in_one_place`. */
export async function answerIn(
  trx: Trx,
  jobs: Jobs,
  given: Said,
  now: DateTime,
): Promise<{ refused: AnswerRefusal } | undefined> {
  const seat = await findSeat(trx, given.which)
  const talk = seat && (await lockTalk(trx, seat.houseId, seat.talkId))
  if (!seat || !talk) return { refused: 'missing' }
  const { state, ended_at: endedAt, reason: before } = await lockSeat(trx, seat.id, seat.speakerId)
  const invitation = { state, endedAt, version: talk.version, talkState: talk.state, startsAt: talk.during.from }
  const outcome = answered(invitation, given.response, given.seen, now)
  if ('refused' in outcome) return outcome
  const declines = given.response === 'decline'
  const proposal = declines ? given.proposal : undefined
  // who proposes a time needs another one
  const reason = declines ? (given.reason ?? (proposal ? 'another-time' : null)) : null
  const said = {
    houseId: seat.houseId,
    at: now,
    byWhom: 'speaker' as const,
    accountId: given.accountId,
    requestId: talk.request_id,
    talkId: seat.talkId,
    speakerId: seat.speakerId,
  }
  if (!outcome.state) {
    // a refusal that gave none may give its reason later, and propose a time at any moment
    if (reason === null || (before !== null && !proposal)) return
    await setWhy(trx, seat.id, { reason, proposal })
    await remember(trx, { ...said, kind: 'refusal-explained', detail: { reason, proposed: proposal?.on ?? null } })
    return
  }
  const days = { houseId: seat.houseId, speakerIds: [seat.speakerId], days: [talk.held_on] }
  await clearJourneys(trx, days)
  await setAnswer(trx, seat.id, { state: outcome.state, reason, proposal }, now)
  await settle(trx, days, now, seat.talkId)
  await remember(trx, {
    ...said,
    kind: outcome.state,
    detail: {
      reason,
      ...(proposal ? { proposed: proposal.on } : {}),
      ...(given.calendar ? { by: 'calendar' } : {}),
    },
  })
  const place = { houseId: seat.houseId, talkId: seat.talkId, assignmentId: seat.id }
  if (outcome.state === 'accepted') await endSearchFor(trx, jobs, place, 'returned', now)
  else if (await asksByItself(trx, seat.houseId)) await openSearch(trx, place, now)
  await tellRefusal(
    trx,
    jobs,
    { ...seat, requestId: talk.request_id, startsAt: talk.during.from, declined: outcome.state === 'declined' },
    now,
  )
  return
}

const asksByItself = async (trx: Trx, houseId: string): Promise<boolean> =>
  (await findSettings(trx, houseId)).atOnce > 0

type Told = {
  id: string
  talkId: string
  houseId: string
  requestId: string | null
  startsAt: DateTime
  declined: boolean
}

async function tellRefusal(trx: Trx, jobs: Jobs, seat: Told, now: DateTime): Promise<void> {
  const cause = `answer:${seat.id}`
  const version = (await timesTold(trx, cause)) + 1
  await supersede(trx, cause, version, 'answered')
  if (!seat.declined) return
  const coordinators = await findCoordinators(trx, seat.houseId)
  await tell(
    trx,
    jobs,
    now,
    coordinators.map(({ id, email, language }) => ({
      houseId: seat.houseId,
      kind: 'answer-declined' as const,
      cause,
      version,
      recipient: `account:${id}`,
      address: email,
      language,
      dueAt: now,
      notAfter: seat.startsAt,
      accountId: id,
      talkId: seat.talkId,
      assignmentId: seat.id,
      ...(seat.requestId ? { requestId: seat.requestId } : {}),
    })),
  )
}
