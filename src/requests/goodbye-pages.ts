import { type Language, languages } from '../base/i18n/language.ts'
import type { HelpLine } from '../houses/public-pages.ts'
import { words as newsWords } from './status-news-words.ts'
import { words } from './status-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'requests/goodbye': {
      title: string
      halves: { language: Language; title: string; lines: string[]; again: string; href: string }[]
      sayHelp: string
      help: HelpLine[]
    }
  }
}

/** What stands where a link has ended: thanks and the way on in all three languages, and nobody's data. */
export function goodbyePage(first: Language, front: string, held: boolean, help: HelpLine[]) {
  const halves = [first, ...languages.filter(each => each !== first)].map(language => {
    const { goodbye } = newsWords[language]
    return {
      language,
      title: goodbye.title,
      lines: [held ? goodbye.held : goodbye.ended, goodbye.why, goodbye.again],
      again: words[language].again,
      href: `/${language}${front}/request/topic`,
    }
  })
  return { title: newsWords[first].goodbye.title, halves, sayHelp: newsWords[first].help, help }
}
