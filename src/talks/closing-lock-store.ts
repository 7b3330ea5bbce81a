import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'

/**
 * Nothing of this House is closed or opened until this transaction ends: what is judged possible from here on stays so. First of
 * all locks, shared by everybody who books or moves, so that these never wait for each other.
 */
export const besideClosures = (trx: Trx, houseId: string) =>
  sql`select pg_advisory_xact_lock_shared(hashtext(${`closures ${houseId}`}))`.execute(trx)

/** Nobody books or moves in this House until this transaction ends; whoever began before has ended. First of all locks. */
export const aloneInHouse = (trx: Trx, houseId: string) =>
  sql`select pg_advisory_xact_lock(hashtext(${`closures ${houseId}`}))`.execute(trx)

/** Like `lockPeopleAndHall` for many talks at once: people in the order of their ids, then halls in that of theirs. */
export async function lockPeopleAndHalls(trx: Trx, speakerIds: string[], hostIds: string[]): Promise<void> {
  await sql`select id from speakers where id = any(${speakerIds}::uuid[]) order by id for no key update`.execute(trx)
  await sql`select id from hosts where id = any(${hostIds}::uuid[]) order by id for no key update`.execute(trx)
}
