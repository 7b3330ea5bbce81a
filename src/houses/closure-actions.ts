import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { ClosureValue } from './closure-rules.ts'
import { insertClosure, liftClosure } from './closure-store.ts'

type By = { accountId: string; houseId: string }

/** From now on no time inside the closure is offered; talks that stand stay as they are until somebody moves them. */
export const close = (db: Db, form: Form, by: By, value: ClosureValue): Promise<Done | { refused: 'missing' }> =>
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
    return { location: `/app/closures/${id}` }
  })

export const lift = (db: Db, form: Form, by: By, id: string): Promise<Done | { refused: 'missing' }> =>
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
    return { location: `/app/closures/${id}` }
  })
