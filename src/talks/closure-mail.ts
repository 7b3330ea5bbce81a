import type { Language } from '../base/i18n/language.ts'
import type { ClosureRow } from '../houses/closure-store.ts'
import { words as causes } from '../houses/closure-words.ts'
import { words as texts } from '../messages/text-words.ts'
import type { Known } from '../messages/wording-rules.ts'
import type { Fate } from './closing-rules.ts'
import { words } from './closure-words.ts'
import { named } from './known-mail.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import type { ClosureNews } from './mail-parts.ts'
import { words as terms } from './mail-words.ts'

export type ClosureSaid = Pick<ClosureRow, 'names' | 'cause'>
type Became = Exclude<Fate, 'kept'>

/** What a reader is told of what a closure made of a talk, or of its end. */
export function closureNews(
  closure: ClosureSaid,
  became: Became | 'restored',
  facts: TalkFacts,
  language: Language,
): ClosureNews {
  const say = words[language]
  if (became === 'restored') return { subject: say.subject.lifted, lines: [say.lifted], stays: [] }
  const why = whyOf(closure, language)
  return {
    subject: say.subject[became],
    lines: [why === '' ? say.closedBare : say.closed(why)],
    stays: [
      say.outcome[became],
      ...(became === 'online' ? [facts.link ? terms[language].online(facts.link) : say.linkSoon] : []),
    ],
  }
}

/** What a House's own text of a closure may name. */
export function knownOfClosure(closure: ClosureSaid, became: Became, facts: TalkFacts, mate: Mate | undefined): Known {
  return {
    key: mate ? 'closure.speaker' : 'closure.contact',
    values: it => ({
      ...named(facts, it),
      address: mate ? mate.addresses[it] : (facts.request?.contactName ?? texts[it].values.colleagues),
      change: words[it].outcome[became],
      reason: whyOf(closure, it) || texts[it].values.unsaid,
    }),
  }
}

/** In the middle of a sentence: the usual cause in small letters, the words of a coordinator as they stand. */
function whyOf({ names, cause }: ClosureSaid, language: Language): string {
  const usual = cause === 'other' ? '' : causes[language].causes[cause]
  const why = names[language] || names.kk || usual
  return why === usual ? why.toLocaleLowerCase('kk') : why
}
