import { kept } from '../base/db/kept.ts'

/** The zone whose walls the House's clocks hang on. */
export const findZone = kept(
  async (db, houseId: string): Promise<string> =>
    (await db.selectFrom('houses').select('zone').where('id', '=', houseId).executeTakeFirstOrThrow()).zone,
)
