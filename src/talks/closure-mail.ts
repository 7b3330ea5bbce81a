import type { Language } from '../base/i18n/language.ts'
import type { ClosureRow } from '../houses/closure-store.ts'
import { words as causes } from '../houses/closure-words.ts'
import type { Fate } from './closing-rules.ts'
import { words } from './closure-words.ts'
import type { TalkFacts } from './letter-store.ts'
import type { ClosureNews } from './mail-parts.ts'
import { words as terms } from './mail-words.ts'

/** What a reader is told of what a closure made of a talk, or of its end. */
export function closureNews(
  closure: ClosureRow,
  became: Exclude<Fate, 'kept'> | 'restored',
  facts: TalkFacts,
  language: Language,
): ClosureNews {
  const say = words[language]
  if (became === 'restored') return { subject: say.subject.lifted, lines: [say.lifted] }
  const named = closure.names[language] || closure.names.kk
  const why = named || (closure.cause === 'other' ? '' : causes[language].causes[closure.cause])
  return {
    subject: say.subject[became],
    lines: [
      why === '' ? say.closedBare : say.closed(why),
      say.outcome[became],
      ...(became === 'online' ? [facts.link ? terms[language].online(facts.link) : say.linkSoon] : []),
    ],
  }
}
