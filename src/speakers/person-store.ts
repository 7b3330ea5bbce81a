import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'

/**
 * Locks these speakers and the rows that other Houses keep of the same people, in the order of their ids whoever asks: two
 * Houses that book one person wait for each other and never both for each other.
 */
export async function lockPeople(trx: Trx, speakerIds: string[]): Promise<void> {
  await sql`select id from speakers where person_id in (select person_id from speakers where id = any(${speakerIds}::uuid[]))
    order by id for no key update`.execute(trx)
}

/** Whose row this is: seats of one person are found by it in all of their Houses. */
export const personOf = (speakerId: string) => sql<string>`(select person_id from speakers where id = ${speakerId})`

/** The rows that all Houses keep of this person. */
export const rowsOfPerson = (speakerId: string) =>
  sql<string>`(select id from speakers where person_id = (select person_id from speakers where id = ${speakerId}))`
