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
  findLiftCases,
  keepObstacles,
  restoreTalks,
} from './lifting-store.ts'
import { findAllRecipients, type Recipients } from './recipient-store.ts'
import { isStanding } from './rules.ts'
import { resumeSearches } from './substitution-store.ts'

export type Lifting = { by: { accountId: string; houseId: string }; id: string; form: Form }

/**
 * The closure is over, and what it changed is as it was wherever the engine finds that still possible; the rest is named with
 * its reason. Who heard of the closure hears of that; who did not, hears nothing. Lifted twice is lifted once.
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
    const ids = (await findClosed(trx, id)).filter(({ fate }) => fate !== 'kept').map(({ talkId }) => talkId)
    await lockTalks(trx, ids)
    const seats = [...(await findEndedSeats(trx, id)), ...(await findAllSeats(trx, ids))]
    const closed = (await findClosed(trx, id)).filter(({ talkId }) => ids.includes(talkId))
    const speakerIds = [...new Set(seats.map(seat => seat.speakerId))]
    await lockPeopleAndHalls(trx, speakerIds, [...new Set(closed.map(talk => talk.hostId))])
    await liftClosure(trx, id, now)
    await remember(trx, {
      houseId,
      kind: 'closure-lifted',
      at: now,
      byWhom: 'account',
      accountId,
      detail: { closure: id },
    })

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
    const people = { houseId, speakerIds, days: [...new Set(restored.map(talk => talk.held_on))] }
    await clearJourneys(trx, people)
    const versions = await restoreTalks(
      trx,
      id,
      restored.map(({ talkId }) => ({ talkId, hallId: hallIn(verdicts.get(talkId)) })),
      now,
    )
    await settle(trx, people, now)
    await resumeSearches(
      trx,
      restored.map(({ talkId }) => talkId),
      now,
    )
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
    await tell(trx, jobs, now, await lettersOf(trx, houseId, id, changed, now))
    return { location }
  })

const hallIn = (verdict: Verdict | undefined) => (verdict?.fate === 'restored' ? verdict.hallId : undefined)

async function lettersOf(trx: Trx, houseId: string, closureId: string, restored: ClosedTalk[], now: DateTime) {
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
  const heard = await findHeard(trx, closureId, ids)
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
