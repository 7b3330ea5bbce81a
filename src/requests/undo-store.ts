import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'

export type UndoKind = 'moved' | 'team-changed' | 'cancelled' | 'request-declined'
export type Undoable = {
  houseId: string
  of: { talkId: string } | { requestId: string }
  kind: UndoKind
  /** The version of the talk or request that the change made. */
  version: number
  at: DateTime
  /** Until when its letters wait. */
  lettersAt: DateTime
  accountId: string | undefined
  before: unknown
}
export type Undo = {
  kind: UndoKind
  version: number
  at: DateTime
  lettersAt: DateTime
  accountId: string | null
  before: unknown
}

/** Keeps how things stood before a change; only the last one can be taken back. */
export async function keepUndo(trx: Trx, change: Undoable): Promise<void> {
  const talkId = 'talkId' in change.of ? change.of.talkId : null
  const requestId = 'requestId' in change.of ? change.of.requestId : null
  await forgetUndo(trx, change.of)
  await trx
    .insertInto('undos')
    .values({
      house_id: change.houseId,
      talk_id: talkId,
      request_id: requestId,
      kind: change.kind,
      version: change.version,
      at: change.at,
      letters_at: change.lettersAt,
      account_id: change.accountId ?? null,
      before: JSON.stringify(change.before),
    })
    .execute()
}

export async function forgetUndo(trx: Trx, of: Undoable['of']): Promise<void> {
  await trx
    .deleteFrom('undos')
    .$if('talkId' in of, it => it.where('talk_id', '=', 'talkId' in of ? of.talkId : ''))
    .$if('requestId' in of, it => it.where('request_id', '=', 'requestId' in of ? of.requestId : ''))
    .execute()
}

/** The last change of a talk or request that can be taken back while nothing has changed since. */
export async function findUndo(db: Db | Trx, of: Undoable['of']): Promise<Undo | undefined> {
  const row = await db
    .selectFrom('undos')
    .select(['kind', 'version', 'at', 'letters_at', 'account_id', 'before'])
    .$if('talkId' in of, it => it.where('talk_id', '=', 'talkId' in of ? of.talkId : ''))
    .$if('requestId' in of, it => it.where('request_id', '=', 'requestId' in of ? of.requestId : ''))
    .executeTakeFirst()
  if (!row) return
  return {
    kind: row.kind as UndoKind,
    version: row.version,
    at: row.at,
    lettersAt: row.letters_at,
    accountId: row.account_id,
    before: typeof row.before === 'string' ? JSON.parse(row.before) : row.before,
  }
}

/** Letters that wait for nothing but the time to take the change back: they may go at once. */
export async function endWaiting(trx: Trx, of: Undoable['of'], now: DateTime): Promise<{ id: string; kind: string }[]> {
  const undo = await findUndo(trx, of)
  if (!undo || undo.lettersAt <= now) return []
  const cause = 'talkId' in of ? `talk:${of.talkId}` : `request:${of.requestId}`
  await trx
    .updateTable('undos')
    .set({ letters_at: now })
    .$if('talkId' in of, it => it.where('talk_id', '=', 'talkId' in of ? of.talkId : ''))
    .$if('requestId' in of, it => it.where('request_id', '=', 'requestId' in of ? of.requestId : ''))
    .execute()
  return trx
    .updateTable('messages')
    .set({ due_at: now })
    .where('cause', '=', cause)
    .where('version', '=', undo.version)
    .where('state', '=', 'waiting')
    .where('due_at', '=', undo.lettersAt)
    .returning(['id', 'kind'])
    .execute()
}

/** How many letters of a change wait, and how many have left. */
export async function countLetters(db: Db, cause: string, version: number): Promise<{ waiting: number; sent: number }> {
  const row = await db
    .selectFrom('messages')
    .select([
      sql<number>`(count(*) filter (where state = 'waiting'))::int`.as('waiting'),
      sql<number>`(count(*) filter (where state in ('sent', 'sending')))::int`.as('sent'),
    ])
    .where('cause', '=', cause)
    .where('version', '=', version)
    .where('kind', 'not like', 'reminder-%')
    .where('kind', '<>', 'outcome-asked')
    .executeTakeFirstOrThrow()
  return row
}
