import type { Db } from '../base/db/open.ts'
import { hashOf } from '../base/secrets.ts'
import { isRewritten, type KeptHead } from './head-rules.ts'
import { along, type Fault } from './rules.ts'
import { findJournals, headOf, rowsOf } from './verify-store.ts'

export type Verdict = { houseId: string; slug: string; rows: number; head: string; fault: Fault | undefined }

/**
 * Reads the journals whole, as they are at one moment, and says of each where its chain is broken first. A chain that somebody
 * wrote anew from some row to its head is whole in itself: `kept`, heads from outside the database, tell it.
 */
export const verify = (db: Db, slug?: string, kept: KeptHead[] = []): Promise<Verdict[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async trx => {
      const verdicts: Verdict[] = []
      for (const house of await findJournals(trx, slug)) {
        const head = headOf(house)
        const its = kept.filter(it => it.houseId === house.id)
        const chain = along(house.id, head, Number(house.total), hashOf)
        let fault: Fault | undefined
        for await (const row of rowsOf(trx, house.id)) {
          fault = chain.next(row) ?? (isRewritten(its, row) ? { n: row.n, how: 'rewritten' } : undefined)
          if (fault) break
        }
        const rows = Number(house.total)
        fault ??= chain.end() ?? (its.some(it => it.n > rows) ? { n: rows + 1, how: 'missing' } : undefined)
        verdicts.push({ houseId: house.id, slug: house.slug, rows, head: head?.hash ?? '', fault })
      }
      if (slug === undefined)
        for (const houseId of new Set(kept.map(it => it.houseId)))
          if (!verdicts.some(it => it.houseId === houseId))
            verdicts.push({ houseId, slug: houseId, rows: 0, head: '', fault: { n: 1, how: 'missing' } })
      return verdicts
    })
