import { type Language, languages, type Said } from '../base/i18n/language.ts'
import { cleanLine } from '../base/text.ts'

/** Somebody who reports events of the House as well; one that is gone stays with what it has reported. */
export type Body = { id: string; name: Said; gone: boolean }

const longest = 200

/** A body's name as a form says it in three languages; undefined when one is missing or too long. */
export function bodyNameOf(texts: Record<Language, string>): Said | undefined {
  const name = { kk: cleanLine(texts.kk), ru: cleanLine(texts.ru), en: cleanLine(texts.en) }
  return languages.every(it => name[it] !== '' && name[it].length <= longest) ? name : undefined
}
