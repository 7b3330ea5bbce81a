import { dateDigits, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { TalkFacts } from './letter-store.ts'
import { audienceOf, mateSaid, titleOf } from './mail-parts.ts'
import { isStanding } from './rules.ts'

export type TalkLine = { when: string; topic: string; audience: string; team: string }

/** A talk as a line of the table in an official letter. */
export const talkLine = (facts: TalkFacts, it: Language): TalkLine => ({
  when: `${dateDigits(facts.day)}\n${timesSaid(facts.from, facts.to)}`,
  topic: titleOf(facts, it),
  audience: audienceOf(facts, it),
  team: facts.team
    .filter(isStanding)
    .map(mate => mateSaid(mate, it))
    .join(';\n'),
})
