import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Problem } from '../houses/field-rules.ts'
import { foldedNames } from './duplicate-rules.ts'
import type { HostValue } from './edit-rules.ts'
import { lockPair, markHostChecked, moveAll } from './edit-store.ts'
import { keepHalls } from './hall-actions.ts'
import { insertWholeHost, updateHost } from './keep-store.ts'
import { insertMerge } from './merge-store.ts'
import { findDuplicates, type HostRow } from './store.ts'

type By = { accountId: string; houseId: string }
type Missing = { refused: 'missing' }

/** Adds a host. A place that may be in the list already refuses it, until the coordinator says that it is another one. */
export const addHost = (
  db: Db,
  form: Form,
  by: By,
  value: HostValue,
  another: boolean,
): Promise<Done | { refused: 'known'; hosts: HostRow[] }> =>
  transactOnce<{ refused: 'known'; hosts: HostRow[] }>(db, form, async trx => {
    const { kind, district, names } = value
    const hosts = another ? [] : await findDuplicates(trx, by.houseId, { kind, district, folded: foldedNames(names) })
    if (hosts.length > 0) return { refused: 'known', hosts }
    const id = await insertWholeHost(trx, by.houseId, value)
    await note(trx, form, by, 'host-added', id)
    return { location: `/app/hosts/${id}?done=saved` }
  })

export const keepHost = (
  db: Db,
  form: Form,
  by: By,
  id: string,
  value: HostValue,
  shown: string[],
): Promise<Done | Missing | { refused: Problem[] }> =>
  transactOnce<Missing | { refused: Problem[] }>(db, form, async trx => {
    if (!(await updateHost(trx, by.houseId, id, value, shown))) return { refused: 'missing' }
    const refused = await keepHalls(trx, id, value.halls, form.now)
    if (refused.length > 0) return { refused }
    await note(trx, form, by, 'host-kept', id)
    return { location: `/app/hosts/${id}?done=saved` }
  })

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
  by: By,
  into: string,
  duplicate: string,
): Promise<Done | { refused: 'missing' | 'hall-taken' }> {
  const { houseId } = by
  try {
    return await transactOnce<{ refused: 'missing' | 'hall-taken' }>(db, form, async trx => {
      const pair = into === duplicate ? undefined : await lockPair(trx, houseId, into, duplicate)
      if (!pair) return { refused: 'missing' }
      const moved = await moveAll(
        trx,
        duplicate,
        into,
        [...new Set([pair.get(into), pair.get(duplicate)].join(' ').split(' '))].join(' '),
      )
      if (!moved) return { refused: 'hall-taken' }
      await insertMerge(trx, { ...by, kept: into, duplicate, moved, now: form.now })
      await note(trx, form, by, 'hosts-merged', into)
      return { location: `/app/hosts/${into}?done=merged` }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'a_hall_holds_one_talk_at_a_time') return { refused: 'hall-taken' }
    throw error
  }
}

const note = (trx: Trx, { now }: Form, { accountId, houseId }: By, kind: string, host: string) =>
  remember(trx, { houseId, kind, at: now, byWhom: 'account', accountId, detail: { host } })
