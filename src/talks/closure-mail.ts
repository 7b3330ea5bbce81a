import type { Language } from '../base/i18n/language.ts'
import type { ClosureRow } from '../houses/closure-store.ts'
import { words as texts } from '../messages/text-words.ts'
import type { Known } from '../messages/wording-rules.ts'
import { words } from './closure-words.ts'
import { named } from './known-mail.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import type { ClosureNews } from './mail-parts.ts'
import { words as terms } from './mail-words.ts'

export type ClosureSaid = Pick<ClosureRow, 'lifted' | 'names' | 'outcome'>

/** What a reader is told of a closure, or of its end. */
export function closureNews(closure: ClosureSaid, facts: TalkFacts, language: Language): ClosureNews {
  const say = words[language]
  if (closure.lifted) return { subject: say.subject.lifted, lines: [say.lifted], stays: [] }
  const why = whyOf(closure, language)
  return {
    subject: say.subject[closure.outcome],
    lines: [why === '' ? say.closedBare : say.closed(why)],
    stays: [
      say.outcome[closure.outcome],
      ...(closure.outcome === 'online' ? [facts.link ? terms[language].online(facts.link) : say.linkSoon] : []),
    ],
  }
}

/** What a House's own text of a closure may name. */
export function knownOfClosure(closure: ClosureSaid, facts: TalkFacts, mate: Mate | undefined): Known {
  return {
    key: mate ? 'closure.speaker' : 'closure.contact',
    values: it => ({
      ...named(facts, it),
      address: mate ? mate.addresses[it] : (facts.request?.contactName ?? texts[it].values.colleagues),
      change: words[it].outcome[closure.outcome],
      reason: whyOf(closure, it) || texts[it].values.unsaid,
    }),
  }
}

const whyOf = ({ names }: ClosureSaid, language: Language): string => names[language] || names.kk
