import { type Language, languages, type Said } from '../base/i18n/language.ts'
import { cleanLine } from '../base/text.ts'

const longest = 200

/** A body's name as a form says it in three languages; undefined when one is missing or too long. */
export function bodyNameOf(texts: Record<Language, string>): Said | undefined {
  const name = { kk: cleanLine(texts.kk), ru: cleanLine(texts.ru), en: cleanLine(texts.en) }
  return languages.every(it => name[it] !== '' && name[it].length <= longest) ? name : undefined
}
