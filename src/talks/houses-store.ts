import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'

/**
 * Other Houses that keep a row of this person: those that are one calendar with this one already, and those with a speaker of
 * the address by which the person signs in. Only the person sees them; no House learns what another has on its list.
 */
export async function findHouses(db: Db | Trx, speakerId: string, language: Language): Promise<OtherHouse[]> {
  const { rows } = await sql<OtherHouse>`
    select other.id, other.house_id as "houseId", houses.${sql.ref(`name_${language}`)} as name,
      other.person_id = own.person_id as joined, other.limit_day as "limitDay", other.limit_week as "limitWeek",
      other.limit_month as "limitMonth"
    from speakers own join accounts on accounts.id = own.account_id
    join speakers other on other.house_id <> own.house_id
      and (other.person_id = own.person_id or (lower(other.email) = accounts.email and other.account_id is null))
    join houses on houses.id = other.house_id
    where own.id = ${speakerId} and other.left_on is null
      and (other.person_id = own.person_id or not exists (
        select from speakers known where known.person_id = own.person_id and known.house_id = other.house_id))
    order by houses.slug`.execute(db)
  return rows
}
export type OtherHouse = {
  id: string
  houseId: string
  name: string
  joined: boolean
  limitDay: number
  limitWeek: number
  limitMonth: number
}

export const setLimits = (trx: Trx, id: string, limits: { day: number; week: number; month: number }) =>
  trx
    .updateTable('speakers')
    .set({ limit_day: limits.day, limit_week: limits.week, limit_month: limits.month })
    .where('id', '=', id)
    .execute()

export const setPerson = (trx: Trx, id: string, ownId: string) =>
  sql`update speakers set person_id = (select person_id from speakers where id = ${ownId}) where id = ${id}`.execute(
    trx,
  )

export const setOwnPerson = (trx: Trx, id: string) =>
  sql`update speakers set person_id = gen_random_uuid() where id = ${id}`.execute(trx)

/** Days ahead on which these speakers have talks. */
export async function findDaysAhead(trx: Trx, speakerIds: string[], from: Day): Promise<Day[]> {
  const rows = await trx
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .select('talks.held_on')
    .distinct()
    .where('assignments.speaker_id', 'in', speakerIds)
    .where('assignments.state', 'in', ['invited', 'accepted'])
    .where('talks.state', '=', 'booked')
    .where('talks.held_on', '>=', from)
    .execute()
  return rows.map(row => row.held_on)
}

/** Talks of the two rows that stand at one time, the journeys included: what keeps them from being one calendar. */
export async function findOverlaps(db: Db, ownId: string, otherId: string, language: Language) {
  const { rows } = await sql<{ id: string; day: Day; from: string; host: string }>`
    select t.id, t.held_on as day, t.from_time as from, h.${sql.ref(`name_${language}`)} as host
    from assignments own join assignments other on own.busy && other.busy
    join talks t on t.id = own.talk_id join hosts h on h.id = t.host_id
    where own.person_id = (select person_id from speakers where id = ${ownId}) and other.speaker_id = ${otherId}
      and own.state in ('invited', 'accepted') and other.state in ('invited', 'accepted')
    order by own.busy limit 20`.execute(db)
  return rows
}
