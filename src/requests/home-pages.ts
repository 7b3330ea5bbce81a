import type { HelpLine } from '../houses/public-pages.ts'
import type { Filter, TopicCard } from '../topics/pages.ts'
import type { HomeWords } from './home-words.ts'
import type { OpenDay } from './open-talks-pages.ts'
import type { OpenTalksWords } from './open-talks-words.ts'

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
  }
}
