import { remember } from '../base/db/changes.ts'
import type { Done, Form } from '../base/db/once.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, instantOf, type Moment } from '../base/time.ts'
import { hallOf } from '../matching/hall-rules.ts'
import {
  fit,
  type Refusal,
  type Request,
  type TeamMember,
  type Waived,
  type World,
  withoutTalk,
} from '../matching/rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { supersede, tell } from '../messages/store.ts'
import { forgetUndo, keepUndo, type Undoable } from '../requests/undo-store.ts'
import { clearJourneys, settle } from './busy-store.ts'
import { besideClosures } from './closing-lock-store.ts'
import { type Notice, notices, teamOf } from './notice-rules.ts'
import { findRecipients } from './recipient-store.ts'
import { answerBy, joiningSeconds, type Refused, type Seat, type TeamChange, teamChange } from './rules.ts'
import {
  askAgain,
  endSeats,
  findSeats,
  insertSeats,
  type LockedTalk,
  lockPeopleAndHall,
  lockTalk,
  momentOf,
  reviseTalk,
} from './store.ts'
import { endSearches } from './substitution-end-actions.ts'
import { openSearchesAnew } from './substitution-store.ts'
import { lettersDue, type Shown } from './undo-rules.ts'
import { standing } from './undo-store.ts'

/** Who changes a talk: a coordinator, the host by its link, somebody who stands in, or nobody, when a zone's clocks change. */
export type By = {
  houseId: string
  whom: 'account' | 'contact' | 'speaker' | 'system'
  accountId?: string | undefined
  speakerId?: string | undefined
}
export type Revision = {
  by: By
  talkId: string
  location: string
  form?: Form | undefined
  note?: string | undefined
  /** The act on several talks whose letters leave as one. */
  joins?: string | undefined
  /** What the form was shown with: an older version changes nothing. */
  shown?: Shown | undefined
  /** The booking itself is taken back: a host that has not heard of the talk hears nothing. */
  unsaid?: boolean | undefined
}

type Plan = { moment?: Moment; team?: TeamMember[] | undefined }
type Propose = (world: World, request: Request, moment: Moment, team: TeamMember[]) => Plan | undefined

/** Another time, another team or both, judged by the engine as if the talk stood nowhere yet. */
export async function revise(
  trx: Trx,
  jobs: Jobs,
  secret: string,
  { by, talkId, location, note, joins, shown }: Revision,
  now: DateTime,
  waived: Waived,
  propose: Propose,
  newcomers: string[] = [],
): Promise<Done | Refused> {
  await besideClosures(trx, by.houseId)
  const talk = await lockTalk(trx, by.houseId, talkId)
  if (!talk) return { refused: { code: 'missing' } }
  if (isStale(talk, shown)) return { refused: { code: 'stale', seen: shown?.seen } }
  if (talk.state !== 'booked') return { refused: { code: 'talk-ended', state: talk.state } }
  const seats = await findSeats(trx, talk.id)
  const people = [...new Set([...seats.map(({ speakerId }) => speakerId), ...newcomers])]
  await lockPeopleAndHall(trx, people, talk.host_id)
  const asked = talk.request_id === null ? undefined : await findAsked(trx, by.houseId, { id: talk.request_id })
  const before = momentOf(talk)
  const whole = asked && (await findWorld(trx, asked, { from: before.day, to: before.day }, now))
  if (!whole) return { refused: { code: 'missing' } }

  const plan = propose(withoutTalk(whole, talk.id), asked.request, before, seats.map(memberOf))
  if (!plan) return { refused: { code: 'not-in-team' } }
  const moment = plan.moment ?? before
  const team = plan.team ?? seats.map(memberOf)
  const startsAt = instantOf(moment.day, moment.from, talk.zone)
  if (typeof startsAt === 'string') return { refused: { code: 'no-such-hour', hour: startsAt } }
  const far = moment.day === before.day ? whole : await findWorld(trx, asked, { from: moment.day, to: moment.day }, now)
  const world = withoutTalk(far ?? whole, talk.id)
  const { refusals } = fit(world, asked.request, moment, team, waived)
  const moved = moment.day !== before.day || moment.from !== before.from || moment.to !== before.to
  // a talk that a closure was told to leave where it is may still get another team, and so may one in a hall that became small
  const inTheWay = refusals.filter(
    refusal => !concernsAbsent(refusal, seats) && (moved || !ofPlace.includes(refusal.code)),
  )
  if (inTheWay.length > 0) return { refused: { code: 'impossible', refusals: inTheWay, moment } }
  if (!moved && !plan.team) return { location }

  const change = teamChange(seats, team)
  const days = [...new Set([before.day, moment.day])]
  const stood = await standing(trx, talk)
  const filled = seats.filter(
    seat => seat.state === 'declined' && !team.some(({ speakerId }) => speakerId === seat.speakerId),
  )
  await clearJourneys(trx, { houseId: by.houseId, speakerIds: people, days })
  const version = await reviseTalk(
    trx,
    talk.id,
    moved ? { moment, startsAt, hallId: hallOf(world, asked.request, moment) } : undefined,
    now,
  )
  await endSeats(
    trx,
    [...change.leave, ...filled].map(({ assignmentId }) => assignmentId),
    now,
  )
  const minutes = moment.to - moment.from
  const endsAt = startsAt.plus({ minutes })
  const until = answerBy(startsAt, now, talk.answer_hours)
  if (moved) await askAgain(trx, talk.id, { from: startsAt, to: endsAt }, until)
  const joined = await insertSeats(
    trx,
    secret,
    { id: talk.id, startsAt, minutes },
    change.join.filter(({ speakerId }) => newcomers.includes(speakerId)),
    until,
    now,
  )
  await settle(trx, { houseId: by.houseId, speakerIds: people, days }, now, talk.id)
  await endSearches(trx, jobs, talk.id, moved ? 'changed' : by.whom === 'speaker' ? 'filled' : 'decided', now)
  const kind = moved ? 'moved' : 'team-changed'
  const [into, out] = [joined[0]?.speakerId, [...change.leave, ...filled][0]?.speakerId]
  await rememberTalk(trx, by, talk, kind, now, {
    version,
    ...(moved ? { day: moment.day, from: moment.from, dayBefore: before.day, fromBefore: before.from } : {}),
    ...(!moved || into ? { in: into ?? null, out: out ?? null } : {}),
    ...noted(note),
  })
  const substitution = filled.length > 0 && !moved
  const dueAt = lettersDue(now, waitingFor(talk, joins), [talk.during.from, startsAt], substitution)
  if (moved) await openSearchesAnew(trx, talk.id, dueAt, now)
  await keepUndone(trx, by, talk, { kind, version, at: now, lettersAt: dueAt, before: stood })
  await tellTeam(
    trx,
    jobs,
    talk,
    { version, startsAt, endsAt },
    change,
    new Map(joined.map(seat => [seat.speakerId, seat.id])),
    moved ? 'moved' : 'team',
    now,
    { dueAt, note, joins },
  )
  return { location }
}

/** How long letters wait: for second thoughts, and for the other letters of one act. */
export const waitingFor = (talk: Pick<LockedTalk, 'undo_seconds'>, joins: string | undefined): number =>
  joins === undefined ? talk.undo_seconds : Math.max(talk.undo_seconds, joiningSeconds)

/** Whether the form was shown before the talk became what it is. */
export const isStale = ({ version }: { version: number }, shown: Shown | undefined): boolean =>
  shown !== undefined && shown.version !== version

/** What a coordinator changed may be taken back; what the host did by its link is the host's own will. */
export async function keepUndone(
  trx: Trx,
  by: By,
  talk: LockedTalk,
  change: Pick<Undoable, 'kind' | 'version' | 'at' | 'lettersAt' | 'before'>,
): Promise<void> {
  if (by.whom !== 'account') return forgetUndo(trx, { talkId: talk.id })
  await keepUndo(trx, { houseId: by.houseId, of: { talkId: talk.id }, accountId: by.accountId, ...change })
}

const ofPlace: Refusal['code'][] = ['closure', 'hall-taken', 'no-hall-for']

/** Who has declined and isn't replaced yet is judged for the place only, not as a person. */
const concernsAbsent = (refusal: Refusal, seats: Seat[]): boolean =>
  'speakerId' in refusal && seats.some(seat => seat.state === 'declined' && seat.speakerId === refusal.speakerId)

const memberOf = ({ speakerId, profession }: Seat): TeamMember => ({ speakerId, profession })

/** The sentence that went into the letters of a change, for the history. */
export const noted = (note: string | undefined) => (note === undefined ? {} : { note })

export const rememberTalk = (
  trx: Trx,
  by: By,
  talk: LockedTalk,
  kind: string,
  now: DateTime,
  detail: Record<string, string | number | null>,
) =>
  remember(trx, {
    houseId: by.houseId,
    kind,
    at: now,
    byWhom: by.whom,
    accountId: by.accountId,
    speakerId: by.speakerId,
    requestId: talk.request_id,
    talkId: talk.id,
    detail,
  })

export async function tellTeam(
  trx: Trx,
  jobs: Jobs,
  talk: LockedTalk,
  to: { version: number; startsAt: DateTime; endsAt: DateTime },
  change: TeamChange,
  joined: Map<string, string>,
  event: Notice['event'],
  now: DateTime,
  {
    dueAt,
    note,
    joins,
    unsaid = false,
  }: { dueAt: DateTime; note?: string | undefined; joins?: string | undefined; unsaid?: boolean | undefined },
): Promise<void> {
  const ids = [...change.stay, ...change.leave].map(({ speakerId }) => speakerId)
  const { speakers, contact } = await findRecipients(trx, {
    houseId: talk.house_id,
    talkId: talk.id,
    contactId: talk.contact_id,
    speakerIds: [...ids, ...joined.keys()],
  })
  const team = teamOf(change, joined, speakers)
  const others = team.map(({ recipient }) => recipient)
  // who left before, and was not told yet, still has to hear it
  await supersede(trx, `talk:${talk.id}`, to.version, event, { kind: 'invitation-cancellation', others })
  const about = { id: talk.id, houseId: talk.house_id, requestId: talk.request_id ?? undefined, zone: talk.zone, ...to }
  const told = unsaid && contact?.untold.includes('talk-booked') ? undefined : contact
  await tell(trx, jobs, now, notices({ talk: about, event, team, contact: told, dueAt, now, note, joins }))
}
