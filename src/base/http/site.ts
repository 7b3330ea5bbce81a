import { type Language, languages } from '../i18n/language.ts'

/** The one address of a page of the public site, and its twins: Kazakh is also for whoever speaks none of the three. */
export type Site = {
  canonical: string
  twins: { hreflang: Language | 'x-default'; href: string }[]
  locale: string
  otherLocales: string[]
  image: string
}

const locales = { kk: 'kk_KZ', ru: 'ru_RU', en: 'en_GB' } as const satisfies Record<Language, string>

/**
 * Undefined for an address without a language in it. What follows the question mark only filters or counts visitors; a page
 * of the first House has the address with its name, if it has one, whichever was asked for.
 */
export function siteOf(publicUrl: string, url: string, image: string, front: string): Site | undefined {
  const [, language, rest = ''] = /^\/(kk|ru|en)(?:\/h\/[^/?#]+)?((?:\/[^?#]*)?)(?:[?#]|$)/.exec(url) ?? []
  if (!language) return
  const inLanguage = (other: Language) => `${publicUrl}/${other}${front}${rest.replace(/\/+$/, '')}`
  return {
    canonical: inLanguage(language as Language),
    twins: [
      ...languages.map(other => ({ hreflang: other, href: inLanguage(other) })),
      { hreflang: 'x-default', href: inLanguage('kk') },
    ],
    locale: locales[language as Language],
    otherLocales: languages.filter(other => other !== language).map(other => locales[other]),
    image: `${publicUrl}${image}`,
  }
}
