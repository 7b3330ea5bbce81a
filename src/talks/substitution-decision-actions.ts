import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { once } from './actions.ts'
import { type Revision, revise } from './revision-actions.ts'
import { findSeats, lockTalk } from './store.ts'
import { moveOn } from './substitution-actions.ts'
import { endSearchFor } from './substitution-end-actions.ts'
import { claimHouse, findRunning, openSearch } from './substitution-store.ts'

export type Decision = {
  by: { houseId: string; accountId: string }
  talkId: string
  /** The seat that was declined. */
  seatId: string
  location: string
  form: Form
}
/** Not there, or nobody is looked for at that place any more. */
export type DecisionRefusal = 'missing' | 'over'

/** Nobody else is asked; who was asked hears that it is over, and the place stays for the coordinator to fill. */
export const stopSearch = (
  db: Db,
  jobs: Jobs,
  { by, talkId, seatId, location, form }: Decision,
  now: DateTime,
): Promise<Done | { refused: DecisionRefusal }> =>
  transactOnce<{ refused: DecisionRefusal }>(db, form, async trx => {
    const talk = await lockTalk(trx, by.houseId, talkId)
    if (!talk) return { refused: 'missing' }
    const which = { talkId, assignmentId: seatId }
    if (!(await endSearchFor(trx, jobs, which, 'stopped', now))) return { refused: 'over' }
    await remember(trx, {
      houseId: by.houseId,
      kind: 'substitution-stopped',
      at: now,
      byWhom: 'account',
      accountId: by.accountId,
      requestId: talk.request_id,
      talkId,
    })
    return { location }
  })

/** The next ones are asked at once, whether answers are still awaited or it is night; a search that had ended begins again. */
export const askNext = (
  db: Db,
  jobs: Jobs,
  secret: string,
  { by, talkId, seatId, location, form }: Decision,
  now: DateTime,
): Promise<Done | { refused: DecisionRefusal }> =>
  transactOnce<{ refused: DecisionRefusal }>(db, form, async trx => {
    await claimHouse(trx, by.houseId, true)
    const talk = await lockTalk(trx, by.houseId, talkId)
    if (!talk) return { refused: 'missing' }
    const open = (await findSeats(trx, talkId)).some(
      ({ assignmentId, state }) => assignmentId === seatId && state === 'declined',
    )
    if (!open || talk.state !== 'booked' || talk.during.from <= now) return { refused: 'over' }
    await openSearch(trx, { houseId: by.houseId, talkId, assignmentId: seatId }, now)
    const id = await findRunning(trx, seatId)
    if (id === undefined) return { refused: 'over' }
    await moveOn(trx, jobs, secret, { id, houseId: by.houseId, talkId }, now, true)
    return { location }
  })

/** The talk is held by those who remain, where the topic needs no more: the open place is given up, and the host hears of the team. */
export const holdWithout = (
  db: Db,
  jobs: Jobs,
  secret: string,
  holding: Revision & { seatId: string },
  now: DateTime,
) =>
  once(db, holding.form, now, async trx => {
    const seat = (await findSeats(trx, holding.talkId)).find(({ assignmentId }) => assignmentId === holding.seatId)
    if (seat?.state !== 'declined') return { refused: { code: 'not-in-team' } }
    return revise(
      trx,
      jobs,
      secret,
      holding,
      now,
      { windows: true, notice: true, latest: true },
      (_world, _request, _moment, team) =>
        team.some(({ speakerId }) => speakerId === seat.speakerId)
          ? { team: team.filter(({ speakerId }) => speakerId !== seat.speakerId) }
          : undefined,
    )
  })
