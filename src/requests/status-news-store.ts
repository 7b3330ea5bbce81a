import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Day, Minute } from '../base/time.ts'

export type Former = { day: Day; minute: Minute }

export type TalkNews = { former: Former | undefined; closing: 'online' | 'postponed' | 'other' | undefined }

/** When the talk stood before it was moved last, and what a closure made of it: what a host wants to hear first. */
export async function findNews(db: Db, talkId: string): Promise<TalkNews> {
  const moved = await db
    .selectFrom('changes')
    .select([sql<Day>`detail ->> 'dayBefore'`.as('day'), sql<Minute>`(detail ->> 'fromBefore')::int`.as('minute')])
    .where('talk_id', '=', talkId)
    .where('kind', 'in', ['moved', 'undone'])
    .where(sql<boolean>`jsonb_exists(detail, 'dayBefore') and jsonb_exists(detail, 'fromBefore')`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const closing = await db
    .selectFrom('closure_talks')
    .select('outcome')
    .where('talk_id', '=', talkId)
    .where('restored_at', 'is', null)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const outcome = closing?.outcome
  return {
    former: moved,
    closing: outcome === 'online' || outcome === 'postponed' ? outcome : outcome && 'other',
  }
}
