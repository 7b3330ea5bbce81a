import type { Language } from './language.ts'

/** The texts of one feature in all three languages: the compiler refuses a word that one of them lacks or has too many. */
export const trilingual = <Words>(words: {
  kk: Words
  ru: NoInfer<Words>
  en: NoInfer<Words>
}): Record<Language, Words> => words
