import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { clock } from '../base/time.ts'
import { words as texts } from '../messages/text-words.ts'
import type { Known } from '../messages/wording-rules.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { answerBy, changeLine } from './invitation-mail.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import { mateSaid, placeOf } from './mail-parts.ts'
import { words } from './mail-words.ts'
import { isStanding } from './rules.ts'

type Before = ((language: Language) => string) | undefined
type KeyOf<Reader extends string> = Extract<
  Known['key'],
  `${`talk-${string}` | `reminder-${string}` | 'outcome-asked' | 'feedback-asked'}.${Reader}`
>

/** What a House's own text to a host may name. */
export function knownToHost(key: KeyOf<'contact'>, facts: TalkFacts, before?: Before): Known {
  const values = (it: Language) => ({
    ...named(facts, it),
    address: facts.request?.contactName ?? texts[it].values.colleagues,
    team: teamSaid(facts, it),
    reason: cancelWords[it][facts.cancelReason ?? 'other'],
    ...changed(facts, it, before),
  })
  return { key, values }
}

/** The same for a speaker of its team. */
export function knownToSpeaker(
  key: KeyOf<'speaker'> | Extract<Known['key'], `invitation${string}`>,
  facts: TalkFacts,
  mate: Mate,
  before?: Before,
): Known {
  const values = (it: Language) => ({
    ...named(facts, it),
    address: mate.addresses[it],
    team: teamSaid(facts, it),
    reason:
      facts.state === 'cancelled' && facts.cancelReason ? cancelWords[it][facts.cancelReason] : texts[it].values.team,
    answerBy: answerBy(facts, mate, it),
    ...changed(facts, it, before),
  })
  return { key, values }
}

/** And for the coordinator who hears that a place is open. */
export const knownOfDecline = (facts: TalkFacts, mate: Mate, reader: Said): Known => ({
  key: 'answer-declined.account',
  values: it => ({
    ...named(facts, it),
    address: reader[it],
    speaker: mate.names[it],
    reason: mate.reason ? words[it].answers[mate.reason] : texts[it].values.unsaid,
  }),
})

/** What every text about a talk may name. */
export const named = (facts: TalkFacts, language: Language) => ({
  topic: facts.topic[language],
  host: facts.host.names[language],
  date: dateWithoutWeekday(language, facts.day),
  time: clock(facts.from),
  place: placeOf(facts, language),
  number: facts.request ? `№ ${facts.request.number}` : texts[language].values.none,
  house: facts.house.names[language],
})

export const teamSaid = (facts: TalkFacts, language: Language): string =>
  facts.team
    .filter(isStanding)
    .map(mate => mateSaid(mate, language))
    .join('; ') || texts[language].values.none

const changed = (facts: TalkFacts, language: Language, before: Before) => ({
  change: changeLine(facts, language, before?.(language)),
  old: before?.(language) ?? texts[language].values.unmoved,
})
