import type { Language } from '../base/i18n/language.ts'
import type { TalkFacts } from './letter-store.ts'
import { mateSaid, placeOf, titleOf, whenOf } from './mail-parts.ts'
import { isStanding } from './rules.ts'
import { words } from './visitors-words.ts'

/** The list for whoever keeps the door of the host: who comes, when, why; Kazakh, and the reader's other language below. */
export function visitorsList(facts: TalkFacts, language: Language): { filename: string; content: string } {
  const languages: Language[] = ['kk', language === 'kk' ? 'ru' : language]
  const content = languages.map(it => listIn(facts, it)).join('\r\n\r\n')
  return { filename: words[language].filename, content: `${content}\r\n` }
}

function listIn(facts: TalkFacts, language: Language): string {
  const say = words[language]
  const when = whenOf(facts, language)
  return [
    say.title,
    `${say.from}: ${facts.house.names[language]}`,
    `${say.when}: ${when.date}, ${when.times} (${when.zone})`,
    `${say.where}: ${placeOf(facts, language)}`,
    `${say.topic}: ${titleOf(facts, language)}`,
    '',
    ...facts.team.filter(isStanding).map((mate, at) => `${at + 1}. ${mateSaid(mate, language)}`),
  ].join('\r\n')
}
