import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'

/** How the House signs its letters. */
export type House = { names: Said; city: Said; phone: string | null; zone: string }

export const nobody: House = {
  names: { kk: 'Кездесу', ru: 'Кездесу', en: 'Kezdesu' },
  city: { kk: '', ru: '', en: '' },
  phone: null,
  zone: 'Asia/Almaty',
}

export const houseSaid = async (db: Db, houseId: string | null): Promise<House> =>
  houseId ? houseKept(db, houseId) : nobody

const houseKept = kept(async (db, houseId: string): Promise<House> => {
  const row = await db
    .selectFrom('houses')
    .innerJoin('regions', 'regions.kato', 'houses.region')
    .select([
      'houses.name_kk',
      'houses.name_ru',
      'houses.name_en',
      'houses.phone',
      'houses.zone',
      'regions.name_kk as city_kk',
      'regions.name_ru as city_ru',
      'regions.name_en as city_en',
    ])
    .where('houses.id', '=', houseId)
    .executeTakeFirst()
  if (!row) return nobody
  return {
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    city: { kk: row.city_kk, ru: row.city_ru, en: row.city_en },
    phone: row.phone,
    zone: row.zone,
  }
})
