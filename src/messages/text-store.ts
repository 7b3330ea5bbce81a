import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { keyOf, partsOf, type TextKey } from './text-rules.ts'
import type { OwnText } from './wording-rules.ts'

/** What a House says of its own in one letter, a row a language. */
export function ownTexts(db: Db | Trx, houseId: string, key: TextKey): Promise<OwnText[]> {
  const { kind, reader } = partsOf(key)
  return db
    .selectFrom('letter_texts')
    .select(['language', 'subject', 'body'])
    .where('house_id', '=', houseId)
    .where('kind', '=', kind)
    .where('reader', '=', reader)
    .orderBy('language')
    .execute()
}

/** The same for letters: read once a revision. */
export const ownTextsKept = kept((db: Db, houseId: string, key: TextKey) => ownTexts(db, houseId, key))

/** In which languages a House has words of its own, by letter. */
export async function ownLanguages(db: Db, houseId: string): Promise<Map<TextKey, Language[]>> {
  const rows = await db
    .selectFrom('letter_texts')
    .select(['kind', 'reader', 'language'])
    .where('house_id', '=', houseId)
    .orderBy('language')
    .execute()
  const found = new Map<TextKey, Language[]>()
  for (const row of rows) {
    const key = keyOf(row.kind, row.reader)
    if (key) found.set(key, [...(found.get(key) ?? []), row.language])
  }
  return found
}

export async function keepText(
  trx: Trx,
  { houseId, key, accountId, now }: { houseId: string; key: TextKey; accountId: string; now: DateTime },
  text: OwnText,
): Promise<void> {
  const said = { subject: text.subject, body: text.body, changed_at: now, changed_by: accountId }
  await trx
    .insertInto('letter_texts')
    .values({ house_id: houseId, ...partsOf(key), language: text.language, ...said })
    .onConflict(conflict => conflict.columns(['house_id', 'kind', 'reader', 'language']).doUpdateSet(said))
    .execute()
}

/** Back to the standard words. */
export async function dropText(trx: Trx, houseId: string, key: TextKey, language: Language): Promise<void> {
  const { kind, reader } = partsOf(key)
  await trx
    .deleteFrom('letter_texts')
    .where('house_id', '=', houseId)
    .where('kind', '=', kind)
    .where('reader', '=', reader)
    .where('language', '=', language)
    .execute()
}
