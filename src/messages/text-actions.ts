import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { languages } from '../base/i18n/language.ts'
import { partsOf, type TextField, type TextKey } from './text-rules.ts'
import { dropText, keepText, ownTexts } from './text-store.ts'

/** Keeps a House's words of one letter from now on, in the languages in which they changed; an empty text is the standard one. */
export const keepTexts = (
  db: Db,
  form: Form,
  { houseId, accountId, key }: { houseId: string; accountId: string; key: TextKey },
  texts: Record<TextField, string>,
  location: string,
): Promise<Done | { refused: never }> =>
  transactOnce<{ refused: never }>(db, form, async trx => {
    const before = await ownTexts(trx, houseId, key)
    for (const language of languages) {
      const subject = texts[`subject_${language}`] || null
      const body = texts[`body_${language}`] || null
      const old = before.find(it => it.language === language)
      if ((old?.subject ?? null) === subject && (old?.body ?? null) === body) continue
      const standard = subject === null && body === null
      if (standard) await dropText(trx, houseId, key, language)
      else await keepText(trx, { houseId, key, accountId, now: form.now }, { language, subject, body })
      await remember(trx, {
        houseId,
        kind: standard ? 'letter-text-dropped' : 'letter-text-kept',
        at: form.now,
        byWhom: 'account',
        accountId,
        detail: { ...partsOf(key), language },
      })
    }
    return { location }
  })
