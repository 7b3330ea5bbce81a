import type { OpenDay } from '../requests/open-talks-pages.ts'
import type { OpenTalksWords } from '../requests/open-talks-words.ts'
import type { Ways } from './subscription-pages.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'calendars/open': {
      title: string
      description: string
      say: OpenTalksWords
      days: OpenDay[]
      ways: Omit<Ways, 'qr'>
      ask: string
    }
  }
}
