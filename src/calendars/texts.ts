import type { Language } from '../base/i18n/language.ts'
import { domainOf } from '../base/text.ts'
import type { DateTime } from '../base/time.ts'
import { vevent } from '../talks/ics.ts'
import { isStanding } from '../talks/rules.ts'
import { eventOf, journeyOf, readersOf, type Side } from './events.ts'
import type { Reader } from './rules.ts'
import type { CalendarMate, CalendarTalk } from './talk-store.ts'
import { keyOf, type Text } from './text-store.ts'

/** `domain`: of the UIDs. */
export type Desk = Side & { domain: string }

export const deskOf = ({ publicUrl, mailFrom }: { publicUrl: string; mailFrom: string }): Desk => ({
  publicUrl,
  organizer: mailFrom,
  domain: domainOf(mailFrom),
})

/** What every reader's calendar shows of a talk now; a text that stands unchanged is given back as it is. */
export const textsOf = (talk: CalendarTalk, before: Map<string, Text>, desk: Desk, now: DateTime): Text[] =>
  readersOf(talk).map(({ reader, language }) => {
    const text = textOf(talk, reader, language, desk)
    const old = before.get(keyOf(text))
    if (!old) return text
    // a change of words alone moves LAST-MODIFIED, too: Google keeps old texts otherwise (calendars.md section 2)
    const same = textOf(talk, reader, language, desk, old.modifiedAt)
    // two entries of one host may read alike: after they are made one, the text belongs to the one that stays
    const alike = same.event === old.event && same.journey === old.journey && same.hostId === old.hostId
    if (alike) return old
    if (text.modifiedAt > old.modifiedAt) return text
    const next = old.modifiedAt.plus({ seconds: 1 })
    return textOf(talk, reader, language, desk, now > next ? now.startOf('second') : next)
  })

function textOf(
  talk: CalendarTalk,
  reader: Reader<CalendarMate>,
  language: Language,
  desk: Desk,
  modified?: DateTime,
): Text {
  const event = eventOf(talk, reader, language, desk)
  const modifiedAt = modified ?? event.modified
  const journey = reader.audience === 'speaker' ? journeyOf(talk, reader.mate, language, desk) : undefined
  return {
    talkId: talk.id,
    houseId: talk.houseId,
    hostId: talk.hostId,
    audience: reader.audience,
    language,
    speakerId: reader.audience === 'speaker' ? reader.mate.speakerId : null,
    startsAt: talk.startsAt,
    endsAt: talk.endsAt,
    zone: talk.zone,
    cancelled: event.status === 'CANCELLED',
    accepted: reader.audience === 'speaker' && isStanding(reader.mate) && reader.mate.state === 'accepted',
    modifiedAt,
    event: vevent({ ...event, modified: modifiedAt }, desk.domain),
    journey: journey ? vevent({ ...journey, modified: modifiedAt }, desk.domain) : '',
  }
}
