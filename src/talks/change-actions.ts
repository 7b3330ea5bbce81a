import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime, Moment } from '../base/time.ts'
import { taught } from '../hosts/rules.ts'
import { fit, type Waived, type World } from '../matching/rules.ts'
import { momentFrom, seated } from '../matching/seat-rules.ts'
import { turnRequest } from '../requests/state-store.ts'
import { once } from './actions.ts'
import { settle } from './busy-store.ts'
import {
  isStale,
  keepUndone,
  noted,
  type Revision,
  rememberTalk,
  revise,
  tellTeam,
  waitingFor,
} from './revision-actions.ts'
import { afterCancellation, type CancelReason, type Start, swapped, teamChange } from './rules.ts'
import { cancelTalk, endSeats, findSeats, lockPeopleAndHall, lockTalk } from './store.ts'
import { endSearches } from './substitution-end-actions.ts'
import { lettersDue } from './undo-rules.ts'
import { standing } from './undo-store.ts'

export type Moving = Revision & { startsAt: Start; minutes?: number | undefined; waived?: Waived; speakers?: string[] }

/** The talk goes to another time with the same people, or with these `speakers`; `waived` sets the wishes of the request aside. */
export const move = (db: Db, jobs: Jobs, secret: string, moving: Moving, now: DateTime) =>
  once(db, moving.form, now, trx =>
    revise(
      trx,
      jobs,
      secret,
      moving,
      now,
      moving.waived ?? {},
      (world, request, before) => ({
        moment: momentFrom(world, request, moving.startsAt, moving.minutes ?? lengthOf(world, before)),
        team: moving.speakers && seated(world, moving.speakers),
      }),
      moving.speakers,
    ),
  )

/** Somebody else comes instead of one of the team, at the same time. */
export const swap = (
  db: Db,
  jobs: Jobs,
  secret: string,
  swapping: Revision & { out: string; in: string },
  now: DateTime,
) =>
  once(db, swapping.form, now, trx =>
    revise(
      trx,
      jobs,
      secret,
      swapping,
      now,
      { windows: true, notice: true, latest: true },
      (world, request, moment, team) => {
        if (
          !team.some(({ speakerId }) => speakerId === swapping.out) ||
          team.some(({ speakerId }) => speakerId === swapping.in)
        )
          return
        const professions = world.speakers.find(({ id }) => id === swapping.in)?.professions ?? ['']
        const ways = professions.map(profession => swapped(team, swapping.out, { speakerId: swapping.in, profession }))
        const judged = ways.map(way => ({
          team: way,
          count: fit(world, request, moment, way, { windows: true, notice: true, latest: true }).refusals.length,
        }))
        return { team: judged.sort((a, b) => a.count - b.count)[0]?.team }
      },
      [swapping.in],
    ),
  )

/** The talk is called off: people are free again, calendars hear of it; the request waits again or, for good reason or with `ends`, ends. */
export const cancel = (
  db: Db,
  jobs: Jobs,
  cancelling: Revision & { reason: CancelReason; ends?: boolean },
  now: DateTime,
) =>
  once(db, cancelling.form, now, async trx => {
    const { by, talkId, reason, note, joins, shown, unsaid } = cancelling
    const talk = await lockTalk(trx, by.houseId, talkId)
    if (!talk) return { refused: { code: 'missing' } }
    if (isStale(talk, shown)) return { refused: { code: 'stale', seen: shown?.seen } }
    if (talk.state !== 'booked') return { refused: { code: 'talk-ended', state: talk.state } }
    const seats = await findSeats(trx, talk.id)
    await lockPeopleAndHall(
      trx,
      seats.map(({ speakerId }) => speakerId),
      talk.host_id,
    )
    const before = await standing(trx, talk)
    const version = await cancelTalk(trx, talk.id, reason, now)
    const change = teamChange(seats, [])
    await endSeats(
      trx,
      seats.map(({ assignmentId }) => assignmentId),
      now,
    )
    await settle(
      trx,
      { houseId: by.houseId, speakerIds: seats.map(({ speakerId }) => speakerId), days: [talk.held_on] },
      now,
    )
    if (talk.request_id)
      await turnRequest(trx, talk.request_id, { state: cancelling.ends ? 'withdrawn' : afterCancellation(reason) }, now)
    await endSearches(trx, jobs, talk.id, 'changed', now)
    await rememberTalk(trx, by, talk, 'cancelled', now, { version, reason, ...noted(note) })
    const during = { startsAt: talk.during.from, endsAt: talk.during.to }
    const dueAt = lettersDue(now, waitingFor(talk, joins), [talk.during.from])
    await keepUndone(trx, by, talk, { kind: 'cancelled', version, at: now, lettersAt: dueAt, before })
    await tellTeam(trx, jobs, talk, { version, ...during }, change, new Map(), 'cancelled', now, {
      ...{ dueAt, note, joins, unsaid },
    })
    return { location: cancelling.location }
  })

/** A talk that is moved keeps its length, unless lessons rule. */
const lengthOf = ({ host, audience }: World, before: Moment): number | undefined =>
  taught(host, audience.id) ? undefined : before.to - before.from
