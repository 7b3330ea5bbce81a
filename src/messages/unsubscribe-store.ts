import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { tokenOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import type { Optional } from './unsubscribe-rules.ts'

/** What shows that somebody holds this letter; the row's id alone stands in places that many see. */
export const leavingToken = (secret: string, messageId: string): string => tokenOf(secret, 'leave', messageId)

export async function hasLeft(db: Db | Trx, recipient: string, kind: Optional): Promise<boolean> {
  const row = await db
    .selectFrom('unsubscriptions')
    .select('at')
    .where('recipient', '=', recipient)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row !== undefined
}

/** The letter behind a link, as far as leaving goes. */
export const findLetter = (db: Db, id: string) =>
  db
    .selectFrom('messages')
    .select(['recipient', 'kind', 'language', 'house_id as houseId'])
    .where('id', '=', id)
    .executeTakeFirst()

/** From now on this person gets no letters of this kind. */
export const leave = (db: Db, recipient: string, kind: Optional, now: DateTime) =>
  db
    .insertInto('unsubscriptions')
    .values({ recipient, kind, at: now })
    .onConflict(it => it.constraint('nobody_leaves_twice').doNothing())
    .execute()

export const comeBack = (db: Db, recipient: string, kind: Optional) =>
  db.deleteFrom('unsubscriptions').where('recipient', '=', recipient).where('kind', '=', kind).execute()
