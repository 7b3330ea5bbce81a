import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { isMessageKind, type MessageKind } from '../messages/rules.ts'

export type RequestState = 'unconfirmed' | 'waiting' | 'booked' | 'held' | 'declined' | 'withdrawn' | 'expired'

/** A request of the House, locked, with whom its refusal was written to. */
export const lockDeclined = (trx: Trx, houseId: string, number: number) =>
  trx
    .selectFrom('requests')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'requests.id',
      'requests.state',
      'requests.version',
      'contacts.id as contactId',
      'contacts.email',
      'contacts.phone',
      'contacts.channel',
      'contacts.language as contactLanguage',
    ])
    .where('requests.house_id', '=', houseId)
    .where('requests.number', '=', number)
    .forNoKeyUpdate('requests')
    .executeTakeFirst()

/** Whether the letter of a refusal has left, and what letter it took the place of. */
export async function findRefusalTold(
  db: Db | Trx,
  requestId: string,
  version: number,
): Promise<{ heard: boolean; owed: MessageKind | undefined }> {
  const rows = await db
    .selectFrom('messages')
    .select(['kind', 'state'])
    .where('cause', '=', `request:${requestId}`)
    .where(it =>
      it.or([
        it('kind', '=', 'request-declined').and('version', '=', version),
        it('state', '=', 'superseded').and('reason', '=', 'declined').and('kind', '=', 'request-received'),
      ]),
    )
    .execute()
  const owed = rows.find(({ kind }) => kind !== 'request-declined')?.kind
  return {
    heard: rows.some(({ kind, state }) => kind === 'request-declined' && (state === 'sent' || state === 'sending')),
    owed: owed !== undefined && isMessageKind(owed) ? owed : undefined,
  }
}
