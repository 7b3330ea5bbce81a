import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { lockMessage, type MessageRow } from './delivery-store.ts'
import { outdone } from './ledger-store.ts'

/** A letter of the House, locked, and whether another one has taken its place. */
export async function lockRepeatable(
  trx: Trx,
  houseId: string,
  id: string,
): Promise<{ row: MessageRow; outdone: boolean } | undefined> {
  const row = await lockMessage(trx, id)
  if (row?.house_id !== houseId) return
  const past = await trx
    .selectFrom('messages')
    .select(it => outdone(it).as('outdone'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { row, outdone: Boolean(past.outdone) }
}

/** A refused or held letter waits again from the start, to the address its reader has now. */
export async function requeue(trx: Trx, id: string, address: string, byAccountId: string): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ state: 'waiting', reason: null, attempt: 0, claim: null, claimed_until: null, next_try_at: null })
    // a letter bound to others by an attempt that failed goes by itself
    .set({ address, again_by: byAccountId, bundle: null })
    .where('id', '=', id)
    .execute()
}

/** The same thing told once more: a row beside the one that was sent, its body made from what is true when it leaves. */
export async function insertCopy(
  trx: Trx,
  row: MessageRow,
  address: string,
  byAccountId: string,
  now: DateTime,
): Promise<string> {
  const { id } = await trx
    .insertInto('messages')
    .values({
      house_id: row.house_id,
      kind: row.kind,
      cause: row.cause,
      version: row.version,
      again: row.again + 1,
      again_by: byAccountId,
      recipient: row.recipient,
      channel: row.channel,
      request_id: row.request_id,
      talk_id: row.talk_id,
      assignment_id: row.assignment_id,
      account_id: row.account_id,
      address,
      language: row.language,
      created_at: now,
      // letters find the change they tell by its moment
      caused_at: row.caused_at ?? row.created_at,
      due_at: now,
      not_after: row.not_after,
      note: row.note,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
