import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { GroupValue } from './rules.ts'
import { insertGroup, updateGroup } from './store.ts'

type By = { accountId: string; houseId: string }
type Kept = Done | { refused: 'missing' }

export const addGroup = (db: Db, form: Form, by: By, value: GroupValue): Promise<Kept> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const id = await insertGroup(trx, by.houseId, value)
    await remember(trx, {
      houseId: by.houseId,
      kind: 'group-added',
      at: form.now,
      byWhom: 'account',
      accountId: by.accountId,
      detail: { group: id },
    })
    return { location: '/app/groups' }
  })

export const keepGroup = (db: Db, form: Form, by: By, id: string, value: GroupValue, shown: string[]): Promise<Kept> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    if (!(await updateGroup(trx, by.houseId, id, value, shown))) return { refused: 'missing' }
    await remember(trx, {
      houseId: by.houseId,
      kind: 'group-kept',
      at: form.now,
      byWhom: 'account',
      accountId: by.accountId,
      detail: { group: id },
    })
    return { location: '/app/groups' }
  })
