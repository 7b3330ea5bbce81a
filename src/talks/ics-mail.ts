import type { Language } from '../base/i18n/language.ts'
import type { Mail } from '../base/mail.ts'
import { tokenOf } from '../base/secrets.ts'
import { calendarOf, vevent } from './ics.ts'
import { words } from './ics-words.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import { placeOf } from './mail-parts.ts'

export type Envelope = { secret: string; domain: string; address: string; language: Language; page: string }

/** The calendar part of a letter to a speaker: one event, one attendee, who is the reader. */
export function calendarPart(
  facts: TalkFacts,
  mate: Mate,
  method: 'REQUEST' | 'CANCEL',
  envelope: Envelope,
): NonNullable<Mail['calendar']> {
  const { language, domain } = envelope
  const say = words[language]
  const name = facts.house.names[language]
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
      status: method === 'CANCEL' ? 'CANCELLED' : mate.state === 'accepted' ? 'CONFIRMED' : 'TENTATIVE',
      summary: facts.audience?.closed ? say.closed : say.talk(facts.host.names[language]),
      location: facts.audience?.closed ? facts.host.district[language] : placeOf(facts, language),
      description: `${say.more}: ${envelope.page}`,
      organizer: { name, email: `bron+${replyToken(envelope.secret, facts.id, mate.speakerId)}@${domain}` },
      attendee: {
        name: mate.names[language],
        email: envelope.address,
        accepted: mate.state === 'accepted',
        asked: method === 'REQUEST' && mate.state !== 'accepted',
      },
      private: false,
      ...(facts.link && method === 'REQUEST' ? { conference: facts.link } : {}),
    },
    domain,
  )
  return { method, content: calendarOf({ method }, [facts.zone], [event]) }
}

/** Where answers of calendar programs come back: the same for a talk and a person for ever, and in no case that a mail server may fold. */
export const replyToken = (secret: string, talkId: string, speakerId: string): string =>
  Buffer.from(tokenOf(secret, 'reply', `${talkId}:${speakerId}`), 'base64url')
    .toString('hex')
    .slice(0, 32)
