import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { LineValue } from './edit-rules.ts'
import { insertLine, lockLine, markChecked, markRemoved, markSilent, updateLine } from './keep-store.ts'
import { afterSilence } from './rules.ts'

type By = { accountId: string; houseId: string }
const home = '/app/support'

/** Adds a local line; nobody has called it yet, so it is due at once. */
export const addLine = (db: Db, form: Form, by: By, value: LineValue): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const line = await insertLine(trx, by, value, form.now)
    await remember(trx, { ...told(by, form), kind: 'support-added', detail: { line } })
    return { location: `${home}/${line}` }
  })

export type NotKept = { refused: 'missing' | 'changed' }

/** Changes a line of the House's own, unless somebody else changed it since the form was opened. */
export const keepLine = (
  db: Db,
  form: Form,
  by: By,
  { id, version, value }: { id: string; version: number; value: LineValue },
): Promise<Done | NotKept> =>
  transactOnce<NotKept>(db, form, async trx => {
    const line = await lockLine(trx, by.houseId, id)
    if (!line || line.house_id === null) return { refused: 'missing' }
    if (line.version !== version) return { refused: 'changed' }
    await updateLine(trx, id, value)
    await remember(trx, { ...told(by, form), kind: 'support-changed', detail: { line: id } })
    return { location: `${home}/${id}` }
  })

export const deeds = ['check', 'silence', 'off', 'removal'] as const
export type LineDeed = (typeof deeds)[number]

/** What a call to the number showed, or what the House decides. A line of the country is checked by any House and stays for all. */
export const doToLine = (
  db: Db,
  form: Form,
  by: By,
  id: string,
  deed: LineDeed,
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const line = await lockLine(trx, by.houseId, id)
    if (!line || (line.house_id === null && deed !== 'check')) return { refused: 'missing' }
    const what = deed === 'silence' ? afterSilence(line) : deed
    if (what === 'check') await markChecked(trx, id, by.accountId, form.now)
    else if (what === 'removal') await markRemoved(trx, id, form.now)
    else await markSilent(trx, id, what, form.now)
    const kind = { check: 'support-checked', doubt: 'support-doubted', off: 'support-off', removal: 'support-removed' }[
      what
    ]
    await remember(trx, { ...told(by, form), kind, detail: { line: id } })
    return { location: what === 'removal' ? home : `${home}/${id}` }
  })

const told = ({ houseId, accountId }: By, { now }: Form) =>
  ({ houseId, accountId, at: now, byWhom: 'account' }) as const
