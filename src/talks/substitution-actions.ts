import { remember } from '../base/db/changes.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { substitutes } from '../matching/offer-rules.ts'
import { undisputed, withoutTalk } from '../matching/rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { tell } from '../messages/store.ts'
import { findCoordinators, timesTold } from './answer-store.ts'
import { findSeats, type LockedTalk, lockTalk, momentOf } from './store.ts'
import { endSearchFor } from './substitution-end-actions.ts'
import { answerUntil, chosen, nextMove } from './substitution-rules.ts'
import {
  claimHouse,
  endSearch,
  findAddresses,
  findDueSearches,
  findQuestions,
  findSettings,
  findSkipped,
  insertQuestions,
  lockSearch,
  waitUntil,
} from './substitution-store.ts'

export type Due = { id: string; houseId: string; talkId: string }
/** How many are asked where a House asks none by itself and a coordinator wants it once. */
const usual = 2
const mostAtOnce = 200

/**
 * Moves every search on whose time has come: asks the next ones, or turns to the coordinator. Any number of processes may
 * do so at once, and one that dies leaves its search as it was. How many were looked at.
 */
export async function moveSearchesOn(
  db: Db,
  jobs: Jobs,
  secret: string,
  now: DateTime,
  onFault: (error: unknown) => void,
): Promise<number> {
  const due = await findDueSearches(db, now, mostAtOnce)
  for (const search of due)
    await transact(db, async trx => {
      if (await claimHouse(trx, search.houseId, false)) await moveOn(trx, jobs, secret, search, now)
    }).catch(onFault)
  return due.length
}

/** One step of one search, with its House claimed. `atOnce`: whoever decides so doesn't wait for answers or the morning. */
export async function moveOn(
  trx: Trx,
  jobs: Jobs,
  secret: string,
  { id, houseId, talkId }: Due,
  now: DateTime,
  atOnce = false,
): Promise<void> {
  const talk = await lockTalk(trx, houseId, talkId)
  const search = talk && (await lockSearch(trx, id))
  if (!talk || !search || (!atOnce && search.nextAt > now)) return
  const which = { talkId, assignmentId: search.assignmentId }
  if (talk.state !== 'booked' || talk.during.from <= now)
    return void (await endSearchFor(trx, jobs, which, 'over', now))
  if (!search.placeOpen) return void (await endSearchFor(trx, jobs, which, 'decided', now))

  const found = await findPossible(trx, talk, search, now)
  const settings = await findSettings(trx, houseId)
  const questions = await findQuestions(trx, id)
  const hours = { startsAt: talk.during.from, zone: talk.zone, quiet: settings.quiet }
  const open = questions.filter(({ answer, until }) => answer === null && until > now)
  const move = nextMove({ ...hours, atOnce: settings.atOnce || usual, open }, now, atOnce)
  if ('wait' in move) return waitUntil(trx, id, move.wait)
  const skipped = await findSkipped(
    trx,
    { houseId, talkId, assignmentId: search.assignmentId },
    { startsAt: talk.during.from, endsAt: talk.during.to },
    now,
  )
  const named = questions.flatMap(({ colleagueId }) => colleagueId ?? [])
  const next = 'ask' in move ? chosen(found, skipped, named, move.ask) : []
  if (next.length === 0) {
    const soonest = open.map(({ until }) => until).sort((a, b) => +a - +b)[0]
    return soonest ? waitUntil(trx, id, soonest) : escalate(trx, jobs, talk, { ...search, id }, now)
  }
  const until = answerUntil(hours, now)
  const asked = await insertQuestions(
    trx,
    secret,
    id,
    next.map(({ speakerId, profession, reasons }) => ({
      speakerId,
      profession,
      reasons: reasons.filter(reason => !('speakerId' in reason) || reason.speakerId === speakerId),
      namedBy: questions.find(({ colleagueId }) => colleagueId === speakerId)?.speakerId,
      until,
    })),
    now,
  )
  await waitUntil(trx, id, [...open.map(each => each.until), until].sort((a, b) => +a - +b)[0] ?? until)
  await remember(trx, { ...lineOf(talk), kind: 'substitutes-asked', at: now, detail: { people: asked.length } })
  await tellAsked(trx, jobs, talk, asked, until, now)
}

/** Everybody whom the engine would put on the place, best first. */
async function findPossible(trx: Trx, talk: LockedTalk, search: { out: string }, now: DateTime) {
  const asked = talk.request_id === null ? undefined : await findAsked(trx, talk.house_id, { id: talk.request_id })
  const moment = momentOf(talk)
  const whole = asked && (await findWorld(trx, asked, { from: moment.day, to: moment.day }, now))
  if (!whole) return []
  const world = undisputed(withoutTalk(whole, talk.id))
  const seats = await findSeats(trx, talk.id)
  const absent = seats.filter(({ state }) => state === 'declined').map(({ speakerId }) => speakerId)
  return substitutes(world, asked.request, moment, seats, search.out, absent)
}

const lineOf = (talk: LockedTalk) => ({
  houseId: talk.house_id,
  byWhom: 'system' as const,
  requestId: talk.request_id,
  talkId: talk.id,
})

const aboutOf = (talk: LockedTalk) => ({
  houseId: talk.house_id,
  talkId: talk.id,
  ...(talk.request_id === null ? {} : { requestId: talk.request_id }),
})

async function tellAsked(
  trx: Trx,
  jobs: Jobs,
  talk: LockedTalk,
  asked: { id: string; speakerId: string }[],
  until: DateTime,
  now: DateTime,
): Promise<void> {
  const people = await findAddresses(
    trx,
    asked.map(({ speakerId }) => speakerId),
  )
  await tell(
    trx,
    jobs,
    now,
    asked.flatMap(({ id, speakerId }) => {
      const person = people.find(each => each.id === speakerId)
      if (!person) return []
      return [
        {
          ...aboutOf(talk),
          kind: 'substitution-asked' as const,
          cause: `ask:${id}`,
          version: 1,
          recipient: `speaker:${speakerId}`,
          address: person.email,
          language: person.language,
          dueAt: now,
          notAfter: until,
        },
      ]
    }),
  )
}

/** Nobody is left to ask: those who decide hear it, with what would still help. */
async function escalate(
  trx: Trx,
  jobs: Jobs,
  talk: LockedTalk,
  search: { id: string; assignmentId: string },
  now: DateTime,
): Promise<void> {
  await endSearch(trx, search.id, 'escalated', now)
  await remember(trx, { ...lineOf(talk), kind: 'substitution-escalated', at: now })
  const cause = `substitution:${search.id}`
  // a search that a colleague's name opened again may come to its end again
  const version = (await timesTold(trx, cause)) + 1
  const coordinators = await findCoordinators(trx, talk.house_id)
  await tell(
    trx,
    jobs,
    now,
    coordinators.map(({ id, email, language }) => ({
      ...aboutOf(talk),
      kind: 'substitution-escalated' as const,
      cause,
      version,
      recipient: `account:${id}`,
      address: email,
      language,
      dueAt: now,
      notAfter: talk.during.from,
      accountId: id,
      assignmentId: search.assignmentId,
    })),
  )
}
