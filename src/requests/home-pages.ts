import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import type { HelpLine, NamedHouse } from '../houses/public-pages.ts'
import { capital, type Filter, type TopicCard } from '../topics/pages.ts'
import { type HomeWords, words } from './home-words.ts'
import type { OpenDay } from './open-talks-pages.ts'
import type { OpenTalksWords } from './open-talks-words.ts'

export type HouseLink = { href: string; city: string; name: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'requests/home': {
      title: string
      description: string
      say: HomeWords
      ask: string
      soon: { href: string; day: string; text: string }[]
      filters: Filter[]
      bands: Filter[]
      byGrade: string
      open: { say: OpenTalksWords; days: OpenDay[]; calendar: string; webcal: string } | undefined
      topics: TopicCard[]
      all: { href: string; text: string }
      figures: { number: string; text: string }[]
      help: HelpLine[]
    }
    'requests/houses': {
      title: string
      description: string
      say: HomeWords
      houses: HouseLink[]
      help: HelpLine[]
    }
  }
}

/** «город Алматы» is looked for under its А. */
const properName = (region: string): string => region.replace(/^\p{Ll}+ /u, '')

/** Where the country's Houses are found, by region. */
export function housesPage(language: Language, houses: NamedHouse[], help: HelpLine[]) {
  const say = words[language]
  return {
    ...{ title: say.title, description: say.description, say, help },
    houses: houses
      .map(({ front, name, city }) => ({ href: `/${language}${front}`, city, name }))
      .sort((a, b) => byName(properName(a.city), properName(b.city)) || byName(a.name, b.name))
      .map(house => ({ ...house, city: capital(house.city) })),
  }
}
