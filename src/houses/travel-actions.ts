import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { TravelValue } from './travel-rules.ts'
import { replaceTravel } from './travel-store.ts'

/** Keeps the minutes and speeds by which journeys are judged from now on; talks that stand are not judged again. */
export const keepTravel = (
  db: Db,
  form: Form,
  by: { accountId: string; houseId: string },
  districts: string[],
  value: TravelValue,
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    if (districts.length === 0) return { refused: 'missing' }
    await replaceTravel(trx, by.houseId, districts, value)
    await remember(trx, {
      houseId: by.houseId,
      kind: 'travel-kept',
      at: form.now,
      byWhom: 'account',
      accountId: by.accountId,
      detail: { transport: value.transport },
    })
    return { location: `/app/travel?transport=${value.transport}` }
  })
