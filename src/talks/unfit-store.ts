import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Moment } from '../base/time.ts'
import { moment } from '../matching/read-store.ts'
import type { Refusal } from '../matching/rules.ts'
import { findGapCases } from './gap-store.ts'
import { unfitSeat } from './unfit-rules.ts'

/** A booked talk that the engine would not give to this person any more, and why. */
export type Unfit = { talkId: string; moment: Moment; refusals: Refusal[] }

/** The talks ahead of a speaker that no longer fit: a fixed number of queries, however many there are. */
export async function findUnfit(db: Db | Trx, houseId: string, speakerId: string, now: DateTime): Promise<Unfit[]> {
  const talks = await db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .select(['talks.id as talkId', 'talks.request_id as requestId', 'held_on', 'from_time', 'minutes'])
    .where('assignments.speaker_id', '=', speakerId)
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where(sql<boolean>`lower(talks.during) > ${now.toISO()}::timestamptz`)
    .orderBy('held_on')
    .orderBy('from_time')
    .execute()
  const cases = await findGapCases(db, houseId, talks, now)
  return cases.flatMap(({ place, world, request, team }) => {
    const its = moment(place)
    const refusals = unfitSeat(world, request, its, team, { talkId: place.talkId, speakerId })
    return refusals.length > 0 ? [{ talkId: place.talkId, moment: its, refusals }] : []
  })
}
