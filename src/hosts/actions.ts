import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { HostEdit } from './edit-rules.ts'
import { lockPair, markHostChecked, moveAll, updateHost } from './edit-store.ts'

type Missing = { refused: 'missing' }

export const editHost = (db: Db, form: Form, houseId: string, id: string, edit: HostEdit): Promise<Done | Missing> =>
  transactOnce<Missing>(db, form, async trx =>
    (await updateHost(trx, houseId, id, edit)) ? { location: `/app/hosts/${id}?done=saved` } : { refused: 'missing' },
  )

export const checkHost = (db: Db, form: Form, houseId: string, id: string): Promise<Done | Missing> =>
  transactOnce<Missing>(db, form, async trx =>
    (await markHostChecked(trx, houseId, id, form.now))
      ? { location: `/app/hosts/${id}?done=saved` }
      : { refused: 'missing' },
  )

/** Two entries of one place become one: requests, talks and contacts of the duplicate move over. Refused while their talks overlap. */
export async function mergeHosts(
  db: Db,
  form: Form,
  houseId: string,
  into: string,
  duplicate: string,
): Promise<Done | { refused: 'missing' | 'hall-taken' }> {
  try {
    return await transactOnce<Missing>(db, form, async trx => {
      const pair = into === duplicate ? undefined : await lockPair(trx, houseId, into, duplicate)
      if (!pair) return { refused: 'missing' }
      await moveAll(
        trx,
        duplicate,
        into,
        [...new Set([pair.get(into), pair.get(duplicate)].join(' ').split(' '))].join(' '),
      )
      return { location: `/app/hosts/${into}?done=merged` }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'a_hall_holds_one_talk_at_a_time') return { refused: 'hall-taken' }
    throw error
  }
}
