import { kept } from '../base/db/kept.ts'
import type { Language } from '../base/i18n/language.ts'

/** Names of a House's people and of the words of the field, in the reader's language, by id. */
export type Names = {
  speakers: Map<string, string>
  professions: Map<string, string>
  audiences: Map<string, string>
  districts: Map<string, string>
}

export const findNames = kept(async (db, houseId: string, language: Language): Promise<Names> => {
  const speakers = await db
    .selectFrom('speakers')
    .select(['id', `name_${language} as name`])
    .where('house_id', '=', houseId)
    .execute()
  const professions = await db
    .selectFrom('professions')
    .select(['slug as id', `name_${language} as name`])
    .execute()
  const audiences = await db
    .selectFrom('audiences')
    .select(['slug as id', `name_${language} as name`])
    .execute()
  const districts = await db
    .selectFrom('districts')
    .select(['kato as id', `name_${language} as name`])
    .execute()
  return {
    speakers: byId(speakers),
    professions: byId(professions),
    audiences: byId(audiences),
    districts: byId(districts),
  }
})

const byId = (rows: { id: string; name: string }[]): Map<string, string> =>
  new Map(rows.map(({ id, name }) => [id, name]))
