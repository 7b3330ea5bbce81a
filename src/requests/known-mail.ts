import { numberSaid } from '../base/i18n/dates.ts'
import type { Said } from '../base/i18n/language.ts'
import { words as texts } from '../messages/text-words.ts'
import type { Known } from '../messages/wording-rules.ts'
import type { RequestFacts } from './letter-store.ts'
import { timesAsked } from './mail.ts'
import { words } from './mail-words.ts'

type Key = Extract<Known['key'], `${`request-${string}` | 'contact-wrote' | 'calendar-address'}.${string}`>

/** What a House's own text about a request may name; `reader` is a coordinator's way of being addressed. */
export const knownOfRequest = (key: Key, facts: RequestFacts, reader?: Said): Known => ({
  key,
  values: it => ({
    address: reader?.[it] ?? facts.contactName ?? texts[it].values.colleagues,
    number: `№ ${facts.number}`,
    topic: facts.topic[it],
    host: facts.host[it],
    heads: numberSaid(it, facts.heads),
    times: timesAsked(facts, it).join('; ') || texts[it].values.none,
    house: facts.house.names[it],
    reason: words[it].reasons[facts.declineReason ?? 'other'],
  }),
})

/** To an address that nobody confirmed: nothing that was typed into the form. */
export const knownOfConfirmation = (facts: RequestFacts): Known => ({
  key: 'address-confirmation.contact',
  values: it => ({ number: `№ ${facts.number}`, house: facts.house.names[it] }),
})
