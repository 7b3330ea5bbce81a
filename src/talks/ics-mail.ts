import type { Language } from '../base/i18n/language.ts'
import type { Mail } from '../base/mail.ts'
import { tokenOf } from '../base/secrets.ts'
import { type CalendarEvent, calendarOf, vevent } from './ics.ts'
import { locationOf } from './ics-place.ts'
import { words } from './ics-words.ts'
import type { Mate, TalkFacts } from './letter-store.ts'

/** Who gets the letter; `page`: theirs, and without a secret, since it stands in a calendar. */
export type Envelope = {
  secret: string
  domain: string
  address: string
  language: Language
  page: string | undefined
}
type Method = 'REQUEST' | 'CANCEL'

/** The calendar part of a letter to a speaker: one event, one attendee, who is the reader. */
export const calendarPart = (
  facts: TalkFacts,
  mate: Mate,
  method: Method,
  envelope: Envelope,
): NonNullable<Mail['calendar']> =>
  partOf(facts, method, envelope, mate.speakerId, {
    name: mate.names[envelope.language],
    email: envelope.address,
    accepted: mate.state === 'accepted',
    asked: method === 'REQUEST' && mate.state !== 'accepted',
  })

/** The calendar part of a letter to a host's contact: the host asked for the talk, so nobody asks back. */
export const hostCalendarPart = (facts: TalkFacts, method: Method, envelope: Envelope): NonNullable<Mail['calendar']> =>
  partOf(facts, method, envelope, 'contact', {
    name: facts.request?.contactName ?? facts.host.names[envelope.language],
    email: envelope.address,
    accepted: true,
    asked: false,
  })

function partOf(
  facts: TalkFacts,
  method: Method,
  { secret, domain, language, page }: Envelope,
  recipient: string,
  attendee: NonNullable<CalendarEvent['attendee']>,
): NonNullable<Mail['calendar']> {
  const say = words[language]
  const { closed } = facts
  const { geo } = facts.host
  const event = vevent(
    {
      talkId: facts.id,
      sequence: facts.sequence,
      stamp: facts.revisedAt,
      created: facts.createdAt,
      modified: facts.revisedAt,
      startsAt: facts.startsAt,
      endsAt: facts.endsAt,
      zone: facts.zone,
      status: method === 'CANCEL' ? 'CANCELLED' : attendee.accepted ? 'CONFIRMED' : 'TENTATIVE',
      summary: closed ? say.closed : say.talk(facts.host.names[language]),
      location: locationOf(
        { ...facts.host, closed, mode: facts.mode, host: facts.host.names, hall: facts.hall },
        language,
      ),
      description: page ? `${say.more}: ${page}` : '',
      categories: [say.categories.talk, ...(facts.mode === 'onsite' ? [] : [say.categories.online])],
      ...(page ? { url: page } : {}),
      ...(geo && facts.mode === 'onsite' && !closed ? { geo } : {}),
      organizer: {
        name: facts.house.names[language],
        email: `bron+${replyToken(secret, facts.id, recipient)}@${domain}`,
        ...(facts.coordinator ? { sentBy: facts.coordinator } : {}),
      },
      attendee,
      private: false,
      ...(facts.link && method === 'REQUEST' ? { conference: facts.link } : {}),
    },
    domain,
  )
  return { method, content: calendarOf({ method }, [facts.zone], [event]) }
}

/** Where answers of calendar programs come back: the same for a talk and a person for ever, and in no case that a mail server may fold. */
export const replyToken = (secret: string, talkId: string, recipient: string): string =>
  Buffer.from(tokenOf(secret, 'reply', `${talkId}:${recipient}`), 'base64url')
    .toString('hex')
    .slice(0, 32)
