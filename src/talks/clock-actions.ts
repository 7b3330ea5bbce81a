import type { Db } from '../base/db/open.ts'
import { keepSetting, settingOf } from '../base/db/settings.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, plusDays, wallOf } from '../base/time.ts'
import { forgetUndo } from '../requests/undo-store.ts'
import { clearJourneys, settle } from './busy-store.ts'
import { inTurn, isNewer, keptAt, type Promised } from './clock-rules.ts'
import { afterQuiet, findPromises, keepSeats } from './clock-store.ts'
import { besideClosures } from './closing-lock-store.ts'
import { rememberTalk, tellTeam } from './revision-actions.ts'
import { teamChange } from './rules.ts'
import { findSeats, lockPeopleAndHall, lockTalk, momentOf, reviseTalk } from './store.ts'

/**
 * The wall clock is the promise: when a zone's law changes, talks keep their hour and their instants are reckoned anew, once
 * for each newer edition of the time-zone data (calendars.md section 3). Whoever still runs on older data changes nothing
 * back. What cannot be kept, a person has to see to; it is tried again at the next look, as is all that a process which is to
 * end leaves undone. How many talks were reckoned anew.
 */
export async function keepPromises(
  db: Db,
  jobs: Jobs,
  now: DateTime,
  edition: string,
  onFault: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<number> {
  if (!isNewer(edition, await settingOf(db, 'zone_data'))) return 0
  const promised = await findPromises(db, plusDays(wallOf(now, 'utc').day, -1))
  let [kept, broken] = [0, 0]
  const fault = ({ id }: Promised, error: unknown) => {
    broken++
    onFault(new Error(`the hour of talk ${id} cannot be kept: ${error instanceof Error ? error.message : error}`))
  }
  const shifted = promised.flatMap(talk => {
    const at = keptAt(talk)
    // what has begun by either law stays as it was: data often come when the law is some days old
    if (talk.startsAt <= now && (at === 'unclear' || (at && at <= now))) return []
    if (at === 'unclear') fault(talk, `${talk.day} ${talk.from} is no single time in ${talk.zone}`)
    return at === undefined || at === 'unclear' ? [] : [{ ...talk, keptAt: at }]
  })
  for (const talk of inTurn(shifted)) {
    if (signal?.aborted) return kept
    try {
      if (await transact(db, trx => keepPromise(trx, jobs, talk, now))) kept++
    } catch (error) {
      fault(talk, error)
    }
  }
  if (broken === 0) await keepSetting(db, 'zone_data', edition)
  return kept
}

/** One talk at its hour by the new data: calendars get it by a higher sequence, answers stand, reminders are planned anew. */
async function keepPromise(trx: Trx, jobs: Jobs, { id, houseId }: Promised, now: DateTime): Promise<boolean> {
  await besideClosures(trx, houseId)
  const talk = await lockTalk(trx, houseId, id)
  const startsAt =
    talk && keptAt({ day: talk.held_on, from: talk.from_time, zone: talk.zone, startsAt: talk.during.from })
  // moved, called off, or kept by another process meanwhile
  if (talk?.state !== 'booked' || !startsAt || startsAt === 'unclear') return false
  const seats = await findSeats(trx, id)
  const people = seats.map(({ speakerId }) => speakerId)
  await lockPeopleAndHall(trx, people, talk.host_id)
  const days = { houseId, speakerIds: people, days: [talk.held_on] }
  const moment = momentOf(talk)
  await clearJourneys(trx, days)
  const version = await reviseTalk(trx, id, { moment, startsAt, hallId: talk.hall_id ?? undefined }, now)
  await keepSeats(trx, id)
  await settle(trx, days, now)
  const by = { houseId, whom: 'system' as const }
  await rememberTalk(trx, by, talk, 'clocks-changed', now, { version, day: moment.day, from: moment.from })
  await forgetUndo(trx, { talkId: id })
  const endsAt = startsAt.plus({ minutes: talk.minutes })
  const change = teamChange(seats, seats)
  const dueAt = await afterQuiet(trx, houseId, now)
  await tellTeam(trx, jobs, talk, { version, startsAt, endsAt }, change, new Map(), 'moved', now, { dueAt })
  return true
}
