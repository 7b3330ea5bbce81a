import { sql } from 'kysely'
import { keptWithDiary } from '../base/db/diary.ts'
import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import { type DateTime, type Day, wallOf } from '../base/time.ts'

/** The House that the public pages speak for: the first of the installation. */
export type PublicHouse = {
  id: string
  slug: string
  zone: string
  region: string
  district: string | null
  phone: string | null
  today: Day
  now: number
}

export async function findPublicHouse(db: Db, now: DateTime): Promise<PublicHouse | undefined> {
  return withClock(await findFirst(db), now)
}

/** A House by its id, with what its clock says. */
export async function findHouse(db: Db, id: string, now: DateTime): Promise<PublicHouse | undefined> {
  return withClock(await findById(db, id), now)
}

const houses = (db: Db) => db.selectFrom('houses').select(['id', 'slug', 'zone', 'region', 'district', 'phone'])
const findFirst = kept(db => houses(db).orderBy('created_at').limit(1).executeTakeFirst())
const findById = kept((db, id: string) => houses(db).where('id', '=', id).executeTakeFirst())

function withClock(house: Omit<PublicHouse, 'today' | 'now'> | undefined, now: DateTime): PublicHouse | undefined {
  if (!house) return
  const wall = wallOf(now, house.zone)
  return { ...house, today: wall.day, now: wall.minute }
}

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
