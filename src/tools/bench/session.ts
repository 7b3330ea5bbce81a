import { databaseNow } from '../../base/db/moment.ts'
import type { Db } from '../../base/db/open.ts'
import { hashOf, newNonce } from '../../base/secrets.ts'

/** A new coordinator of the House, for one that has none. */
export async function addCoordinator(db: Db, houseId: string): Promise<string> {
  const { id } = await db
    .insertInto('accounts')
    .values({
      email: `${newNonce().slice(0, 8).toLowerCase()}@bench.example`,
      name_kk: 'x',
      name_ru: 'x',
      name_en: 'x',
      address_kk: 'x',
      address_ru: 'x',
      address_en: 'x',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('roles').values({ account_id: id, house_id: houseId, role: 'coordinator' }).execute()
  return id
}

/** The cookie of somebody who has just proved who they are. */
export async function signedIn(db: Db, accountId: string, houseId: string): Promise<string> {
  const now = await databaseNow(db)
  const sid = newNonce()
  await db
    .insertInto('sessions')
    .values({
      id_hash: hashOf(sid),
      account_id: accountId,
      house_id: houseId,
      created_at: now,
      seen_at: now,
      ends_at: now.plus({ days: 1 }),
      ip_prefix: '',
      agent: 'bench',
      strength: 'strong',
      proved_at: now,
    })
    .execute()
  return `sid=${sid}`
}
