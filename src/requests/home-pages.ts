import type { HelpLine } from '../houses/public-pages.ts'
import type { Filter, TopicCard } from '../topics/pages.ts'
import type { HomeWords } from './home-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'requests/home': {
      title: string
      description: string
      say: HomeWords
      ask: string
      soon: { href: string; day: string; text: string }[]
      filters: Filter[]
      topics: TopicCard[]
      all: { href: string; text: string }
      figures: { number: string; text: string }[]
      help: HelpLine[]
    }
  }
}
