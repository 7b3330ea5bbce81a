import { kept } from '../base/db/kept.ts'
import type { Language } from '../base/i18n/language.ts'

export type HelpLine = { code: string; name: string; note: string }

/** Where there is help: 111, 150, 102, 112 never drop out, in this order. `most`: for a page that has other things to say. */
export const findHelpLines = kept(async (db, language: Language, most: number = 3): Promise<HelpLine[]> => {
  const rows = await db
    .selectFrom('support_lines')
    .select(['code', `name_${language} as name`, `note_${language} as note`])
    .where('house_id', 'is', null)
    .where('pinned', '=', true)
    .where('code', 'is not', null)
    .orderBy('position')
    .limit(most)
    .execute()
  return rows.map(({ code, name, note }) => ({ code: code ?? '', name, note }))
})
