import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { type Channel, isShort, waysOf } from './channel-rules.ts'
import { findPhones } from './channel-store.ts'
import type { MessageKind, NewMessage } from './rules.ts'

/**
 * Writes messages into the ledger, in the transaction of the fact they tell; what stands there already is not told twice.
 * Who prefers short messages gets them, beside the letter or instead of it.
 */
export async function tell(trx: Trx, jobs: Jobs, now: DateTime, messages: NewMessage[]): Promise<void> {
  const phones = messages.some(it => isShort(it.kind)) ? await findPhones(trx, messages) : new Map<string, string>()
  const told = messages.flatMap(it => waysOf(it, phones.get(it.recipient)).map(way => ({ ...it, ...way })))
  if (told.length === 0) return
  const rows = []
  for (let from = 0; from < told.length; from += rowsAtOnce)
    rows.push(...(await insertMessages(trx, now, told.slice(from, from + rowsAtOnce))))
  const due = rows.find(row => row.due_at <= now)
  if (due) await jobs.deliver(trx, due.id)
}

/** A statement has 65,535 parameters at most, and a message nearly twenty. */
const rowsAtOnce = 1000

const insertMessages = (trx: Trx, now: DateTime, told: (NewMessage & { channel: Channel })[]) =>
  trx
    .insertInto('messages')
    .values(
      told.map(it => ({
        house_id: it.houseId,
        kind: it.kind,
        cause: it.cause,
        version: it.version,
        recipient: it.recipient,
        request_id: it.requestId ?? null,
        talk_id: it.talkId ?? null,
        assignment_id: it.assignmentId ?? null,
        account_id: it.accountId ?? null,
        sign_in_link_id: it.signInLinkId ?? null,
        channel: it.channel,
        address: it.address,
        language: it.language,
        created_at: now,
        due_at: it.dueAt,
        not_after: it.notAfter ?? null,
        note: it.note ?? null,
        joins: it.joins ?? null,
      })),
    )
    .onConflict(conflict => conflict.constraint('nobody_is_told_one_thing_twice').doNothing())
    .returning(['id', 'due_at'])
    .execute()

/** What still waits about earlier versions of this cause is pointless now, but for letters of the `spared` kind to others than these. */
export async function supersede(
  trx: Trx,
  cause: string,
  beforeVersion: number,
  reason: string,
  spared?: { kind: MessageKind; others: string[] },
): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ state: 'superseded', reason })
    .where('cause', '=', cause)
    .where('version', '<', beforeVersion)
    .where('state', '=', 'waiting')
    .$if(spared !== undefined, query =>
      query.where(it =>
        it.or([
          it('kind', '<>', spared?.kind ?? ''),
          it('recipient', '=', sql<string>`any(${spared?.others ?? []}::text[])`),
        ]),
      ),
    )
    .execute()
}
