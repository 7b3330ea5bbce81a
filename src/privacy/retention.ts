import path from 'node:path'
import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import { dropCaughtBefore } from '../base/mail.ts'
import type { DateTime } from '../base/time.ts'
import { dropRemarks } from '../feedback/store.ts'
import { deleteContacts, dropWritten, findForgotten } from '../requests/forget-store.ts'
import { keepAll } from './erase.ts'
import { isDue, type Rule, rules, since, termsFrom } from './retention-rules.ts'
import * as store from './retention-store.ts'

const atOnce = 200

const work: Record<Rule, (trx: Trx, before: DateTime) => Promise<number>> = {
  contacts: async (trx, before) => {
    const ids = await findForgotten(trx, before, atOnce)
    if (ids.length > 0) await deleteContacts(trx, ids)
    return ids.length
  },
  written: dropWritten,
  remarks: async (trx, before) => dropRemarks(trx, before.toFormat('yyyy-MM-dd')),
  letters: store.dropTexts,
  addresses: store.dropAddresses,
  speakers: store.dropLeft,
}
const inParts: Rule[] = ['contacts', 'speakers']

/** Once a day forgets what its term is over for, rule by rule, and keeps how much it was. How many rows went. */
export async function runRetention(db: Db, now: DateTime, dataDir?: string): Promise<number> {
  const runs = await store.findRuns(db)
  const terms = termsFrom(await store.findTerms(db))
  let all = 0
  for (const rule of rules) {
    if (!isDue(runs.find(run => run.rule === rule)?.ranAt ?? null, now)) continue
    let gone = 0
    for (;;) {
      const part = await transact(db, trx => work[rule](trx, since(rule, terms[rule], now)))
      gone += part
      if (!inParts.includes(rule) || part < atOnce) break
    }
    await transact(db, trx => store.setRun(trx, rule, gone, now))
    all += gone
  }
  await transact(db, trx => store.dropSights(trx, now.minus({ days: 2 })))
  await transact(db, trx => store.dropSessions(trx, now.minus({ days: 1 })))
  if (dataDir) {
    await dropCaughtBefore(path.join(dataDir, 'mail'), since('letters', terms.letters, now))
    await keepAll(db, dataDir)
  }
  return all
}

/** Another term; what is older goes with the next run. */
export const keepTerm = (
  db: Db,
  by: { accountId: string; houseId: string },
  rule: Rule,
  amount: number,
  form: Form,
): Promise<Done | { refused: never }> =>
  transactOnce<{ refused: never }>(db, form, async trx => {
    const before = await store.setTerm(trx, rule, amount)
    await remember(trx, {
      ...{ houseId: by.houseId, kind: 'retention-kept', at: form.now, byWhom: 'account', accountId: by.accountId },
      detail: { rule, amount, ...(before === undefined ? {} : { amountBefore: before }) },
    })
    return { location: '/admin/privacy' }
  })
