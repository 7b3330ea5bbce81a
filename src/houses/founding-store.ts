import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Founding, slugOf } from './founding-rules.ts'

/** The regions that a House may stand in, as people sort them. */
export async function regionsIn(db: Db, language: Language): Promise<{ kato: string; name: string }[]> {
  const rows = await db
    .selectFrom('regions')
    .select(['kato', `name_${language} as name`])
    .execute()
  return rows.sort((a, b) => byName(a.name, b.name))
}

/** Every zone that a region of the country keeps. */
export const zonesIn = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('regions').select('zone').distinct().orderBy('zone').execute()).map(({ zone }) => zone)

/** A House with the usual speeds of walking, buses and cars in a city. */
export async function insertHouse(
  trx: Trx,
  { names, region, phone, slug = slugOf(names.en), zone, opens }: Omit<Founding, 'person' | 'email'>,
): Promise<string> {
  const usual = await trx.selectFrom('regions').select('zone').where('kato', '=', region).executeTakeFirstOrThrow()
  const { id } = await trx
    .insertInto('houses')
    .values({
      slug,
      region,
      zone: zone ?? usual.zone,
      ...(opens ? { opens_at: opens.from, closes_at: opens.to } : {}),
      phone: phone ?? null,
      name_kk: names.kk,
      name_ru: names.ru,
      name_en: names.en,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('travel_speeds')
    .values([
      { house_id: id, transport: 'walk', kmh: 4.5, fixed_minutes: 2, detour: 1.3 },
      { house_id: id, transport: 'transit', kmh: 14, fixed_minutes: 12, detour: 1.35 },
      { house_id: id, transport: 'car', kmh: 24, fixed_minutes: 8, detour: 1.35 },
    ])
    .execute()
  return id
}
