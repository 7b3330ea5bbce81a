import type { DateTime } from '../time.ts'
import { noteChanges } from './journal.ts'
import type { Trx } from './transact.ts'

/** One line of the history: what was changed, when and by whom. `detail` holds ids and codes; of words only what a host wrote to the House. */
export type Change = {
  houseId: string
  kind: string
  at: DateTime
  byWhom: 'account' | 'contact' | 'speaker' | 'system'
  accountId?: string | undefined
  requestId?: string | null | undefined
  talkId?: string | undefined
  speakerId?: string | undefined
  detail?: Record<string, string | number | boolean | null>
}

/** Writes a line of the history in the transaction of the change itself. */
export const remember = (trx: Trx, change: Change): Promise<void> => rememberAll(trx, [change])

/** The same for changes that happen together. */
export async function rememberAll(trx: Trx, changes: Change[]): Promise<void> {
  if (changes.length === 0) return
  noteChanges(changes)
  await trx
    .insertInto('changes')
    .values(
      changes.map(change => ({
        house_id: change.houseId,
        kind: change.kind,
        at: change.at,
        by_whom: change.byWhom,
        account_id: change.accountId ?? null,
        request_id: change.requestId ?? null,
        talk_id: change.talkId ?? null,
        speaker_id: change.speakerId ?? null,
        detail: JSON.stringify(change.detail ?? {}),
      })),
    )
    .execute()
}
