import { kept } from '../base/db/kept.ts'
import type { Language } from '../base/i18n/language.ts'
import { findHouses } from './public-store.ts'

export type NamedHouse = { id: string; front: string; phone: string | null; name: string; city: string }

/** All Houses, the first one first, as they are called in a language. */
export const findNamed = kept(async (db, language: Language): Promise<NamedHouse[]> => {
  const rows = await db
    .selectFrom('houses')
    .innerJoin('regions', 'regions.kato', 'houses.region')
    .select(['houses.id', `houses.name_${language} as name`, `regions.name_${language} as city`])
    .execute()
  const names = new Map(rows.map(({ id, name, city }) => [id, { name, city }]))
  return (await findHouses(db)).map(({ id, front, phone }) => ({
    ...{ id, front, phone },
    ...(names.get(id) ?? { name: '', city: '' }),
  }))
})
