import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { PhoneWords } from './phone-words.ts'
import { words } from './phone-words.ts'
import type { ProposalFields, ProposalMistake } from './proposal-rules.ts'

/** Why somebody can't come and when they could, as the form has it. */
export type WhyForm = {
  say: PhoneWords
  reason: string
  on: string
  at: string
  errors: Partial<Record<ProposalMistake, string>>
  summary: { href: string; text: string }[]
}
export type WhyTyped = ProposalFields & { reason?: string | undefined }

export const whyForm = (language: Language, typed: WhyTyped = {}, mistakes: ProposalMistake[] = []): WhyForm => {
  const say = words[language]
  return {
    say,
    reason: typed.reason ?? '',
    on: typed.on ?? '',
    at: typed.at ?? '',
    errors: Object.fromEntries(mistakes.map(mistake => [mistake, say.mistakes[mistake]])),
    summary: mistakes.map(mistake => ({ href: `#${mistake}`, text: say.mistakes[mistake] })),
  }
}

/** `Сейсенбі, 24 қараша, 10:00` */
export const proposedSaid = (
  language: Language,
  { proposedOn, proposedFrom }: { proposedOn: string | null; proposedFrom: string | null },
): string =>
  proposedOn ? [dateSaid(language, proposedOn), ...(proposedFrom ? [proposedFrom.slice(0, 5)] : [])].join(', ') : ''
