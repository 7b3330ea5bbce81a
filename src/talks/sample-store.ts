import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'

export type TalkWish = 'booked' | 'cancelled' | 'held' | 'moved' | 'declined'

/** The House's newest talk of the wished kind, or its newest at all, to show a letter with; and when it was moved last. */
export async function newestTalk(
  db: Db,
  houseId: string,
  wish: TalkWish,
): Promise<{ id: string; movedAt: DateTime | null } | undefined> {
  const moved = sql<DateTime | null>`(select max(at) from changes c where c.talk_id = talks.id and c.kind = 'moved')`
  const fits = {
    booked: sql<boolean>`talks.state = 'booked'`,
    cancelled: sql<boolean>`talks.state = 'cancelled'`,
    held: sql<boolean>`talks.state = 'held'`,
    moved: sql<boolean>`${moved} is not null`,
    declined: sql<boolean>`exists (select from assignments a where a.talk_id = talks.id and a.state = 'declined')`,
  }[wish]
  return db
    .selectFrom('talks')
    .select(['talks.id', moved.as('movedAt')])
    .where('talks.house_id', '=', houseId)
    .orderBy(fits, 'desc')
    .orderBy('talks.created_at', 'desc')
    .orderBy('talks.id')
    .limit(1)
    .executeTakeFirst()
}
