import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

export type Line = {
  id: string
  code: string | null
  phone: string | null
  url: string | null
  name: string
  note: string
  national: boolean
  pinned: boolean
  hours: string | null
  free: boolean | null
  anonymous: boolean | null
  languages: string[]
  audience: string[]
  checkedAt: DateTime | null
  checkDays: number
  doubtedAt: DateTime | null
}

/** What visitors see: the lines of the country, and those of a House that somebody has checked and nobody took off. */
export const findLines = kept(
  (db: Db, language: Language, houseId: string | undefined): Promise<Line[]> =>
    db
      .selectFrom('support_lines')
      .select([
        ...(['id', 'code', 'phone', 'url', `name_${language} as name`, `note_${language} as note`] as const),
        ...(['national', 'pinned', 'hours', 'free', 'anonymous', 'languages', 'audience'] as const),
        ...(['checked_at as checkedAt', 'check_days as checkDays', 'doubted_at as doubtedAt'] as const),
      ])
      .where('removed_at', 'is', null)
      .where('off_at', 'is', null)
      .where(eb =>
        eb.or([
          eb('house_id', 'is', null),
          ...(houseId === undefined ? [] : [eb('house_id', '=', houseId).and('checked_at', 'is not', null)]),
        ]),
      )
      .orderBy('position')
      .orderBy(`name_${language}`)
      .orderBy('id')
      .execute(),
)
