import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { dropSetting } from '../base/db/settings.ts'
import { transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { insertCopy, lockRepeatable, requeue } from './again-store.ts'
import { againAs } from './ledger-rules.ts'
import { findReaders } from './person-store.ts'

/** Why a letter doesn't go again: the House has none such, it is no longer to be repeated, its reader has no address. */
export type NotAgain = 'missing' | 'not-this' | 'no-address'

/** Sends a letter again by hand, once for each form, to the address its reader has now; the history says who did it. */
export const sendAgain = (
  { db, jobs }: { db: Db; jobs: Jobs },
  form: Form,
  by: { houseId: string; accountId: string },
  id: string,
  location: string,
): Promise<Done | { refused: NotAgain }> =>
  transactOnce<{ refused: NotAgain }>(db, form, async trx => {
    const found = await lockRepeatable(trx, by.houseId, id)
    if (!found) return { refused: 'missing' }
    const { row, outdone } = found
    const how = againAs({ kind: row.kind, state: row.state, notAfter: row.not_after, outdone }, form.now)
    if (!how) return { refused: 'not-this' }
    const reader = (await findReaders(trx, by.houseId, [row.recipient])).get(row.recipient)
    const address = row.channel === 'webhook' ? reader?.phone : reader?.email
    if (!address) return { refused: 'no-address' }
    if (how === 'itself') await requeue(trx, id, address, by.accountId)
    const waiting = how === 'itself' ? id : await insertCopy(trx, row, address, by.accountId, form.now)
    await remember(trx, {
      houseId: by.houseId,
      kind: 'letter-again',
      at: form.now,
      byWhom: 'account',
      accountId: by.accountId,
      requestId: row.request_id,
      talkId: row.talk_id ?? undefined,
      detail: { letter: row.kind },
    })
    await jobs.deliver(trx, waiting)
    return { location }
  })

/** Ends the hold that a restored backup begins with; what is due then goes out by the sweep. */
export const releaseMail = (db: Db): Promise<void> => transact(db, trx => dropSetting(trx, 'mail_hold'))
