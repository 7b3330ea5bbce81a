import type { Db } from '../base/db/open.ts'
import { hashOf } from '../base/secrets.ts'
import { isLost, isRewritten, type KeptHead, type Restored, restoredBy } from './head-rules.ts'
import { along, type Fault } from './rules.ts'
import { findJournals, headOf, rowsOf } from './verify-store.ts'

/** `restored`: where the House came out of a backup, and the last row that a head kept before it knew of, if there was more. */
export type Verdict = {
  houseId: string
  slug: string
  rows: number
  head: string
  fault: Fault | undefined
  restored: (Restored & { lostTo: number | undefined })[]
}

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
        const restored: Restored[] = []
        let fault: Fault | undefined
        for await (const row of rowsOf(trx, house.id)) {
          fault = chain.next(row)
          if (fault) break
          const told = restoredBy(row)
          if (told) restored.push(told)
          if (isRewritten(its, row, restored)) fault = { n: row.n, how: 'rewritten' }
          if (fault) break
        }
        const rows = Number(house.total)
        fault ??=
          chain.end() ??
          (its.some(it => it.n > rows && !isLost(it, restored)) ? { n: rows + 1, how: 'missing' } : undefined)
        const said = restored.map(one => {
          const lost = its.filter(it => isLost(it, [one])).map(it => it.n)
          return { ...one, lostTo: lost.length > 0 ? Math.max(...lost) : undefined }
        })
        verdicts.push({ houseId: house.id, slug: house.slug, rows, head: head?.hash ?? '', fault, restored: said })
      }
      if (slug === undefined)
        for (const houseId of new Set(kept.map(it => it.houseId)))
          if (!verdicts.some(it => it.houseId === houseId))
            verdicts.push({ houseId, slug: houseId, rows: 0, head: '', fault: { n: 1, how: 'missing' }, restored: [] })
      return verdicts
    })
