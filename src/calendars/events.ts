import { createHash } from 'node:crypto'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { CalendarEvent } from '../talks/ics.ts'
import { words } from '../talks/ics-words.ts'
import { type FeedWishes, latest } from './rules.ts'
import type { Feed } from './store.ts'
import type { FeedTalk } from './talk-store.ts'

/** What a feed says of itself and the addresses of ours that its events need. */
export type FeedSide = { kind: Feed['kind']; house: string; publicUrl: string; organizer: string }

/** A talk as one kind of reader may see it: never a phone, a reason, a free text, or who asked (calendars.md section 9). */
export function eventOf(
  talk: FeedTalk,
  side: FeedSide,
  wishes: Pick<FeedWishes, 'language' | 'alarms'>,
): CalendarEvent {
  const say = words[wishes.language]
  const status = statusOf(talk, side.kind)
  const summary = talk.closed ? say.closed : say.talk(talk.host[wishes.language])
  return {
    talkId: talk.id,
    sequence: talk.sequence,
    stamp: talk.revisedAt,
    created: talk.createdAt,
    modified: modifiedOf(talk, side.kind),
    startsAt: talk.startsAt,
    endsAt: talk.endsAt,
    zone: talk.zone,
    status,
    summary: status === 'CANCELLED' ? say.cancelled(summary) : summary,
    location: locationOf(talk, wishes.language),
    description: descriptionOf(talk, side, wishes.language),
    organizer: { name: side.house, email: side.organizer },
    private: side.kind === 'speaker',
    ...(wishes.alarms ? { alarm: say.soon } : {}),
    ...(talk.link && status !== 'CANCELLED' && side.kind !== 'public' ? { conference: talk.link } : {}),
  }
}

function statusOf(talk: FeedTalk, kind: Feed['kind']): CalendarEvent['status'] {
  if (talk.state === 'cancelled' || talk.state === 'not-held') return 'CANCELLED'
  if (kind === 'speaker') {
    if (talk.own?.state === 'accepted') return 'CONFIRMED'
    if (talk.own?.state !== 'invited') return 'CANCELLED'
    return talk.state === 'held' ? 'CONFIRMED' : 'TENTATIVE'
  }
  return talk.state === 'held' || isComplete(talk) ? 'CONFIRMED' : 'TENTATIVE'
}

/** Everybody has accepted, and nobody's place is empty. */
function isComplete({ team }: FeedTalk): boolean {
  const standing = team.filter(mate => mate.state === 'invited' || mate.state === 'accepted')
  const empty = team.some(mate => mate.state === 'declined' && !standing.some(it => it.profession === mate.profession))
  return standing.length > 0 && !empty && standing.every(mate => mate.state === 'accepted')
}

function modifiedOf(talk: FeedTalk, kind: Feed['kind']): DateTime {
  const answers =
    kind === 'speaker' ? (talk.own?.answeredAt ? [talk.own.answeredAt] : []) : talk.team.map(mate => mate.at)
  return latest(talk.revisedAt, ...answers)
}

function locationOf(talk: FeedTalk, language: Language): string {
  if (talk.closed) return talk.district[language]
  if (talk.mode !== 'onsite') return ''
  const address = language === 'kk' ? talk.address.kk : talk.address.ru
  return [talk.host[language], address || talk.district[language]].join(', ')
}

function descriptionOf(talk: FeedTalk, { kind, publicUrl }: FeedSide, language: Language): string {
  const say = words[language]
  const team = talk.team
    .filter(mate => mate.state === 'invited' || mate.state === 'accepted')
    .map(mate => mate.names[language])
  const page =
    kind === 'speaker'
      ? `${publicUrl}/me/talks/${talk.id}`
      : kind === 'house' || kind === 'group'
        ? `${publicUrl}/app/talks/${talk.id}`
        : ''
  return [
    kind === 'public' ? `${say.topic}: ${talk.topic[language]}` : '',
    kind !== 'public' && kind !== 'speaker' && team.length > 0 ? `${say.team}: ${team.join(', ')}` : '',
    page === '' ? '' : `${say.more}: ${page}`,
  ]
    .filter(line => line !== '')
    .join('\n')
}

/** The reader's own choice of a feed's events. */
export const wanted = (talk: FeedTalk, event: CalendarEvent, wishes: FeedWishes): boolean =>
  (wishes.cancelled || event.status !== 'CANCELLED') && (wishes.accepted || talk.own?.state !== 'accepted')

/** The tag of a feed: a hash of everything its bytes are made of, so the same rows have the same tag and others another. */
export function tagOf(head: object, events: CalendarEvent[]): string {
  const hash = createHash('sha256').update(JSON.stringify(head))
  for (const event of events) hash.update(JSON.stringify(event))
  return `W/"${hash.digest('base64url').slice(0, 27)}"`
}
