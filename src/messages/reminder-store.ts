import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import type { NewMessage } from './rules.ts'
import { tell } from './store.ts'

const unwished = 'unwished'

/**
 * Plans the reminders of one reader about one thing anew: those to come move to their new times or become pointless, what
 * was not planned is. What was sent, or is due, stays as it is.
 */
export async function planAgain(
  trx: Trx,
  jobs: Jobs,
  now: DateTime,
  of: Pick<NewMessage, 'cause' | 'version' | 'recipient'>,
  wished: NewMessage[],
): Promise<void> {
  const rows = await trx
    .selectFrom('messages')
    .select(['id', 'kind', 'state', 'due_at'])
    .where('cause', '=', of.cause)
    .where('version', '=', of.version)
    .where('recipient', '=', of.recipient)
    .where('kind', 'like', 'reminder-%')
    .where('again', '=', 0)
    .where(it =>
      it.or([
        it.and([it('state', '=', 'waiting'), it('due_at', '>', now)]),
        it.and([it('state', '=', 'superseded'), it('reason', '=', unwished)]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id, kind, due_at } of rows) {
    const its = wished.find(each => each.kind === kind)
    const to = its
      ? ({ state: 'waiting', reason: null, due_at: its.dueAt } as const)
      : ({ state: 'superseded', reason: unwished, due_at } as const)
    await trx.updateTable('messages').set(to).where('id', '=', id).execute()
  }
  await tell(trx, jobs, now, wished)
}

/** What waits for a reader is said in the language that they read by now. */
export async function speakTo(trx: Trx, recipient: string): Promise<void> {
  const [is, id = ''] = recipient.split(':')
  const readers = sql.table(is === 'contact' ? 'contacts' : 'speakers')
  await sql`update messages m set language = r.language from ${readers} r
    where r.id = ${id} and m.recipient = ${recipient} and m.state = 'waiting' and m.language <> r.language`.execute(trx)
}
