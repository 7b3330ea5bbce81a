import { remember, rememberAll } from '../base/db/changes.ts'
import type { Form } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { findClosure, liftClosure } from '../houses/closure-store.ts'
import { tell } from '../messages/store.ts'
import { turnRequests } from '../requests/state-store.ts'
import { once } from './actions.ts'
import { clearJourneys, settle } from './busy-store.ts'
import { noticed } from './closing-actions.ts'
import { aloneInHouse, lockPeopleAndHalls } from './closing-lock-store.ts'
import { closureNews, ends, type Mate, type News } from './closing-rules.ts'
import { findAllSeats, lockTalks, supersedeAll } from './closing-store.ts'
import { judgeLifting, type Verdict } from './lifting-rules.ts'
import {
  type ClosedTalk,
  findClosed,
  findEndedSeats,
  findHeard,
  findLeft,
  findLiftCases,
  keepObstacles,
  restoreTalks,
  supersedeNews,
} from './lifting-store.ts'
import { findAllRecipients, type Recipients } from './recipient-store.ts'
import { isStanding } from './rules.ts'
import { resumeSearches } from './substitution-store.ts'

export type Lifting = { by: { accountId: string; houseId: string }; id: string; form: Form }

/**
 * The closure is over, and what it changed is as it was wherever the engine finds that still possible; the rest is named with
 * its reason. So is what a closure lifted earlier had to leave because this one stood. Who heard of a closure hears of that;
 * who did not, hears nothing. Lifted twice is lifted once.
 */
export const lift = (db: Db, jobs: Jobs, { by, id, form }: Lifting) =>
  once(db, form, form.now, async trx => {
    const { houseId, accountId } = by
    const { now } = form
    const location = `/app/closures/${id}`
    await aloneInHouse(trx, houseId)
    const closure = await findClosure(trx, houseId, id)
    if (!closure) return { refused: { code: 'missing' } }
    if (closure.lifted) return { location }
    const own = (await findClosed(trx, id)).filter(({ fate }) => fate !== 'kept').map(({ talkId }) => talkId)
    const left = await findLeft(trx, houseId, id, now)
    await lockAll(trx, [{ closureId: id, talkIds: own }, ...left])
    await liftClosure(trx, id, now)
    await remember(trx, {
      houseId,
      kind: 'closure-lifted',
      at: now,
      byWhom: 'account',
      accountId,
      detail: { closure: id },
    })
    await reopen(trx, jobs, by, { closureId: id, talkIds: own }, [], now)
    const reopened = [id]
    for (const earlier of left) {
      await reopen(trx, jobs, by, earlier, reopened, now)
      reopened.push(earlier.closureId)
    }
    return { location }
  })

type Part = { closureId: string; talkIds: string[] }

/** All that lifting may touch: talks, people and halls, each in the order of their ids. */
async function lockAll(trx: Trx, parts: Part[]): Promise<void> {
  const ids = [...new Set(parts.flatMap(({ talkIds }) => talkIds))]
  const talks = await lockTalks(trx, ids)
  const ended = await Promise.all(parts.map(({ closureId }) => findEndedSeats(trx, closureId)))
  const seats = [...ended.flat(), ...(await findAllSeats(trx, ids))]
  const hosts = [...new Set(talks.map(talk => talk.host_id))]
  await lockPeopleAndHalls(trx, [...new Set(seats.map(({ speakerId }) => speakerId))], hosts)
}

/** Gives back what one closure took, as far as it may be; `before`: the closures that were lifted with it and are told already. */
async function reopen(
  trx: Trx,
  jobs: Jobs,
  { houseId, accountId }: Lifting['by'],
  { closureId: id, talkIds: ids }: Part,
  before: string[],
  now: DateTime,
): Promise<void> {
  const seats = [...(await findEndedSeats(trx, id)), ...(await findAllSeats(trx, ids))]
  const closed = (await findClosed(trx, id)).filter(({ talkId }) => ids.includes(talkId))
  const speakerIds = [...new Set(seats.map(seat => seat.speakerId))]
  const verdicts = judgeLifting(await findLiftCases(trx, houseId, id, closed, now), now)
  const restored = closed.filter(({ talkId }) => verdicts.get(talkId)?.fate === 'restored')
  await keepObstacles(
    trx,
    id,
    closed.flatMap(({ talkId }) => {
      const verdict = verdicts.get(talkId)
      return verdict?.fate === 'left' ? [{ talkId, obstacle: verdict.obstacle }] : []
    }),
  )
  if (restored.length === 0) return
  const restoredIds = restored.map(({ talkId }) => talkId)
  const people = { houseId, speakerIds, days: [...new Set(restored.map(talk => talk.held_on))] }
  await clearJourneys(trx, people)
  const versions = await restoreTalks(
    trx,
    id,
    restored.map(({ talkId }) => ({ talkId, hallId: hallIn(verdicts.get(talkId)) })),
    now,
  )
  await settle(trx, people, now)
  await resumeSearches(trx, restoredIds, now)
  await turnRequests(
    trx,
    restored.flatMap(({ fate, requestId }) => (ends(fate) ? (requestId ?? []) : [])),
    { state: 'booked' },
    now,
  )
  await rememberAll(
    trx,
    restored.map(talk => ({
      houseId,
      kind: 'reopened',
      at: now,
      byWhom: 'account' as const,
      accountId,
      requestId: talk.requestId,
      talkId: talk.talkId,
      detail: { closure: id },
    })),
  )
  const changed = restored.map(talk => ({ ...talk, version: versions.get(talk.talkId) ?? talk.version }))
  await supersedeNews(trx, before, restoredIds)
  await tell(trx, jobs, now, await lettersOf(trx, houseId, [id, ...before], changed, now))
}

const hallIn = (verdict: Verdict | undefined) => (verdict?.fate === 'restored' ? verdict.hallId : undefined)

/** `closureIds`: the one that is told of, and those of which somebody may have heard instead. */
async function lettersOf(trx: Trx, houseId: string, closureIds: string[], restored: ClosedTalk[], now: DateTime) {
  const [closureId = ''] = closureIds
  const ids = restored.map(({ talkId }) => talkId)
  const seats = Map.groupBy(await findAllSeats(trx, ids), seat => seat.talkId)
  const recipients = await findAllRecipients(
    trx,
    houseId,
    restored.map(talk => ({
      talkId: talk.talkId,
      contactId: talk.contactId,
      speakerIds: (seats.get(talk.talkId) ?? []).map(({ speakerId }) => speakerId),
    })),
  )
  const heard = await findHeard(trx, closureIds, ids)
  await supersedeAll(trx, ids, 'restored')
  const news = restored.map((talk): News => {
    const found: Recipients = recipients.get(talk.talkId) ?? { speakers: new Map(), contact: undefined }
    const known = (recipient: string) => heard.get(`${talk.talkId} ${recipient}`)
    // who never had any letter about this talk is told of the talk itself
    const untold = <Of extends { recipient: string }>(reader: Of, kind: 'invitation' | 'talk-booked') => ({
      ...reader,
      untold: known(reader.recipient) ? [] : [kind],
      unmailed: [],
    })
    const team = (seats.get(talk.talkId) ?? []).filter(isStanding).flatMap((seat): Mate[] => {
      const recipient = found.speakers.get(seat.speakerId)
      if (!recipient) return []
      const { assignmentId, travelMinutes } = seat
      return [{ ...untold(recipient, 'invitation'), assignmentId, travelMinutes }]
    })
    const all = [...team, ...(found.contact ? [found.contact] : [])].map(({ recipient }) => recipient)
    const asked = { id: talk.talkId, request_id: talk.requestId, version: talk.version, zone: talk.zone }
    return {
      closureId,
      talk: noticed(houseId, { ...asked, during: { from: talk.startsAt, to: talk.endsAt } }),
      ends: false,
      team,
      contact: found.contact && untold(found.contact, 'talk-booked'),
      concerns: new Set(all.filter(recipient => known(recipient)?.closure)),
      now,
    }
  })
  return closureNews(news, now)
}
