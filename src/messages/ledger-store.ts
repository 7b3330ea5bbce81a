import type { Db } from '../base/db/open.ts'
import type { MessageState } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { MessageKind } from './rules.ts'

export type LedgerFilter = {
  state: MessageState | undefined
  kind: MessageKind | undefined
  talkId: string | undefined
  page: number
}
export type LedgerRow = {
  id: string
  kind: string
  channel: string
  address: string
  state: MessageState
  reason: string | null
  dueAt: DateTime
  sentAt: DateTime | null
  reply: string | null
  requestNumber: number | null
  talkId: string | null
}

export const pageSize = 100

/** A page of the House's ledger, newest first, with one row more when there is another page. */
export async function ledgerOf(db: Db, houseId: string, filter: LedgerFilter): Promise<LedgerRow[]> {
  return db
    .selectFrom('messages')
    .leftJoin('requests', 'requests.id', 'messages.request_id')
    .select([
      'messages.id',
      'kind',
      'channel',
      'address',
      'messages.state',
      'reason',
      'due_at as dueAt',
      'sent_at as sentAt',
      'smtp_reply as reply',
      'requests.number as requestNumber',
      'talk_id as talkId',
    ])
    .where('messages.house_id', '=', houseId)
    .$if(filter.state !== undefined, query => query.where('messages.state', '=', filter.state ?? 'sent'))
    .$if(filter.kind !== undefined, query => query.where('kind', '=', filter.kind ?? ''))
    .$if(filter.talkId !== undefined, query => query.where('talk_id', '=', filter.talkId ?? ''))
    .orderBy('messages.created_at', 'desc')
    .orderBy('messages.id')
    .limit(pageSize + 1)
    .offset((filter.page - 1) * pageSize)
    .execute()
}

export async function zoneOf(db: Db, houseId: string): Promise<string> {
  return (await db.selectFrom('houses').select('zone').where('id', '=', houseId).executeTakeFirstOrThrow()).zone
}

/** A letter that was refused or held back waits again from the start; false when there is no such one in the House. */
export async function requeue(trx: Trx, houseId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('messages')
    .set({ state: 'waiting', reason: null, attempt: 0, claim: null, claimed_until: null, next_try_at: null })
    .where('id', '=', id)
    .where('house_id', '=', houseId)
    .where('state', 'in', ['failed', 'held'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
