import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { HostHall } from './edit-rules.ts'

/** The halls that these hosts name, in their order. */
export const findHalls = (db: Db | Trx, hostIds: string[]) =>
  db
    .selectFrom('host_halls')
    .select(['host_id', 'id', 'name_kk', 'name_ru', 'name_en', 'seats'])
    .where('host_id', '=', sql<string>`any(${hostIds}::uuid[])`)
    .where('gone', '=', false)
    .orderBy('host_id')
    .orderBy('position')
    .execute()

/** How many talks are still to come, or under way, in each hall of a host. */
export async function findComing(
  db: Db | Trx,
  hostId: string,
  now: DateTime,
): Promise<{ id: string; coming: number }[]> {
  const { rows } = await sql<{ id: string; coming: number }>`
    select h.id, count(t.id)::int as coming from host_halls h
    left join talks t on t.hall_id = h.id and t.state = 'booked' and upper(t.during) > ${now.toISO()}::timestamptz
    where h.host_id = ${hostId} and not h.gone group by h.id`.execute(db)
  return rows
}

const columnsOf = ({ names, seats }: HostHall, at: number) => ({
  position: at + 1,
  name_kk: names.kk,
  name_ru: names.ru,
  name_en: names.en,
  seats: seats ?? null,
})

export async function insertHalls(trx: Trx, hostId: string, halls: HostHall[]): Promise<void> {
  if (halls.length === 0) return
  const rows = halls.map((hall, at) => ({ host_id: hostId, ...columnsOf(hall, at) }))
  await trx.insertInto('host_halls').values(rows).execute()
}

/** Writes the halls of a host anew, in this order; what is not among them is gone. */
export async function writeHalls(trx: Trx, hostId: string, halls: HostHall[]): Promise<void> {
  // out of the order first, so that two may change places
  await trx
    .updateTable('host_halls')
    .set({ gone: true })
    .where('host_id', '=', hostId)
    .where('gone', '=', false)
    .execute()
  for (const [at, hall] of halls.entries()) {
    if (hall.id === undefined)
      await trx
        .insertInto('host_halls')
        .values({ host_id: hostId, ...columnsOf(hall, at) })
        .execute()
    else
      await trx
        .updateTable('host_halls')
        .set({ ...columnsOf(hall, at), gone: false })
        .where('id', '=', hall.id)
        .where('host_id', '=', hostId)
        .execute()
  }
}

/** The talks to come in a hall without a name move into the first of the named ones that seats them, or else the first of all. */
export async function moveIntoNamed(trx: Trx, hostId: string, now: DateTime): Promise<void> {
  await sql`
    update talks t set hall_id = (
      select h.id from host_halls h where h.host_id = t.host_id and not h.gone
      order by (coalesce(h.seats, 0) = 0 or h.seats >= t.heads_planned) desc, h.position limit 1)
    where t.host_id = ${hostId} and t.hall_id is null and t.mode = 'onsite' and t.state = 'booked'
      and upper(t.during) > ${now.toISO()}::timestamptz
      and exists (select from host_halls h where h.host_id = t.host_id and not h.gone)`.execute(trx)
}

/** The seats that a file names are those of the first hall. */
export async function keepFirstSeats(trx: Trx, hostIds: string[]): Promise<void> {
  await sql`
    update host_halls h set seats = o.hall_seats from hosts o
    where o.id = h.host_id and o.id = any(${hostIds}::uuid[]) and h.position = 1 and not h.gone
      and h.seats is distinct from o.hall_seats`.execute(trx)
}
