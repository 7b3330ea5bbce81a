import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { isReached } from '../messages/channel-rules.ts'
import { tellsSaid } from '../messages/tell-pages.ts'
import { words } from '../messages/tell-words.ts'
import { news, type Recipient } from '../talks/notice-rules.ts'
import type { OfferCard } from './pages.ts'
import type { RequestSide } from './side-store.ts'

/** Offers with the names of whom a booking would tell, by the rule that a booking tells by. */
export function withTells(
  language: Language,
  cards: OfferCard[],
  side: RequestSide,
  names: ReadonlyMap<string, string>,
  now: DateTime,
): OfferCard[] {
  const { contactId, email, phone, channel } = side
  const reached = contactId && isReached({ email, phone, channel: channel ?? 'mail' })
  const contact = reached ? reader(`contact:${contactId}`, email ?? '', side.language ?? language) : undefined
  const talk = { id: '', houseId: '', requestId: undefined, version: 1, zone: 'utc', startsAt: now, endsAt: now }
  return cards.map(card => {
    const team = card.speakers.map(id => ({
      ...reader(`speaker:${id}`, '', language),
      assignmentId: id,
      news: 'joins' as const,
    }))
    const letters = news({ talk, event: 'booked', team, contact, dueAt: now, now })
    return { ...card, tells: tellsSaid(language, letters, id => names.get(id), side), sayTells: words[language] }
  })
}

const reader = (recipient: string, address: string, language: Language): Recipient => ({
  recipient,
  address,
  language,
  // reminders are planned, and no news
  wishes: { quiet: { from: 0, until: 0 }, days: 0, dayBeforeAt: 0, hours: 0 },
  untold: [],
})
