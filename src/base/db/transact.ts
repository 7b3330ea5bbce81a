import { setTimeout as pause } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { codeOf } from './errors.ts'
import { journalled } from './journal.ts'
import type { Db } from './open.ts'
import { inside, parameters, refuseInside } from './plugins.ts'
import type { Tables } from './tables.ts'

export type Trx = Transaction<Tables>

/**
 * The only way into a transaction. Inside it only `trx` is in reach. A deadlock or serialization failure runs the
 * whole work again, at most three times, so `work` does nothing outside the database.
 */
export async function transact<Result>(db: Db, work: (trx: Trx) => Promise<Result>): Promise<Result> {
  refuseInside('a transaction')
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(trx => {
        const handle = trx.withoutPlugins().withPlugin(parameters)
        return inside.run(true, () => journalled(handle, () => work(handle)))
      })
    } catch (error) {
      const code = codeOf(error)
      if ((code !== '40001' && code !== '40P01') || attempt === 3) throw error
      await pause(20 + Math.random() * 180)
    }
  }
}
