import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { sleeping } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { askHow } from '../feedback/actions.ts'
import { turnRequest } from '../requests/state-store.ts'
import { type Outcome, type OutcomeRefusal, outcomeRefused } from './outcome-rules.ts'
import { countedOf, isInTeam, setOutcome } from './outcome-store.ts'
import { nameReporters } from './reporter-actions.ts'
import { lockTalk } from './store.ts'
import type { Shown } from './undo-rules.ts'

export type Recording = {
  talkId: string
  /** Who says so: a coordinator of the House, or with `speakerId` somebody of the team. */
  by: { accountId: string; houseId: string; speakerId?: string | undefined }
  outcome: Outcome
  location: string
  form: Form
  /** What the form was shown with: the talk as it was before anybody reported on it. */
  shown?: Shown | undefined
  /** Who else reports it, where the form asked a coordinator. */
  reporters?: string[] | undefined
}

/**
 * Says whether a talk was held and for how many, once it has begun. What was held ends its request; what was not lets the
 * request wait again, so that nobody is forgotten. A slip may be mended by saying it anew.
 */
export async function recordOutcome(
  db: Db,
  recording: Recording,
  now: DateTime,
): Promise<Done | { refused: OutcomeRefusal }> {
  try {
    return await transactOnce<{ refused: OutcomeRefusal }>(db, recording.form, trx => recordIn(trx, recording, now))
  } catch (error) {
    // "not held" let the request be booked anew, so the old talk can't be the one that was held
    const constraint = brokenConstraint(error)
    if (constraint === 'a_request_has_one_standing_talk' || constraint === 'a_hall_holds_one_talk_at_a_time')
      return { refused: 'booked-again' }
    throw error
  }
}

async function recordIn(
  trx: Trx,
  { talkId, by, outcome, location, shown, reporters }: Recording,
  now: DateTime,
): Promise<Done | { refused: OutcomeRefusal }> {
  const talk = await lockTalk(trx, by.houseId, talkId)
  if (!talk || (by.speakerId !== undefined && !(await isInTeam(trx, talkId, by.speakerId))))
    return { refused: 'missing' }
  if (shown && (shown.version !== talk.version || talk.state !== 'booked')) return { refused: 'stale' }
  const refused = outcomeRefused({ state: talk.state, startsAt: talk.during.from }, now)
  if (refused) return { refused }

  const { accountId, houseId } = by
  if (outcome.held && reporters && !(await nameReporters(trx, { houseId, accountId, talk, bodies: reporters }, now)))
    return { refused: 'missing' }
  const before = await countedOf(trx, talkId)
  const again = talk.state !== 'booked'
  if (again && isSame({ state: talk.state, ...before }, outcome)) return { location }
  await setOutcome(trx, talkId, outcome, by.accountId, now)
  if (talk.request_id) await turnRequest(trx, talk.request_id, { state: outcome.held ? 'held' : 'waiting' }, now)
  // the ledger is swept: nobody waits for this letter
  if (outcome.held) await askHow(trx, sleeping, talkId, now)
  await remember(trx, {
    houseId: by.houseId,
    kind: outcome.held ? 'held' : 'not-held',
    at: now,
    byWhom: by.speakerId ? 'speaker' : 'account',
    accountId: by.accountId,
    requestId: talk.request_id,
    talkId,
    speakerId: by.speakerId,
    detail: {
      heads: outcome.held ? outcome.heads : null,
      planned: before.planned,
      ...(again ? { headsBefore: before.heads } : {}),
    },
  })
  return { location }
}

type Stored = { state: string; heads: number | null; leaflets: number | null; heldIn: string | null }

const isSame = (stored: Stored, outcome: Outcome): boolean =>
  outcome.held
    ? stored.state === 'held' &&
      stored.heads === outcome.heads &&
      stored.leaflets === (outcome.leaflets ?? null) &&
      stored.heldIn === (outcome.heldIn ?? null)
    : stored.state === 'not-held'
