import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Policy } from './policy-rules.ts'
import { findPolicy, savePolicy } from './policy-store.ts'

/** Keeps how a House works from now on; talks that stand are not judged again. */
export const keepPolicy = (
  db: Db,
  form: Form,
  accountId: string,
  houseId: string,
  policy: Policy,
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    if (!(await findPolicy(trx, accountId, houseId))) return { refused: 'missing' }
    await savePolicy(trx, houseId, policy)
    await remember(trx, { houseId, kind: 'house-kept', at: form.now, byWhom: 'account', accountId })
    return { location: '/admin/houses' }
  })
