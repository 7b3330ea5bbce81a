import { kept } from '../base/db/kept.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'

/** How the House (or, for visitors, the first House) names itself at the head of a page. */
export const faceOf = kept(async (db, houseId: string | undefined, language: Language) => {
  const house = await db
    .selectFrom('houses')
    .innerJoin('regions', 'regions.kato', 'houses.region')
    .select([`houses.name_${language} as name`, `regions.name_${language} as city`, 'houses.phone'])
    .$if(houseId !== undefined, query => query.where('houses.id', '=', houseId ?? ''))
    .orderBy('houses.created_at')
    .limit(1)
    .executeTakeFirst()
  const phone = house?.phone ?? undefined
  return { name: house?.name ?? 'Kezdesu', city: house?.city ?? '', phone, phoneSaid: phone && phoneSaid(phone) }
})
