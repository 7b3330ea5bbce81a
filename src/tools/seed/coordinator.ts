import type { Db } from '../../base/db/open.ts'

/** The account of a House's coordinator, of several always the same; undefined where it has none. */
export async function findCoordinator(db: Db, houseId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('roles')
    .select('account_id')
    .where('house_id', '=', houseId)
    .where('role', '=', 'coordinator')
    .orderBy('account_id')
    .executeTakeFirst()
  return row?.account_id
}

/** The same where there must be one. */
export async function coordinatorOf(db: Db, houseId: string): Promise<string> {
  const found = await findCoordinator(db, houseId)
  if (!found) throw new Error('the House has no coordinator')
  return found
}
