import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
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
  checkedAt: DateTime | null
  checkDays: number
}

/** Help lines of the country, and of a House where one is named. */
export const findLines = (db: Db, language: Language, houseId: string | undefined): Promise<Line[]> =>
  db
    .selectFrom('support_lines')
    .select([
      'id',
      'code',
      'phone',
      'url',
      `name_${language} as name`,
      `note_${language} as note`,
      'national',
      'pinned',
      'hours',
      'free',
      'checked_at as checkedAt',
      'check_days as checkDays',
    ])
    .where(eb => eb.or([eb('house_id', 'is', null), ...(houseId === undefined ? [] : [eb('house_id', '=', houseId)])]))
    .orderBy('position')
    .orderBy('slug')
    .execute()

/** Somebody called the number and found it answering; false when there is no such line. */
export async function markChecked(
  trx: Trx,
  id: string,
  houseId: string,
  accountId: string,
  now: DateTime,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('support_lines')
    .set({ checked_at: now, checked_by: accountId })
    .where('id', '=', id)
    .where(eb => eb.or([eb('house_id', 'is', null), eb('house_id', '=', houseId)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
