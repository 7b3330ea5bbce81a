import { DateTime } from 'luxon'

/** How a reader wants a feed. */
export type FeedWishes = { language: 'kk' | 'ru' | 'en'; cancelled: boolean; accepted: boolean; alarms: boolean }

/** From when on a feed tells: thirty days before the local midnight, so it changes by itself once a day at most. */
export const windowStart = (now: DateTime, zone: string): DateTime =>
  now.setZone(zone).startOf('day').minus({ days: 30 })

export const latest = (first: DateTime, ...rest: DateTime[]): DateTime => rest.reduce((a, b) => (b > a ? b : a), first)

/** Whether a copy that the reader has is still the same; the tag wins over the date, and tags compare weakly. */
export function isFresh(
  headers: { tag: string | undefined; since: string | undefined },
  tag: string,
  modified: DateTime,
): boolean {
  if (headers.tag !== undefined) {
    const bare = tag.replace(/^W\//, '')
    return headers.tag.split(',').some(it => it.trim() === '*' || it.trim().replace(/^W\//, '') === bare)
  }
  if (headers.since === undefined) return false
  const since = DateTime.fromHTTP(headers.since)
  return since.isValid && modified.startOf('second') <= since
}

const clients: [RegExp, string][] = [
  [/google/i, 'Google'],
  [/thunderbird|lightning/i, 'Thunderbird'],
  [/outlook|exchange|microsoft/i, 'Outlook'],
  [/dataaccessd|calendaragent|ios|mac ?os/i, 'Apple'],
  [/yandex/i, 'Яндекс'],
  [/nextcloud/i, 'Nextcloud'],
]

/** What to call a calendar program in a sentence. */
export const clientName = (agent: string): string =>
  clients.find(([pattern]) => pattern.test(agent))?.[1] ?? /^[\w.-]{1,30}/.exec(agent)?.[0] ?? '?'
