/** Kazakh first, everywhere. */
export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]

export const isLanguage = (text: unknown): text is Language => languages.some(language => language === text)

/** A name or text in all three languages. */
export type Said = { kk: string; ru: string; en: string }
