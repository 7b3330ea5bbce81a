import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import { type DateTime, type Day, wallOf } from '../base/time.ts'

/** A House as visitors meet it. */
export type PublicHouse = {
  id: string
  slug: string
  /** What stands behind the language in the addresses of its site: nothing while it is the only House (decision 036). */
  front: string
  zone: string
  region: string
  district: string | null
  phone: string | null
  today: Day
  now: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The House whose site is read; undefined everywhere else, and while there is no House. */
    house: PublicHouse | undefined
    /** Where that site begins: `/kk`, or `/kk/h/shymkent`. */
    home: string
  }
}

/** All Houses of the installation, the first one first. */
export const findHouses = kept(async db => {
  const houses = await db
    .selectFrom('houses')
    .select(['id', 'slug', 'zone', 'region', 'district', 'phone'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return houses.map(house => ({ ...house, front: houses.length > 1 ? `/h/${house.slug}` : '' }))
})

/** A House by its id, with what its clock says. */
export async function findHouse(db: Db, id: string, now: DateTime): Promise<PublicHouse | undefined> {
  const house = (await findHouses(db)).find(house => house.id === id)
  return house && withClock(house, now)
}

export function withClock(house: Omit<PublicHouse, 'today' | 'now'>, now: DateTime): PublicHouse {
  const wall = wallOf(now, house.zone)
  return { ...house, today: wall.day, now: wall.minute }
}

/** Where the site of a House lies behind the language. */
export const frontOf = async (db: Db, houseId: string): Promise<string> =>
  (await findHouses(db)).find(({ id }) => id === houseId)?.front ?? ''

/** The districts a host may lie in, by the House's region. */
export const findDistricts = kept((db, region: string) =>
  db
    .selectFrom('districts')
    .select(['kato', 'name_kk', 'name_ru', 'name_en'])
    .where('region', '=', region)
    .orderBy('kato')
    .execute(),
)

/** What was held since a day: talks, places and listeners. */
export const findFigures = keptWithDiary(
  'figures',
  async (db, houseId, since: Day): Promise<{ talks: number; hosts: number; heads: number }> => {
    const row = await db
      .selectFrom('talks')
      .select(({ fn }) => [
        fn.countAll<number>().as('talks'),
        fn.count<number>('host_id').distinct().as('hosts'),
        fn.sum<number>('heads_counted').as('heads'),
      ])
      .where('house_id', '=', houseId)
      .where('state', '=', sql.lit('held'))
      .where('held_on', '>=', since)
      .executeTakeFirstOrThrow()
    return { talks: row.talks, hosts: row.hosts, heads: Number(row.heads ?? 0) }
  },
)
