import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import { placed } from './hall-rules.ts'
import { findHalls } from './hall-store.ts'

const talksOf = (trx: Trx, hostId: string) =>
  trx
    .selectFrom('talks')
    .select(['id', 'hall_id', 'heads_planned', 'during'])
    .select(it => it.and([it('state', 'in', ['booked', 'held']), it('mode', '=', 'onsite')]).as('stands'))
    .where('host_id', '=', hostId)
    .orderBy('id')
    .execute()

/**
 * In which halls of a host these talks of another entry of it would stand; undefined when there is no room for one of them.
 * `before`: where they stood at this entry. What does not stand on site needs no hall.
 */
export async function hallsFor(
  trx: Trx,
  hostId: string,
  from: { hostId: string; ids?: string[] },
  before: Record<string, string> = {},
): Promise<Map<string, string | undefined> | undefined> {
  const all = await talksOf(trx, from.hostId)
  const theirs = from.ids ? all.filter(({ id }) => from.ids?.includes(id)) : all
  const halls = (await findHalls(trx, [hostId])).map(({ id, seats }) => ({ id, seats: seats ?? undefined }))
  const times = ({ during }: { during: { from: { toMillis(): number }; to: { toMillis(): number } } }) => ({
    from: during.from.toMillis(),
    to: during.to.toMillis(),
  })
  const standing = (await talksOf(trx, hostId))
    .filter(({ stands }) => stands)
    .map(talk => ({ hallId: talk.hall_id ?? undefined, ...times(talk) }))
  const found = placed(
    halls,
    standing,
    theirs
      .filter(({ stands }) => stands)
      .map(talk => ({ id: talk.id, heads: talk.heads_planned, before: before[talk.id], ...times(talk) })),
  )
  return found && new Map(theirs.map(({ id }) => [id, found.get(id)]))
}

/** Gives talks of one entry of a host to the other, each with its hall there. */
export async function moveTalks(
  trx: Trx,
  from: string,
  into: string,
  halls: Map<string, string | undefined>,
): Promise<void> {
  await sql`
    update talks t set host_id = ${into}, hall_id = v.hall
    from unnest(${[...halls.keys()]}::uuid[], ${[...halls.values()].map(id => id ?? null)}::uuid[]) as v (id, hall)
    where t.id = v.id and t.host_id = ${from}`.execute(trx)
}

/** In which halls the talks of a host stand that have one. */
export async function findHallsOfTalks(trx: Trx, hostId: string): Promise<Record<string, string>> {
  const rows = await talksOf(trx, hostId)
  return Object.fromEntries(rows.flatMap(({ id, hall_id }) => (hall_id === null ? [] : [[id, hall_id]])))
}
