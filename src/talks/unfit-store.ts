import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Moment } from '../base/time.ts'
import { moment } from '../matching/read-store.ts'
import type { Refusal, World } from '../matching/rules.ts'
import type { Speaker } from '../speakers/rules.ts'
import { findGapCases, type GapCase } from './gap-store.ts'
import { newlyUnfit, unfitSeat } from './unfit-rules.ts'

/** A booked talk that the engine would not give to this person any more, and why. */
export type Unfit = { talkId: string; moment: Moment; refusals: Refusal[] }

/** The talks ahead of a speaker that no longer fit: a fixed number of queries, however many there are. */
export async function findUnfit(db: Db | Trx, houseId: string, speakerId: string, now: DateTime): Promise<Unfit[]> {
  const cases = await findGapCases(db, houseId, await seatsAhead(db, houseId, [speakerId], now), now)
  return cases.flatMap(each => unfitIn(each, each.world))
}

/** Of the talks ahead of these speakers those that fit and would not after a change; by speaker, all of them read at once. */
export async function findUnfitAfter(
  db: Db | Trx,
  houseId: string,
  speakerIds: string[],
  now: DateTime,
  change: (speaker: Speaker) => Speaker,
): Promise<Map<string, Unfit[]>> {
  const cases = await findGapCases(db, houseId, await seatsAhead(db, houseId, speakerIds, now), now)
  const known = cases[0]?.world.speakers
  const after = known?.map(change) ?? []
  const found = new Map<string, Unfit[]>()
  for (const each of cases) {
    const talks = newlyUnfit(
      unfitIn(each, each.world),
      unfitIn(each, {
        ...each.world,
        speakers: each.world.speakers === known ? after : each.world.speakers.map(change),
      }),
    )
    if (talks.length > 0) found.set(each.place.speakerId, [...(found.get(each.place.speakerId) ?? []), ...talks])
  }
  return found
}

const seatsAhead = (db: Db | Trx, houseId: string, speakerIds: string[], now: DateTime) =>
  db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .select([
      'talks.id as talkId',
      'talks.request_id as requestId',
      'held_on',
      'from_time',
      'minutes',
      'assignments.speaker_id as speakerId',
    ])
    .where('assignments.speaker_id', '=', sql<string>`any(${speakerIds}::uuid[])`)
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where(sql<boolean>`lower(talks.during) > ${now.toISO()}::timestamptz`)
    .orderBy('held_on')
    .orderBy('from_time')
    .orderBy('assignments.id')
    .execute()
type SeatAhead = Awaited<ReturnType<typeof seatsAhead>>[number]

function unfitIn({ place, request, team }: GapCase<SeatAhead>, world: World): Unfit[] {
  const its = moment(place)
  const refusals = unfitSeat(world, request, its, team, place)
  return refusals.length > 0 ? [{ talkId: place.talkId, moment: its, refusals }] : []
}
