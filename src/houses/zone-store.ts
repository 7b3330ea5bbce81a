import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'

/** The zone whose walls the House's clocks hang on. */
export const findZone = async (db: Db | Trx, houseId: string): Promise<string> =>
  (await db.selectFrom('houses').select('zone').where('id', '=', houseId).executeTakeFirstOrThrow()).zone
