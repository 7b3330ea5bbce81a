import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import { lockPeople } from '../speakers/person-store.ts'

/**
 * Nothing of this House is closed or opened until this transaction ends: what is judged possible from here on stays so. First of
 * all locks, shared by everybody who books or moves, so that these never wait for each other. A large closure takes longer
 * than other locks are waited for.
 */
export const besideClosures = (trx: Trx, houseId: string) =>
  sql`select set_config('lock_timeout', '4500', true), pg_advisory_xact_lock_shared(hashtext(${`closures ${houseId}`}))`.execute(
    trx,
  )

/** Nobody books or moves in this House until this transaction ends; whoever began before has ended. First of all locks. */
export async function aloneInHouse(trx: Trx, houseId: string): Promise<void> {
  // a morning on which a hundred talks change is worth waiting for
  await sql`select set_config('lock_timeout', '20000', true), set_config('statement_timeout', '30000', true)`.execute(
    trx,
  )
  await sql`select pg_advisory_xact_lock(hashtext(${`closures ${houseId}`}))`.execute(trx)
}

/** Like `lockPeopleAndHall` for many talks at once: people in the order of their ids, then halls in that of theirs. */
export async function lockPeopleAndHalls(trx: Trx, speakerIds: string[], hostIds: string[]): Promise<void> {
  await lockPeople(trx, speakerIds)
  await sql`select id from hosts where id = any(${hostIds}::uuid[]) order by id for no key update`.execute(trx)
}
