import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { tell } from '../messages/store.ts'
import { type ClosureValue, touched } from './closure-rules.ts'
import { findStanding, insertClosure, liftClosure } from './closure-store.ts'
import { type Concerned, findConcerned, findTold } from './closure-told-store.ts'

type By = { accountId: string; houseId: string }
type Outcome = Promise<Done | { refused: 'missing' }>

/**
 * From now on no time inside the closure is offered; talks that stand stay as they are until somebody moves them, and
 * everybody concerned is told at once, whatever the hour.
 */
export const close = (db: Db, jobs: Jobs, form: Form, by: By, value: ClosureValue): Outcome =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const id = await insertClosure(trx, by.houseId, by.accountId, value, form.now)
    await remember(trx, {
      houseId: by.houseId,
      kind: 'closed',
      at: form.now,
      byWhom: 'account',
      accountId: by.accountId,
      detail: { closure: id },
    })
    const standing = touched(value, await findStanding(trx, by.houseId, value.from, value.to))
    const concerned = await findConcerned(
      trx,
      standing.map(talk => talk.id),
    )
    await tellOf(trx, jobs, form, by.houseId, id, 1, concerned)
    return { location: `/app/closures/${id}` }
  })

/** Whoever heard of the closure hears that it is over. */
export const lift = (db: Db, jobs: Jobs, form: Form, by: By, id: string): Outcome =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    if (!(await liftClosure(trx, by.houseId, id, form.now))) return { refused: 'missing' }
    await remember(trx, {
      houseId: by.houseId,
      kind: 'closure-lifted',
      at: form.now,
      byWhom: 'account',
      accountId: by.accountId,
      detail: { closure: id },
    })
    await tellOf(trx, jobs, form, by.houseId, id, 2, await findTold(trx, id))
    return { location: `/app/closures/${id}` }
  })

const tellOf = (
  trx: Trx,
  jobs: Jobs,
  { now }: Form,
  houseId: string,
  closureId: string,
  version: 1 | 2,
  concerned: Concerned[],
): Promise<void> =>
  tell(
    trx,
    jobs,
    now,
    concerned
      .filter(({ endsAt }) => endsAt > now)
      .map(({ talkId, requestId, assignmentId, endsAt, ...reader }) => ({
        houseId,
        kind: 'closure',
        cause: `closure:${closureId}:${talkId}`,
        version,
        ...reader,
        dueAt: now,
        notAfter: endsAt,
        talkId,
        ...(requestId === null ? {} : { requestId }),
        ...(assignmentId === null ? {} : { assignmentId }),
      })),
  )
