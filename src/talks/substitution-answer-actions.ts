import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import type { Refusal } from '../matching/rules.ts'
import { besideClosures } from './closing-lock-store.ts'
import { revise } from './revision-actions.ts'
import { swapped } from './rules.ts'
import { type LockedTalk, lockTalk } from './store.ts'
import {
  acceptSeat,
  findColleagues,
  findQuestion,
  lockSearchOf,
  lookAgain,
  type QuestionRow,
  setQuestionAnswer,
  type WhichQuestion,
} from './substitution-answer-store.ts'
import { type AskClosed, askClosed } from './substitution-rules.ts'

export type Said = {
  which: WhichQuestion
  response: 'yes' | 'no'
  /** Somebody whom the asked person names instead. */
  colleague: string | undefined
  accountId: string | undefined
  location: (question: QuestionRow) => string
  form: Form
}
/** Why an answer isn't taken: no such question, over, not somebody to name, or the engine or another talk stands against it. */
export type NotTaken =
  | { code: 'missing' }
  | { code: AskClosed }
  | { code: 'colleague' }
  | { code: 'busy' }
  | { code: 'impossible'; refusals: Refusal[] }
type Outcome = Done | { refused: NotTaken }

/** One answer to the question whether somebody stands in: the first yes has the place, judged under the locks of a booking. */
export async function answerQuestion(db: Db, jobs: Jobs, secret: string, said: Said, now: DateTime): Promise<Outcome> {
  try {
    return await transactOnce<{ refused: NotTaken }>(db, said.form, async trx => {
      const before = await findQuestion(trx, said.which)
      // before the talk, as in every change of it: a closure that waits for the talk would wait for ever
      if (before && said.response === 'yes') await besideClosures(trx, before.houseId)
      const talk = before && (await lockTalk(trx, before.houseId, before.talkId))
      if (!before || !talk) return { refused: { code: 'missing' } }
      await lockSearchOf(trx, before.searchId)
      const question = await findQuestion(trx, said.which)
      if (!question) return { refused: { code: 'missing' } }
      // who said yes has a place, and an invitation to give it back by
      if (question.answer === 'yes') return { location: said.location(question) }
      const closed = askClosed(question, now)
      if (closed) return { refused: { code: closed } }
      return said.response === 'yes'
        ? stepIn(trx, jobs, secret, question, said, now)
        : refuse(trx, talk, question, said, now)
    })
  } catch (error) {
    if (brokenConstraint(error) === 'a_speaker_is_in_one_place') return { refused: { code: 'busy' } }
    throw error
  }
}

async function stepIn(
  trx: Trx,
  jobs: Jobs,
  secret: string,
  question: QuestionRow,
  { location, accountId }: Said,
  now: DateTime,
): Promise<Outcome> {
  const { speakerId, profession, out, houseId, talkId } = question
  const by = { houseId, whom: 'speaker' as const, speakerId, accountId }
  const done = await revise(
    trx,
    jobs,
    secret,
    { by, talkId, location: location(question) },
    now,
    { windows: true, notice: true, latest: true },
    (_world, _request, _moment, team) =>
      team.some(member => member.speakerId === speakerId)
        ? undefined
        : { team: swapped(team, out, { speakerId, profession }) },
    [speakerId],
  )
  if ('refused' in done)
    return {
      refused:
        done.refused.code === 'impossible'
          ? { code: 'impossible', refusals: done.refused.refusals }
          : { code: 'filled' },
    }
  const seat = await acceptSeat(trx, talkId, speakerId, now)
  await setQuestionAnswer(
    trx,
    question.id,
    { answer: 'yes', colleague_id: question.colleagueId, seat_id: seat ?? null },
    now,
  )
  return { location: location(question) }
}

async function refuse(
  trx: Trx,
  talk: LockedTalk,
  question: QuestionRow,
  { colleague, accountId, location }: Said,
  now: DateTime,
): Promise<Outcome> {
  if (colleague !== undefined) {
    const known = await findColleagues(trx, question, 'kk', wallOf(now, talk.zone).day)
    if (!known.some(({ id }) => id === colleague)) return { refused: { code: 'colleague' } }
  }
  const named = colleague ?? question.colleagueId
  if (question.answer === 'no' && named === question.colleagueId) return { location: location(question) }
  await setQuestionAnswer(trx, question.id, { answer: 'no', colleague_id: named, seat_id: null }, now)
  await lookAgain(trx, question.searchId, colleague !== undefined, now)
  if (question.answer === null)
    await remember(trx, {
      houseId: question.houseId,
      kind: 'substitute-no',
      at: now,
      byWhom: 'speaker',
      accountId,
      requestId: talk.request_id,
      talkId: question.talkId,
      speakerId: question.speakerId,
    })
  return { location: location(question) }
}
