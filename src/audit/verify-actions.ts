import type { Db } from '../base/db/open.ts'
import { hashOf } from '../base/secrets.ts'
import { along, type Fault } from './rules.ts'
import { findJournals, headOf, rowsOf } from './verify-store.ts'

export type Verdict = { slug: string; rows: number; head: string; fault: Fault | undefined }

/** Reads the journals whole, as they are at one moment, and says of each where its chain is broken first. */
export const verify = (db: Db, slug?: string): Promise<Verdict[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async trx => {
      const verdicts: Verdict[] = []
      for (const house of await findJournals(trx, slug)) {
        const head = headOf(house)
        const chain = along(house.id, head, Number(house.total), hashOf)
        let fault: Fault | undefined
        for await (const row of rowsOf(trx, house.id)) {
          fault = chain.next(row)
          if (fault) break
        }
        verdicts.push({
          slug: house.slug,
          rows: Number(house.total),
          head: head?.hash ?? '',
          fault: fault ?? chain.end(),
        })
      }
      return verdicts
    })
