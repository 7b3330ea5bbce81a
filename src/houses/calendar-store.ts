import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Day } from '../base/time.ts'
import type { BanValue, HolidayValue, SwapValue } from './calendar-rules.ts'

const named = ['name_kk', 'name_ru', 'name_en'] as const

/** All holidays and swaps: transfers chain across the turn of a year. */
export async function findDays(db: Db) {
  const holidays = await db
    .selectFrom('holidays')
    .select(['on_date', 'slug', ...named, 'transferable', 'may_shift', 'status', 'source'])
    .orderBy('on_date')
    .orderBy('slug')
    .execute()
  const swaps = await db
    .selectFrom('day_swaps')
    .select(['off_on', 'work_on', ...named, 'source'])
    .orderBy('off_on')
    .execute()
  return { holidays, swaps }
}
export type HolidayRow = Awaited<ReturnType<typeof findDays>>['holidays'][number]
export type SwapRow = Awaited<ReturnType<typeof findDays>>['swaps'][number]

/** School years that touch a calendar year. */
export const findSchoolYears = (db: Db, year: number) =>
  db
    .selectFrom('school_years')
    .select(['id', 'from_on', 'to_on', 'status', 'source', 'confirmed_at'])
    .where('from_on', '<=', `${year}-12-31`)
    .where('to_on', '>=', `${year}-01-01`)
    .orderBy('from_on')
    .execute()
export type SchoolYearRow = Awaited<ReturnType<typeof findSchoolYears>>[number]

const bansSeen = (db: Db, houseId: string) =>
  db
    .selectFrom('bans')
    .leftJoin('hosts', 'hosts.id', 'bans.host_id')
    .select([
      'bans.id',
      'bans.house_id',
      'school_year',
      'part',
      'bans.kind',
      'strength',
      'from_on',
      'to_on',
      'host_kinds',
      'grades',
      'host_id',
      'except_audiences',
      'bans.name_kk',
      'bans.name_ru',
      'bans.name_en',
      'hosts.name_kk as host_kk',
      'hosts.name_ru as host_ru',
      'hosts.name_en as host_en',
    ])
    .where(eb => eb.or([eb('bans.house_id', 'is', null), eb('bans.house_id', '=', houseId)]))

/** The country's and the House's breaks, exams and bans that touch a span of days or belong to one of these school years. */
export const findBans = (db: Db, houseId: string, year: number, schoolYears: string[]) =>
  bansSeen(db, houseId)
    .where(eb =>
      eb.or([
        eb.and([eb('from_on', '<=', `${year}-12-31`), eb('to_on', '>=', `${year}-01-01`)]),
        ...(schoolYears.length > 0 ? [eb('school_year', 'in', schoolYears)] : []),
      ]),
    )
    .orderBy('from_on')
    .orderBy('bans.id')
    .execute()
export const findBan = (db: Db, houseId: string, id: string) =>
  bansSeen(db, houseId).where('bans.id', '=', id).executeTakeFirst()
export type BanRow = Awaited<ReturnType<typeof findBans>>[number]

export const findHostNames = (db: Db, houseId: string) =>
  db
    .selectFrom('hosts')
    .select(['id', ...named])
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .execute()
export const findAudienceNames = (db: Db) =>
  db
    .selectFrom('audiences')
    .select(['slug', ...named])
    .orderBy('position')
    .execute()

const holidayColumns = (it: HolidayValue) => ({
  on_date: it.on,
  name_kk: it.names.kk,
  name_ru: it.names.ru,
  name_en: it.names.en,
  transferable: it.transferable,
  may_shift: it.mayShift,
  status: it.confirmed ? 'confirmed' : 'unconfirmed',
  source: it.source,
})

export async function insertHoliday(trx: Trx, slug: string, value: HolidayValue): Promise<void> {
  await trx
    .insertInto('holidays')
    .values({ slug, ...holidayColumns(value) })
    .execute()
}

/** Each of these says whether the row was there. */
export const updateHoliday = async (trx: Trx, on: Day, slug: string, value: HolidayValue): Promise<boolean> =>
  (
    await trx
      .updateTable('holidays')
      .set(holidayColumns(value))
      .where('on_date', '=', on)
      .where('slug', '=', slug)
      .executeTakeFirst()
  ).numUpdatedRows > 0n

export const deleteHoliday = async (trx: Trx, on: Day, slug: string): Promise<boolean> =>
  (await trx.deleteFrom('holidays').where('on_date', '=', on).where('slug', '=', slug).executeTakeFirst())
    .numDeletedRows > 0n

const swapColumns = (it: SwapValue) => ({
  off_on: it.off,
  work_on: it.work,
  name_kk: it.names.kk,
  name_ru: it.names.ru,
  name_en: it.names.en,
  source: it.source,
})

export async function insertSwap(trx: Trx, value: SwapValue): Promise<void> {
  await trx.insertInto('day_swaps').values(swapColumns(value)).execute()
}

export const updateSwap = async (trx: Trx, off: Day, value: SwapValue): Promise<boolean> =>
  (await trx.updateTable('day_swaps').set(swapColumns(value)).where('off_on', '=', off).executeTakeFirst())
    .numUpdatedRows > 0n

export const deleteSwap = async (trx: Trx, off: Day): Promise<boolean> =>
  (await trx.deleteFrom('day_swaps').where('off_on', '=', off).executeTakeFirst()).numDeletedRows > 0n

const banColumns = (it: BanValue) => ({
  kind: it.kind,
  strength: it.strength,
  from_on: it.from,
  to_on: it.to,
  host_kinds: it.hostKinds,
  grades: it.grades,
  host_id: it.hostId,
  except_audiences: it.exceptAudiences,
  name_kk: it.names.kk,
  name_ru: it.names.ru,
  name_en: it.names.en,
})

/** `houseId` null: in the whole country, in the school year it is told. */
export async function insertBan(trx: Trx, houseId: string | null, value: BanValue, schoolYear?: string): Promise<void> {
  await trx
    .insertInto('bans')
    .values({ house_id: houseId, school_year: schoolYear ?? null, ...banColumns(value) })
    .execute()
}

/** Whose bans a person may change: the House's own, and the country's when they may, too. */
export type Reach = { houseId: string; national: boolean }

export const updateBan = async (
  trx: Trx,
  { houseId, national }: Reach,
  id: string,
  value: BanValue,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('bans')
    .set(banColumns(value))
    .where('id', '=', id)
    .where(eb => eb.or([eb('house_id', '=', houseId), ...(national ? [eb('house_id', 'is', null)] : [])]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const deleteBan = async (trx: Trx, { houseId, national }: Reach, id: string): Promise<boolean> => {
  const { numDeletedRows } = await trx
    .deleteFrom('bans')
    .where('id', '=', id)
    .where(eb => eb.or([eb('house_id', '=', houseId), ...(national ? [eb('house_id', 'is', null)] : [])]))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const confirmYear = async (trx: Trx, id: string, accountId: string, now: DateTime): Promise<boolean> =>
  (
    await trx
      .updateTable('school_years')
      .set({ confirmed_by: accountId, confirmed_at: now })
      .where('id', '=', id)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
