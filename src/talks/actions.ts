import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, instantOf } from '../base/time.ts'
import { hallOf } from '../matching/hall-rules.ts'
import { fit, type Waived } from '../matching/rules.ts'
import { momentFrom, seated } from '../matching/seat-rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { tell } from '../messages/store.ts'
import { turnRequest } from '../requests/state-store.ts'
import { clearJourneys, settle } from './busy-store.ts'
import { besideClosures } from './closing-lock-store.ts'
import { notices } from './notice-rules.ts'
import { findRecipients } from './recipient-store.ts'
import { answerBy, joiningSeconds, obstructionOf, type Refused, type Start } from './rules.ts'
import { insertSeats, insertTalk, lockPeopleAndHall, lockRequest } from './store.ts'
import { lettersDue } from './undo-rules.ts'

export type Booking = {
  actor: { accountId: string; houseId: string }
  requestNumber: number
  startsAt: Start
  /** Ids of the speakers, in any order. */
  speakers: string[]
  minutes?: number | undefined
  waived?: Waived | undefined
  form?: Form | undefined
  /** A sentence of the coordinator's own for the letters. */
  note?: string | undefined
  /** The act on several requests whose letters leave as one, some seconds later, when all of them are booked. */
  joins?: string | undefined
}

/** Team, hall and time are taken together or not at all; invitations and the host's letter leave with the same transaction. */
export function book(db: Db, jobs: Jobs, secret: string, booking: Booking, now: DateTime): Promise<Done | Refused> {
  return once(db, booking.form, now, trx => bookIn(trx, jobs, secret, booking, now))
}

/** One form, one outcome; what a constraint refuses comes back as a refusal. */
export async function once(
  db: Db,
  form: Form | undefined,
  now: DateTime,
  work: (trx: Trx) => Promise<Done | Refused>,
): Promise<Done | Refused> {
  try {
    return await transactOnce<Refused>(db, form ?? { key: undefined, url: '', by: '', body: undefined, now }, work)
  } catch (error) {
    const refused = obstructionOf(brokenConstraint(error))
    if (refused) return { refused }
    throw error
  }
}

async function bookIn(trx: Trx, jobs: Jobs, secret: string, booking: Booking, now: DateTime): Promise<Done | Refused> {
  const { actor, startsAt: start } = booking
  const { houseId } = actor
  await besideClosures(trx, houseId)
  const request = await lockRequest(trx, houseId, booking.requestNumber)
  if (!request || request.state === 'unconfirmed') return { refused: { code: 'missing' } }
  if (request.state !== 'waiting')
    return { refused: { code: 'request-ended', state: request.state, talkId: await findStanding(trx, request.id) } }
  await lockPeopleAndHall(trx, booking.speakers, request.host_id)
  const asked = await findAsked(trx, houseId, { id: request.id })
  const world = asked && (await findWorld(trx, asked, { from: start.day, to: start.day }, now))
  if (!world) return { refused: { code: 'missing' } }

  const startsAt = instantOf(start.day, start.minute, request.zone)
  if (typeof startsAt === 'string') return { refused: { code: 'no-such-hour', hour: startsAt } }
  const moment = momentFrom(world, asked.request, start, booking.minutes)
  const team = seated(world, booking.speakers)
  const { refusals } = fit(world, asked.request, moment, team, booking.waived)
  if (refusals.length > 0) return { refused: { code: 'impossible', refusals, moment } }

  const minutes = moment.to - moment.from
  const people = { houseId, speakerIds: booking.speakers, days: [moment.day] }
  const id = await insertTalk(
    trx,
    {
      houseId,
      requestId: request.id,
      hostId: request.host_id,
      topicId: request.topic_id,
      zone: request.zone,
      moment,
      startsAt,
      mode: request.mode,
      hallId: hallOf(world, asked.request, moment),
      heads: request.heads,
      public: request.public,
    },
    now,
  )
  await clearJourneys(trx, people)
  const seats = await insertSeats(
    trx,
    secret,
    { id, startsAt, minutes },
    team,
    answerBy(startsAt, now, request.answer_hours),
    now,
  )
  await settle(trx, people, now, id)
  await turnRequest(trx, request.id, { state: 'booked' }, now)
  await remember(trx, {
    houseId,
    kind: 'booked',
    at: now,
    byWhom: 'account',
    accountId: actor.accountId,
    requestId: request.id,
    talkId: id,
    detail: {
      day: moment.day,
      from: moment.from,
      people: team.length,
      ...(booking.note === undefined ? {} : { note: booking.note }),
    },
  })

  const { speakers, contact } = await findRecipients(trx, {
    houseId,
    talkId: id,
    contactId: request.contact_id,
    speakerIds: booking.speakers,
  })
  const talk = {
    id,
    houseId,
    requestId: request.id,
    version: 1,
    zone: request.zone,
    startsAt,
    endsAt: startsAt.plus({ minutes }),
  }
  const mates = seats.flatMap(seat => {
    const recipient = speakers.get(seat.speakerId)
    return recipient ? [{ ...recipient, assignmentId: seat.id, news: 'joins' as const }] : []
  })
  await tell(
    trx,
    jobs,
    now,
    notices({
      talk,
      event: 'booked',
      team: mates,
      contact,
      dueAt:
        booking.joins === undefined ? now : lettersDue(now, Math.max(joiningSeconds, request.undo_seconds), [startsAt]),
      now,
      note: booking.note,
      joins: booking.joins,
    }),
  )
  return { location: `/app/talks/${id}` }
}

async function findStanding(trx: Trx, requestId: string): Promise<string | undefined> {
  const talk = await trx
    .selectFrom('talks')
    .select('id')
    .where('request_id', '=', requestId)
    .where('state', 'in', ['booked', 'held'])
    .executeTakeFirst()
  return talk?.id
}
