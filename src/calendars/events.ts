import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { CalendarEvent } from '../talks/ics.ts'
import { locationOf } from '../talks/ics-place.ts'
import { words } from '../talks/ics-words.ts'
import { isStanding } from '../talks/rules.ts'
import { isComplete, latest, type Reader } from './rules.ts'
import type { CalendarMate, CalendarTalk } from './talk-store.ts'

/** What events say of us: addresses of pages, and who invites. */
export type Side = { publicUrl: string; organizer: string }

/** A talk as one kind of reader may see it: never a phone, a reason, a free text, or who asked (calendars.md section 9). */
export function eventOf(
  talk: CalendarTalk,
  reader: Reader<CalendarMate>,
  language: Language,
  side: Side,
): CalendarEvent {
  const say = words[language]
  const status = statusOf(talk, reader)
  const closed = reader.audience === 'speaker' ? say.closed : say.busy
  const summary = talk.closed ? closed : say.talk(talk.host[language])
  const url = pageOf(talk, reader, language, side)
  return {
    ...frameOf(talk, reader, language, side),
    startsAt: talk.startsAt,
    endsAt: talk.endsAt,
    status,
    summary: status === 'CANCELLED' ? say.cancelled(summary) : summary,
    location: locationOf(talk, language),
    description: descriptionOf(talk, reader, language, url),
    categories: [say.categories.talk, ...(talk.mode === 'onsite' ? [] : [say.categories.online])],
    ...(url ? { url } : {}),
    ...(talk.geo && talk.mode === 'onsite' && !talk.closed ? { geo: talk.geo } : {}),
    ...(talk.link && status !== 'CANCELLED' && mayJoin(talk, reader) ? { conference: talk.link } : {}),
  }
}

/** A way in stands in no open calendar; of a closed talk only in the speaker's own. */
const mayJoin = (talk: CalendarTalk, { audience }: Reader): boolean =>
  audience === 'speaker' || (audience !== 'public' && !talk.closed)

/** The way to a talk as an entry of its own, for who goes there; nothing when there is no way to go. */
export function journeyOf(
  talk: CalendarTalk,
  mate: CalendarMate,
  language: Language,
  side: Side,
): CalendarEvent | undefined {
  if (mate.travelMinutes === 0 || talk.mode !== 'onsite' || !isStanding(mate)) return
  if (talk.state !== 'booked' && talk.state !== 'held') return
  const say = words[language]
  return {
    ...frameOf(talk, { audience: 'speaker', mate }, language, side),
    part: 'journey',
    startsAt: talk.startsAt.minus({ minutes: mate.travelMinutes }),
    endsAt: talk.startsAt,
    status: 'CONFIRMED',
    summary: say.journey(talk.closed ? talk.district[language] : talk.host[language]),
    location: '',
    description: '',
    categories: [say.categories.journey],
  }
}

const frameOf = (talk: CalendarTalk, reader: Reader<CalendarMate>, language: Language, side: Side) => ({
  talkId: talk.id,
  sequence: talk.sequence,
  stamp: talk.revisedAt,
  created: talk.createdAt,
  modified: modifiedOf(talk, reader),
  zone: talk.zone,
  organizer: { name: talk.house[language], email: side.organizer },
  private: reader.audience === 'speaker',
})

function statusOf(talk: CalendarTalk, reader: Reader<CalendarMate>): CalendarEvent['status'] {
  if (talk.state === 'cancelled' || talk.state === 'not-held') return 'CANCELLED'
  if (reader.audience !== 'speaker') return talk.state === 'held' || isComplete(talk.team) ? 'CONFIRMED' : 'TENTATIVE'
  if (!isStanding(reader.mate)) return 'CANCELLED'
  return reader.mate.state === 'accepted' || talk.state === 'held' ? 'CONFIRMED' : 'TENTATIVE'
}

function modifiedOf(talk: CalendarTalk, reader: Reader<CalendarMate>): DateTime {
  return latest(talk.revisedAt, ...(reader.audience === 'speaker' ? [reader.mate] : talk.team).map(mate => mate.at))
}

function pageOf(talk: CalendarTalk, { audience }: Reader, language: Language, { publicUrl }: Side): string | undefined {
  if (audience === 'speaker') return `${publicUrl}/me/talks/${talk.id}`
  if (audience === 'staff') return `${publicUrl}/app/talks/${talk.id}`
  return audience === 'public' ? `${publicUrl}/${language}${talk.front}/topics/${talk.topicSlug}` : undefined
}

function descriptionOf(talk: CalendarTalk, { audience }: Reader, language: Language, url: string | undefined): string {
  const say = words[language]
  const team = talk.team.filter(isStanding).map(mate => mate.names[language])
  const named = (audience === 'staff' || audience === 'host') && !talk.closed && team.length > 0
  return [
    audience === 'public' ? `${say.topic}: ${talk.topic[language]}` : '',
    named ? `${say.team}: ${team.join(', ')}` : '',
    url ? `${say.more}: ${url}` : '',
  ]
    .filter(line => line !== '')
    .join('\n')
}

/** Everybody to whom a talk is shown, each in a language: a speaker in their own, the others in all three. */
export function readersOf(talk: CalendarTalk): { reader: Reader<CalendarMate>; language: Language }[] {
  const own = new Map<string, CalendarMate>()
  // one person may have left and come back: the seat that stands speaks, else the last one
  for (const mate of talk.team) {
    const before = own.get(mate.speakerId)
    if (!before || !isStanding(before)) own.set(mate.speakerId, mate)
  }
  const audiences = ['staff', 'host', ...(talk.public && !talk.closed ? ['public' as const] : [])] as const
  return [
    ...[...own.values()].map(mate => ({ reader: { audience: 'speaker' as const, mate }, language: mate.language })),
    ...audiences.flatMap(audience =>
      (['kk', 'ru', 'en'] as const).map(language => ({ reader: { audience }, language })),
    ),
  ]
}
