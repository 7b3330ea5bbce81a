import { remember } from '../base/db/changes.ts'
import type { Done, Form } from '../base/db/once.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, instantOf, type Moment } from '../base/time.ts'
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
import { clearJourneys, settle } from './busy-store.ts'
import { besideClosures } from './closing-lock-store.ts'
import { type Notice, notices, teamOf } from './notice-rules.ts'
import { findRecipients } from './recipient-store.ts'
import { answerBy, type Refused, type Seat, type TeamChange, teamChange } from './rules.ts'
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

/** Who changes a talk: a coordinator, the host by its link, or somebody who stands in. */
export type By = {
  houseId: string
  whom: 'account' | 'contact' | 'speaker'
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
}

type Plan = { moment?: Moment; team?: TeamMember[] | undefined }
type Propose = (world: World, request: Request, moment: Moment, team: TeamMember[]) => Plan | undefined

/** Another time, another team or both, judged by the engine as if the talk stood nowhere yet. */
export async function revise(
  trx: Trx,
  jobs: Jobs,
  secret: string,
  { by, talkId, location, note, joins }: Revision,
  now: DateTime,
  waived: Waived,
  propose: Propose,
  newcomers: string[] = [],
): Promise<Done | Refused> {
  await besideClosures(trx, by.houseId)
  const talk = await lockTalk(trx, by.houseId, talkId)
  if (!talk) return { refused: { code: 'missing' } }
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
  const { refusals } = fit(withoutTalk(far ?? whole, talk.id), asked.request, moment, team, waived)
  const moved = moment.day !== before.day || moment.from !== before.from || moment.to !== before.to
  // a talk that a closure was told to leave where it is may still get another team
  const standing = refusals.filter(refusal => !concernsAbsent(refusal, seats) && (moved || refusal.code !== 'closure'))
  if (standing.length > 0) return { refused: { code: 'impossible', refusals: standing, moment } }
  if (!moved && !plan.team) return { location }

  const change = teamChange(seats, team)
  const days = [...new Set([before.day, moment.day])]
  const filled = seats.filter(
    seat => seat.state === 'declined' && !team.some(({ speakerId }) => speakerId === seat.speakerId),
  )
  await clearJourneys(trx, { houseId: by.houseId, speakerIds: people, days })
  const version = await reviseTalk(trx, talk.id, moved ? { moment, startsAt } : undefined, now)
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
  await rememberTalk(trx, by, talk, kind, now, {
    ...(moved
      ? { day: moment.day, from: moment.from, dayBefore: before.day, fromBefore: before.from }
      : { in: joined[0]?.speakerId ?? null, out: [...change.leave, ...filled][0]?.speakerId ?? null }),
    ...noted(note),
  })
  const substitution = filled.length > 0 && !moved
  await tellTeam(
    trx,
    jobs,
    talk,
    { version, startsAt, endsAt },
    change,
    new Map(joined.map(seat => [seat.speakerId, seat.id])),
    moved ? 'moved' : 'team',
    now,
    { atOnce: substitution, note, joins },
  )
  return { location }
}

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
  { atOnce = false, note, joins }: { atOnce?: boolean; note?: string | undefined; joins?: string | undefined } = {},
): Promise<void> {
  const ids = [...change.stay, ...change.leave].map(({ speakerId }) => speakerId)
  const { speakers, contact } = await findRecipients(trx, {
    houseId: talk.house_id,
    talkId: talk.id,
    contactId: talk.contact_id,
    speakerIds: [...ids, ...joined.keys()],
  })
  const team = teamOf(change, joined, speakers)
  await supersede(trx, `talk:${talk.id}`, to.version, event)
  const dueAt = atOnce ? now : now.plus({ seconds: talk.undo_seconds })
  const about = { id: talk.id, houseId: talk.house_id, requestId: talk.request_id ?? undefined, zone: talk.zone, ...to }
  await tell(trx, jobs, now, notices({ talk: about, event, team, contact, dueAt, now, note, joins }))
}
