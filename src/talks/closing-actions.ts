import { remember, rememberAll } from '../base/db/changes.ts'
import type { Form } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, plusDays } from '../base/time.ts'
import { type ClosureValue, touched } from '../houses/closure-rules.ts'
import { findStanding, insertClosure } from '../houses/closure-store.ts'
import { tell } from '../messages/store.ts'
import { turnRequests } from '../requests/state-store.ts'
import { once } from './actions.ts'
import { settle } from './busy-store.ts'
import { aloneInHouse, lockPeopleAndHalls } from './closing-lock-store.ts'
import { closureNews, ends, type Fate, type Mate, type News, proposalFor, reasonOf } from './closing-rules.ts'
import {
  cancelTalks,
  findAllSeats,
  keepClosing,
  lockTalks,
  putOnline,
  type SeatToClose,
  supersedeAll,
  type TalkToClose,
} from './closing-store.ts'
import { findAllRecipients } from './recipient-store.ts'
import { isStanding } from './rules.ts'
import { endSeats } from './store.ts'
import { endAllSearches } from './substitution-end-actions.ts'

export type Closing = {
  by: { accountId: string; houseId: string }
  value: ClosureValue
  /** What was chosen for some of the talks; the others get what is proposed. */
  fates: Map<string, Fate>
  /** Meetings of some talks' own. */
  links: Map<string, string>
  form: Form
}

type Closed = TalkToClose & { fate: Fate; version: number; link: string | null; seats: SeatToClose[] }

/**
 * The places are closed, and at once every talk that stands there gets what was chosen for it: online, put off with its request
 * waiting before all others, or called off. Everybody is told whatever the hour. What is being booked meanwhile comes before
 * this and is touched, or after it and is refused.
 */
export const close = (db: Db, jobs: Jobs, { by, value, fates, links, form }: Closing) =>
  once(db, form, form.now, async trx => {
    const { houseId, accountId } = by
    const { now } = form
    await aloneInHouse(trx, houseId)
    const standing = touched(value, await findStanding(trx, houseId, value.from, value.to, now))
    const locked = await lockTalks(
      trx,
      standing.map(({ id }) => id),
    )
    // cancelled or held by somebody who was a moment faster
    const booked = locked.filter(talk => talk.state === 'booked' && talk.during.from > now)
    const seats = await findAllSeats(
      trx,
      booked.map(({ id }) => id),
    )
    const speakerIds = [...new Set(seats.map(seat => seat.speakerId))]
    await lockPeopleAndHalls(trx, speakerIds, [...new Set(booked.map(talk => talk.host_id))])
    const id = await insertClosure(trx, houseId, accountId, value, now)
    await remember(trx, {
      houseId,
      kind: 'closed',
      at: now,
      byWhom: 'account',
      accountId,
      detail: { closure: id },
    })

    const bySeat = Map.groupBy(seats, seat => seat.talkId)
    const chosen = booked.map(talk => {
      const its = standing.find(each => each.id === talk.id) ?? { online: false, mayGoOnline: true }
      const fate = fates.get(talk.id) ?? proposalFor(value.outcome, its)
      const link = fate === 'online' ? (links.get(talk.id) ?? value.link) : talk.link
      return { talk, fate, link, seats: bySeat.get(talk.id) ?? [] }
    })
    const over = chosen.filter(({ fate }) => ends(fate))
    const online = chosen.filter(({ fate }) => fate === 'online')
    const versions = new Map([
      ...(await putOnline(
        trx,
        online.map(({ talk, link }) => ({ id: talk.id, link })),
        now,
      )),
      ...(await cancelTalks(
        trx,
        over.map(({ talk }) => talk.id),
        reasonOf(value.cause),
        now,
      )),
    ])
    await keepClosing(
      trx,
      id,
      chosen.map(({ talk, fate }) => ({ ...talk, fate, version: versions.get(talk.id) ?? talk.version })),
      over.flatMap(its => its.seats),
    )
    await endSeats(
      trx,
      over.flatMap(its => its.seats.map(({ assignmentId }) => assignmentId)),
      now,
    )
    await endAllSearches(
      trx,
      jobs,
      over.map(({ talk }) => talk.id),
      now,
    )
    await settle(trx, { houseId, speakerIds, days: [...new Set(booked.map(talk => talk.held_on))] }, now)
    await turnAll(trx, chosen, plusDays(value.to, 1), now)
    const changed = [...online, ...over].map(({ talk, ...its }) => ({
      ...talk,
      ...its,
      version: versions.get(talk.id) ?? talk.version,
    }))
    await rememberAll(
      trx,
      changed.map(talk => ({
        houseId,
        kind: ends(talk.fate) ? 'cancelled' : 'put-online',
        at: now,
        byWhom: 'account' as const,
        accountId,
        requestId: talk.request_id,
        talkId: talk.id,
        detail: { closure: id, ...(ends(talk.fate) ? { reason: reasonOf(value.cause) } : {}) },
      })),
    )
    await tell(trx, jobs, now, await lettersOf(trx, houseId, id, changed, now))
    return { location: `/app/closures/${id}` }
  })

/** Requests of postponed talks wait again from the day after the closure; those of cancelled ones end. */
async function turnAll(
  trx: Trx,
  chosen: { talk: TalkToClose; fate: Fate }[],
  postponedFrom: string,
  now: DateTime,
): Promise<void> {
  const requests = (fate: Fate) => chosen.flatMap(it => (it.fate === fate ? (it.talk.request_id ?? []) : []))
  await turnRequests(trx, requests('postponed'), { state: 'waiting', postponedFrom }, now)
  await turnRequests(trx, requests('cancelled'), { state: 'withdrawn' }, now)
}

async function lettersOf(trx: Trx, houseId: string, closureId: string, changed: Closed[], now: DateTime) {
  // read before what waits is superseded: who was never told of a talk hears of it now, or nothing
  const recipients = await findAllRecipients(
    trx,
    houseId,
    changed.map(talk => ({
      talkId: talk.id,
      contactId: talk.contact_id,
      speakerIds: talk.seats.map(({ speakerId }) => speakerId),
    })),
  )
  const ids = (over: boolean) => changed.filter(({ fate }) => ends(fate) === over).map(({ id }) => id)
  await supersedeAll(trx, ids(true), 'cancelled')
  await supersedeAll(trx, ids(false), 'newer')
  const news = changed.map((talk): News => {
    const found = recipients.get(talk.id)
    const team = talk.seats.filter(isStanding).flatMap((seat): Mate[] => {
      const recipient = found?.speakers.get(seat.speakerId)
      return recipient ? [{ ...recipient, assignmentId: seat.assignmentId, travelMinutes: seat.travelMinutes }] : []
    })
    return {
      closureId,
      talk: noticed(houseId, talk),
      ends: ends(talk.fate),
      team,
      contact: found?.contact,
      concerns: 'everybody',
      now,
    }
  })
  return closureNews(news, now)
}

/** A talk as letters speak of it. */
export const noticed = (
  houseId: string,
  talk: Pick<TalkToClose, 'id' | 'request_id' | 'version' | 'zone' | 'during'>,
): News['talk'] => ({
  id: talk.id,
  houseId,
  requestId: talk.request_id ?? undefined,
  version: talk.version,
  zone: talk.zone,
  startsAt: talk.during.from,
  endsAt: talk.during.to,
})
