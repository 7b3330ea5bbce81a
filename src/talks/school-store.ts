import type { Db } from '../base/db/open.ts'
import { seatsThatCount } from './seat-store.ts'

/** The request behind a school's link, with the talk that stands for it. */
export const findByLink = (db: Db, tokenHash: string) =>
  db
    .selectFrom('requests')
    .innerJoin('houses', 'houses.id', 'requests.house_id')
    .leftJoin('talks', join =>
      join.onRef('talks.request_id', '=', 'requests.id').on('talks.state', 'in', ['booked', 'held']),
    )
    .select([
      'requests.id',
      'requests.house_id as houseId',
      'requests.number',
      'requests.state',
      'requests.language',
      'requests.ended_at',
      'houses.zone',
      'talks.id as talkId',
      'talks.state as talkState',
      'talks.held_on',
      'talks.from_time',
      'talks.minutes',
      'talks.during',
    ])
    .where('requests.token_hash', '=', tokenHash)
    .executeTakeFirst()
export type Linked = NonNullable<Awaited<ReturnType<typeof findByLink>>>

/** Who is to come to a talk as it stands, declined places included. */
export const findStandingTeam = (db: Db, talkId: string) =>
  seatsThatCount(db, [talkId]).select(['speaker_id as speakerId', 'profession']).execute()
