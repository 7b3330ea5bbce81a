import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { foldedNames } from './duplicate-rules.ts'
import { moveBack } from './edit-store.ts'
import { type FreshRow, findFresh, findMerges, lockMoved, markUndone, refold } from './merge-store.ts'

type Refused = { refused: 'missing' | 'hall-taken' } | { refused: 'grown'; fresh: FreshRow[] }

/** Two entries again: each gets back what hung on it. Refused once something new hangs on the merged one, as it could belong to either. */
export const undoMerge = (
  db: Db,
  form: Form,
  { accountId, houseId }: { accountId: string; houseId: string },
  host: { id: string },
  mergeId: string,
): Promise<Done | Refused> =>
  transactOnce<Refused>(db, form, async trx => {
    const find = async () => (await findMerges(trx, houseId, host.id, form.now)).find(({ id }) => id === mergeId)
    const seen = await find()
    if (!seen) return { refused: 'missing' }
    await lockMoved(trx, seen.moved)
    await trx
      .selectFrom('hosts')
      .select('id')
      .where('id', 'in', [host.id, seen.duplicate])
      .orderBy('id')
      .forNoKeyUpdate()
      .execute()
    const merge = await find()
    if (!merge) return { refused: 'missing' }
    const fresh = await findFresh(trx, host.id, merge.moved)
    if (fresh.length > 0) return { refused: 'grown', fresh }
    if (!(await moveBack(trx, host.id, merge.duplicate, merge.moved))) return { refused: 'hall-taken' }
    await refold(trx, host.id, foldedNames)
    await markUndone(trx, merge.id, accountId, form.now)
    await remember(trx, {
      ...{ houseId, accountId },
      kind: 'hosts-parted',
      at: form.now,
      byWhom: 'account',
      detail: { host: host.id, duplicate: merge.duplicate },
    })
    return { location: `/app/hosts/${host.id}?done=parted` }
  })
