import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'

/** The seats of these talks that still count, standing or declined and not filled again, in the order of their invitations. */
export const seatsThatCount = (db: Db | Trx, talkIds: string[]) =>
  db
    .selectFrom('assignments')
    .where('talk_id', '=', sql<string>`any(${talkIds}::uuid[])`)
    .where(eb =>
      eb.or([
        eb('state', 'in', ['invited', 'accepted']),
        eb.and([eb('state', '=', 'declined'), eb('ended_at', 'is', null)]),
      ]),
    )
    .orderBy('invited_at')
    .orderBy('id')
