import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Travel } from '../matching/travel-rules.ts'
import { type TravelValue, transports } from './travel-rules.ts'

/** What a House has not told yet: a walk, a bus ride and a drive through a city. */
const usual: Travel['speeds'] = {
  walk: { kmh: 4.5, fixedMinutes: 2, detour: 1.3 },
  transit: { kmh: 14, fixedMinutes: 12, detour: 1.35 },
  car: { kmh: 24, fixedMinutes: 8, detour: 1.35 },
}

/** The districts of the House's region, in the order of their codes. */
export const findOwnDistricts = (db: Db | Trx, houseId: string) =>
  db
    .selectFrom('districts')
    .innerJoin('houses', 'houses.region', 'districts.region')
    .select(['kato', 'districts.name_kk', 'districts.name_ru', 'districts.name_en', 'districts.lat', 'districts.lon'])
    .where('houses.id', '=', houseId)
    .orderBy('kato')
    .execute()
export type DistrictRow = Awaited<ReturnType<typeof findOwnDistricts>>[number]

export async function findTravelTable(db: Db, houseId: string, districts: DistrictRow[]): Promise<Travel> {
  const table = await db
    .selectFrom('travel_times')
    .select(['from_district as from', 'to_district as to', 'transport', 'minutes'])
    .where('house_id', '=', houseId)
    .orderBy('from_district')
    .orderBy('to_district')
    .execute()
  const speeds = await db
    .selectFrom('travel_speeds')
    .select(['transport', 'kmh', 'fixed_minutes', 'detour'])
    .where('house_id', '=', houseId)
    .execute()
  return {
    table,
    speeds: {
      ...usual,
      ...Object.fromEntries(
        speeds.map(it => [it.transport, { kmh: it.kmh, fixedMinutes: it.fixed_minutes, detour: it.detour }]),
      ),
    },
    centres: districts.flatMap(({ kato, lat, lon }) =>
      lat === null || lon === null ? [] : [{ district: kato, point: { lat, lon } }],
    ),
  }
}

/** The whole table of one transport and all speeds, in place of what was there. */
export async function replaceTravel(
  trx: Trx,
  houseId: string,
  districts: string[],
  { transport, journeys, speeds }: TravelValue,
): Promise<void> {
  await trx
    .deleteFrom('travel_times')
    .where('house_id', '=', houseId)
    .where('transport', '=', transport)
    .where('from_district', 'in', districts)
    .where('to_district', 'in', districts)
    .execute()
  if (journeys.length > 0)
    await trx
      .insertInto('travel_times')
      .values(
        journeys.map(it => ({
          house_id: houseId,
          from_district: it.from,
          to_district: it.to,
          transport,
          minutes: it.minutes,
        })),
      )
      .execute()
  for (const each of transports) {
    const { kmh, fixedMinutes, detour } = speeds[each]
    await trx
      .insertInto('travel_speeds')
      .values({ house_id: houseId, transport: each, kmh, fixed_minutes: fixedMinutes, detour })
      .onConflict(row =>
        row.columns(['house_id', 'transport']).doUpdateSet({ kmh, fixed_minutes: fixedMinutes, detour }),
      )
      .execute()
  }
}
