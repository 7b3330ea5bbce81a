import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, instantOf } from '../base/time.ts'
import { hallOf } from '../matching/hall-rules.ts'
import { fit, undisputed, withoutTalk } from '../matching/rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { supersede, tell } from '../messages/store.ts'
import { turnRequest } from '../requests/state-store.ts'
import { findUndo, forgetUndo } from '../requests/undo-store.ts'
import { once } from './actions.ts'
import { clearJourneys, settle } from './busy-store.ts'
import { besideClosures } from './closing-lock-store.ts'
import { notices, teamOf } from './notice-rules.ts'
import { findRecipients } from './recipient-store.ts'
import { isStale, type Revision, rememberTalk } from './revision-actions.ts'
import { answerBy, isStanding, type Refused, type Seat } from './rules.ts'
import { endSeats, findSeats, type LockedTalk, lockPeopleAndHall, lockTalk, momentOf } from './store.ts'
import { endSearches } from './substitution-end-actions.ts'
import { resumeSearches } from './substitution-store.ts'
import { type Before, type Knowledge, type SeatBefore, type Undone, undoing } from './undo-rules.ts'
import { findKnowledge, lockRequestOf, restoreSeats, restoreTalk, type SeatBack } from './undo-store.ts'

export const eventOf = { moved: 'moved', 'team-changed': 'team', cancelled: 'cancelled' } as const

/** Waives what the change itself set aside: the talk stood at that time by somebody's will. */
const waived = { windows: true, notice: true, latest: true }

/**
 * Takes the last change of a talk back, as a version of its own: the engine judges it like any other change, whoever did not
 * hear of the change hears nothing, and whoever did is told the reverse.
 */
export const undo = (db: Db, jobs: Jobs, undoing: Revision, now: DateTime) =>
  once(db, undoing.form, now, trx => undoIn(trx, jobs, undoing, now))

async function undoIn(trx: Trx, jobs: Jobs, { by, talkId, location, shown }: Revision, now: DateTime) {
  await besideClosures(trx, by.houseId)
  const talk = await lockTalk(trx, by.houseId, talkId)
  if (!talk) return refused({ code: 'missing' })
  const last = await findUndo(trx, { talkId })
  if (isStale(talk, shown) || !last || last.kind === 'request-declined' || last.version !== talk.version)
    return refused({ code: 'stale', seen: shown?.seen })
  const event = eventOf[last.kind]
  if (talk.state !== (event === 'cancelled' ? 'cancelled' : 'booked'))
    return refused({ code: 'talk-ended', state: talk.state })
  const request = await lockRequestOf(trx, talk.request_id)
  const open: string[] = event === 'cancelled' ? ['waiting', 'withdrawn'] : ['booked']
  if (!request || !open.includes(request.state))
    return refused({
      code: 'request-ended',
      state: request?.state ?? 'withdrawn',
      talkId: request?.talkId ?? undefined,
    })

  const before = last.before as Before
  const moment = { day: before.day, from: before.from, to: before.from + before.minutes }
  const startsAt = instantOf(moment.day, moment.from, talk.zone)
  if (typeof startsAt === 'string') return refused({ code: 'no-such-hour', hour: startsAt })
  const seats = await findSeats(trx, talk.id)
  const people = [...new Set([...seats, ...before.seats].map(({ speakerId }) => speakerId))]
  await lockPeopleAndHall(trx, people, talk.host_id)

  const asked = await findAsked(trx, by.houseId, { id: request.id })
  const world = asked && (await findWorld(trx, asked, { from: moment.day, to: moment.day }, now))
  if (!world) return refused({ code: 'missing' })
  const { stay, back, gone } = apart(seats, before)
  const wanted = [...stay, ...back]
  // who comes changes nothing at a place that was closed with the talk left there, or put online
  const place = event === 'team' ? undisputed(world) : world
  const itself = { ...asked.request, mode: talk.mode }
  const judged = fit(withoutTalk(place, talk.id), itself, moment, wanted, waived)
  const refusals = judged.refusals.filter(each => !('speakerId' in each) || comes(each.speakerId))
  // a talk that comes back does so with those who are still free; their places stand open
  const busy = event === 'cancelled' ? refusals.flatMap(each => ('speakerId' in each ? [each.speakerId] : [])) : []
  const inTheWay = refusals.filter(each => !('speakerId' in each) || !busy.includes(each.speakerId))
  const left = wanted.some(({ speakerId }) => comes(speakerId) && !busy.includes(speakerId))
  if (inTheWay.length > 0 || (busy.length > 0 && !left)) return refused({ code: 'impossible', refusals, moment })

  const version = talk.version + 1
  await supersede(trx, `talk:${talk.id}`, version, 'undone', {
    kind: 'invitation-cancellation',
    others: people.map(id => `speaker:${id}`),
  })
  // only now: what was on its way when the rows were locked has been heard
  const known = await findKnowledge(trx, talk.id, { version: talk.version, event, at: last.at })
  const days = [...new Set([talk.held_on, moment.day])]
  await clearJourneys(trx, { houseId: by.houseId, speakerIds: people, days })
  const hallId = event === 'team' ? talk.hall_id : (hallOf(withoutTalk(world, talk.id), itself, moment) ?? null)
  await restoreTalk(trx, talk.id, { moment, startsAt, hallId }, now)
  await endSeats(
    trx,
    gone.map(({ assignmentId }) => assignmentId),
    now,
  )
  const endsAt = startsAt.plus({ minutes: before.minutes })
  const ask = answerBy(startsAt, now, talk.answer_hours).toISO()
  const seatOf = (seat: SeatBefore) => seatBack(seat, { event, known, busy, ask, now })
  const renewed =
    event === 'moved' ? before.seats.filter(({ id }) => stay.some(it => it.assignmentId === id && isStanding(it))) : []
  const returned = before.seats.filter(({ id }) => back.some(({ assignmentId }) => assignmentId === id))
  await restoreSeats(trx, [...renewed, ...returned].map(seatOf), { from: startsAt, to: endsAt })
  await settle(trx, { houseId: by.houseId, speakerIds: people, days }, now, talk.id)
  await endSearches(trx, jobs, talk.id, event === 'moved' ? 'changed' : 'decided', now)
  await resumeSearches(trx, [talk.id], now)
  if (event === 'cancelled') await turnRequest(trx, request.id, { state: 'booked' }, now)
  await rememberTalk(trx, by, talk, 'undone', now, {
    version,
    what: last.kind,
    ...detailOf(talk, event, before, back, gone, busy),
  })
  await forgetUndo(trx, { talkId })

  const standingBack = back.filter(({ state }) => isStanding({ state }))
  const change = {
    stay: stay.filter(isStanding),
    leave:
      event === 'cancelled'
        ? standingBack.filter(({ speakerId }) => busy.includes(speakerId))
        : gone.filter(isStanding),
    join: [],
  }
  const joined = new Map(
    standingBack.filter(({ speakerId }) => !busy.includes(speakerId)).map(it => [it.speakerId, it.assignmentId]),
  )
  const of = { houseId: by.houseId, talkId: talk.id, contactId: talk.contact_id, speakerIds: people }
  const { speakers, contact } = await findRecipients(trx, of)
  await tell(
    trx,
    jobs,
    now,
    notices({
      talk: { id: talk.id, houseId: talk.house_id, requestId: request.id, version, zone: talk.zone, startsAt, endsAt },
      event: 'undone',
      ...undoing(event, teamOf(change, joined, speakers), contact, known),
      dueAt: now,
      now,
    }),
  )
  return { location }

  /** Somebody who is counted on: not a refusal that stands. */
  function comes(speakerId: string): boolean {
    return wanted.some(seat => seat.speakerId === speakerId && isStanding(seat))
  }
}

const refused = (obstruction: Refused['refused']): Refused => ({ refused: obstruction })

/** Who is on the team now and was before, who comes back to it, and who has to go again. */
export function apart(seats: Seat[], before: Before): { stay: Seat[]; back: Seat[]; gone: Seat[] } {
  const was = (seat: Seat) => before.seats.some(({ id }) => id === seat.assignmentId)
  return {
    stay: seats.filter(was),
    back: before.seats
      .filter(({ id }) => !seats.some(({ assignmentId }) => assignmentId === id))
      .map(({ id, ...seat }) => ({ ...seat, assignmentId: id })),
    gone: seats.filter(seat => !was(seat)),
  }
}

type Return = {
  event: Undone
  known: Map<string, Knowledge>
  busy: string[]
  ask: string | null
  now: DateTime
}

/** A seat as it was for who heard nothing; who heard of the change is asked anew, and who is elsewhere by now leaves it open. */
function seatBack(seat: SeatBefore, { known, busy, ask, now }: Return): SeatBack {
  if (busy.includes(seat.speakerId)) return { ...seat, state: 'declined', answeredAt: now.toISO() }
  if (seat.state === 'declined' || !known.get(`speaker:${seat.speakerId}`)?.heard) return seat
  return { ...seat, state: 'invited', answeredAt: null, answerBy: ask }
}

function detailOf(talk: LockedTalk, event: Undone, before: Before, back: Seat[], gone: Seat[], busy: string[]) {
  const { day, from } = momentOf(talk)
  return {
    ...(event === 'moved' ? { day: before.day, from: before.from, dayBefore: day, fromBefore: from } : {}),
    ...(event === 'team' ? { in: back[0]?.speakerId ?? null, out: gone[0]?.speakerId ?? null } : {}),
    ...(busy[0] === undefined ? {} : { busy: busy[0] }),
  }
}
