import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { supersede, tell } from '../messages/store.ts'
import type { RequestState } from './declined-store.ts'
import { findRefusalTold, lockDeclined } from './declined-store.ts'
import { turnRequest } from './state-store.ts'
import { undecliningNotices } from './undo-rules.ts'
import { endWaiting, findUndo, forgetUndo, type Undoable } from './undo-store.ts'

type Actor = { accountId: string; houseId: string }
export type UndeclineRefusal = { code: 'missing' } | { code: 'request-ended'; state: RequestState }

/** A refusal is taken back: the request waits again, and its contact hears of it only if the refusal was read. */
export const undecline = (
  db: Db,
  jobs: Jobs,
  { actor, requestNumber, location, form }: { actor: Actor; requestNumber: number; location: string; form: Form },
  now: DateTime,
) =>
  transactOnce<{ refused: UndeclineRefusal }>(db, form, async trx => {
    const request = await lockDeclined(trx, actor.houseId, requestNumber)
    if (!request) return { refused: { code: 'missing' } }
    const last = await findUndo(trx, { requestId: request.id })
    if (request.state !== 'declined' || last?.version !== request.version)
      return { refused: { code: 'request-ended', state: request.state } }
    const version = await turnRequest(trx, request.id, { state: 'waiting' }, now)
    await supersede(trx, `request:${request.id}`, version, 'undone')
    const { heard, owed } = await findRefusalTold(trx, request.id, request.version)
    await remember(trx, {
      houseId: actor.houseId,
      kind: 'undone',
      at: now,
      byWhom: 'account',
      accountId: actor.accountId,
      requestId: request.id,
      detail: { what: 'request-declined' },
    })
    await forgetUndo(trx, { requestId: request.id })
    const { id, contactId, email, phone, channel, contactLanguage: language } = request
    const contact = { id: contactId, email, phone, channel, language }
    await tell(
      trx,
      jobs,
      now,
      undecliningNotices({ id, houseId: actor.houseId, version, contact, heard, owed, dueAt: now }),
    )
    return { location } satisfies Done
  })

/** The letters of the last change leave at once; nobody has second thoughts any more. */
export const sendNow = (
  db: Db,
  jobs: Jobs,
  { of, location, form }: { of: Undoable['of']; location: string; form: Form },
  now: DateTime,
) =>
  transactOnce<{ refused: never }>(db, form, async trx => {
    const [first] = await endWaiting(trx, of, now)
    if (first) await jobs.deliver(trx, first.id)
    return { location } satisfies Done
  })
