import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { DateTime, Day, Minute } from '../base/time.ts'

/** When the talk stood before the move of this instant, as the history has it. */
export async function formerTime(
  db: Db,
  talkId: string,
  movedAt: DateTime,
): Promise<{ day: Day; minute: Minute } | undefined> {
  const moved = await db
    .selectFrom('changes')
    .select('detail')
    .where('talk_id', '=', talkId)
    .where('kind', 'in', ['moved', 'undone'])
    .where('at', '=', movedAt)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const detail: unknown = typeof moved?.detail === 'string' ? JSON.parse(moved.detail) : moved?.detail
  if (typeof detail !== 'object' || detail === null || !('dayBefore' in detail) || !('fromBefore' in detail)) return
  const { dayBefore, fromBefore } = detail
  return typeof dayBefore === 'string' && typeof fromBefore === 'number'
    ? { day: dayBefore, minute: fromBefore }
    : undefined
}

/** Whether this person may have got an earlier letter about the talk; who never heard of it need not hear that it is off. */
export async function mayHaveHeard(db: Db, talkId: string, recipient: string, exceptId: string): Promise<boolean> {
  const row = await db
    .selectFrom('messages')
    .select('id')
    .where('talk_id', '=', talkId)
    .where('recipient', '=', recipient)
    // the same news by the other channel is no earlier letter
    .where(it =>
      it.not(
        it.exists(
          it
            .selectFrom('messages as mine')
            .select('mine.id')
            .where('mine.id', '=', exceptId)
            .whereRef('mine.version', '=', 'messages.version')
            .whereRef('mine.kind', '=', 'messages.kind'),
        ),
      ),
    )
    .where(it => it.or([it('state', 'in', ['sent', 'sending']), it('attempt', '>', 0)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the talk was moved since the last letter that reached this person: then their calendar has another time. */
export async function movedSinceTold(db: Db, talkId: string, recipient: string): Promise<boolean> {
  const row = await db
    .selectFrom('changes')
    .select('id')
    .where('talk_id', '=', talkId)
    .where(sql<boolean>`(kind in ('moved', 'undone') and jsonb_exists(detail, 'dayBefore') or kind = 'clocks-changed')`)
    .where(it =>
      it(
        'at',
        '>',
        it
          .selectFrom('messages')
          .select(sub => sub.fn.coalesce(sub.fn.max('created_at'), sql<DateTime>`'-infinity'`).as('told'))
          .where('talk_id', '=', talkId)
          .where('recipient', '=', recipient)
          .where('state', '=', 'sent')
          .where('channel', '=', 'mail')
          .where('kind', 'in', ['talk-booked', 'talk-changed']),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
