import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { hashOf } from '../base/secrets.ts'
import type { Day } from '../base/time.ts'
import type { Wish } from './rules.ts'
import { findWished, replaceWishes, type Wished } from './wishes-store.ts'

/** Other times are a host's to choose while its request waits; the dates of a series have their places in a plan. */
export const mayWish = ({ state, series }: Pick<Wished, 'state' | 'series'>): boolean => state === 'waiting' && !series

/** The host wishes other times; refused once somebody has decided in the meantime. */
export function wish(
  db: Db,
  form: Form,
  token: string,
  wished: { wishes: Wish[]; latest: Day | undefined },
): Promise<Done | { refused: 'decided' }> {
  return transactOnce<{ refused: 'decided' }>(db, form, async trx => {
    const request = await findWished(trx, hashOf(token), true)
    if (!request || !mayWish(request)) return { refused: 'decided' }
    await replaceWishes(trx, request, wished, form.now)
    return { location: `/r/${token}?done=wishes` }
  })
}
