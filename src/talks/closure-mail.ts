import type { Language } from '../base/i18n/language.ts'
import type { ClosureRow } from '../houses/closure-store.ts'
import { words } from './closure-words.ts'
import type { TalkFacts } from './letter-store.ts'
import type { ClosureNews } from './mail-parts.ts'
import { words as terms } from './mail-words.ts'

/** What a reader is told of a closure, or of its end. */
export function closureNews(closure: ClosureRow, facts: TalkFacts, language: Language): ClosureNews {
  const say = words[language]
  if (closure.lifted) return { subject: say.subject.lifted, lines: [say.lifted] }
  const why = closure.names[language] || closure.names.kk
  return {
    subject: say.subject[closure.outcome],
    lines: [
      why === '' ? say.closedBare : say.closed(why),
      say.outcome[closure.outcome],
      ...(closure.outcome === 'online' ? [facts.link ? terms[language].online(facts.link) : say.linkSoon] : []),
    ],
  }
}
