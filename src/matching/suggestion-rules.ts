import { type Day, dayNumber, type Minute, type Moment, plusDays } from '../base/time.ts'
import { type Case, type Change, changed } from './change-rules.ts'
import type { Request, TeamMember, Window, World } from './rules.ts'
import { wishesOf } from './schedule-rules.ts'
import { crewsAt, isStaffed, type Search, searchFor } from './search-rules.ts'
import { askable } from './stretch-rules.ts'

/** A change and the first talk it makes possible. */
export type Suggestion = { change: Change; moment: Moment; team: TeamMember[] }

/** How far around a wish other days are looked for. */
const nearbyDays = 14
/** How far before it where nothing is near, as in the summer; what stands in the diaries beyond the wish is not known. */
const earlierDays = 91
const mostSuggestions = 4

/** The smallest single changes that make a wish possible, smallest first; each has been tried out by the engine. */
export function suggestions(search: Search, wish: number): Suggestion[] {
  const { world, request, waived } = search
  const found: Suggestion[] = []
  for (const change of candidates(search, wish).sort((a, b) => sizeOf(search, wish, a) - sizeOf(search, wish, b))) {
    const shown = tried(changed({ world, request, waived }, wish, change), wish)
    if (shown) found.push({ change, ...shown })
    if (found.length === mostSuggestions) break
  }
  return found
}

function tried({ world, request, waived }: Case, wish: number): { moment: Moment; team: TeamMember[] } | undefined {
  const window = wishesOf(world, request)[wish]
  if (!window) return
  const search = searchFor(world, { ...request, windows: [window] }, waived)
  const moment = search.open.find(each => isStaffed(search, each))
  const crew = moment && crewsAt(search, moment, 1)[0]
  return moment && crew && { moment, team: crew.team }
}

/** Everything worth trying for this wish; whether it helps is found out by trying. */
function candidates(search: Search, wish: number): Change[] {
  const { world, request, wishes, errand } = search
  const { topic, host, policy } = world
  const window = wishes[wish]
  if (!window) return []
  const parts = Math.ceil(request.heads / mostAtOnce(world, request))
  return [
    ...otherTimes(search, window),
    ...(request.latest !== undefined && request.latest < window.to
      ? [{ code: 'later-date' as const, latest: window.to }]
      : []),
    { code: 'waive-notice', minutes: policy.minimumNoticeMinutes },
    ...(policy.legalCheck === 'ban' ? [{ code: 'check-law' as const }] : []),
    ...topic.languages
      .filter(language => !request.languages.includes(language))
      .map(language => ({ code: 'other-language' as const, language })),
    ...(request.mode === 'onsite' && host.online ? [{ code: 'online' as const }] : []),
    ...(parts > 1 ? [{ code: 'split-group' as const, parts, heads: Math.ceil(request.heads / parts) }] : []),
    ...(request.heads < topic.minAudience ? [{ code: 'larger-group' as const, heads: topic.minAudience }] : []),
    ...fewerGrades(world, request).map(grades => ({ code: 'fewer-grades' as const, grades })),
    ...[60, 45, 40, 30, 20, 15]
      .filter(each => each < topic.minutes)
      .map(minutes => ({ code: 'shorter' as const, minutes })),
    ...askable(search, window),
    ...wanted(search).map(anyOf => ({ code: 'one-more-speaker' as const, anyOf, languages: errand.languages })),
  ]
}

/** As many listeners as one talk takes: the topic's most, and no more than the largest hall seats. */
function mostAtOnce({ topic, host }: World, { mode }: Request): number {
  const seats = host.halls.map(hall => hall.seats || Number.POSITIVE_INFINITY)
  return Math.min(topic.maxAudience, mode === 'onsite' && seats.length > 0 ? Math.max(...seats) : topic.maxAudience)
}

/** The places of the team, and those beside people who don't go alone. */
function wanted({ plan: { slots, rules } }: Search): string[][] {
  const bound = rules.filter(({ id }) => slots.some(anyOf => anyOf.includes(id)))
  return [...new Set([...slots, ...bound.map(({ pairWith }) => pairWith)])]
}

/** The nearest other hour on the same days, and the nearest other day at the same hours or else at the nearest. */
function otherTimes({ world, request, waived }: Search, window: Window): Change[] {
  const possible = (wider: Window, distance: (moment: Moment) => number): Moment | undefined => {
    const search = searchFor(world, { ...request, windows: [wider] }, waived)
    const moments = search.open.map(moment => ({ moment, apart: distance(moment) })).filter(({ apart }) => apart > 0)
    return moments.sort((a, b) => a.apart - b.apart).find(({ moment }) => isStaffed(search, moment))?.moment
  }
  const anyHour = { ...window, fromMinute: 0, toMinute: 1440, shift: undefined }
  const around = { from: plusDays(window.from, -nearbyDays), to: plusDays(window.to, nearbyDays) }
  // a minute at least for a time that only another shift keeps out
  const time = possible(anyHour, moment => Math.max(1, minutesApart(window, moment)))
  const day =
    possible({ ...window, ...around }, moment => daysApart(window, moment)) ??
    possible({ ...anyHour, ...around }, moment => {
      const days = daysApart(window, moment)
      return days && days * 1440 + minutesApart(window, moment)
    }) ??
    possible({ ...anyHour, from: plusDays(window.to, -earlierDays) }, moment => daysApart(window, moment))
  return [
    ...(time ? [{ code: 'other-time' as const, ...time }] : []),
    ...(day ? [{ code: 'other-day' as const, ...day }] : []),
  ]
}

const minutesApart = (window: Window, { from, to }: { from: Minute; to: Minute }): number =>
  Math.max(0, window.fromMinute - from, to - window.toMinute)

const daysApart = (window: Window, { day }: { day: Day }): number =>
  Math.max(0, dayNumber(window.from) - dayNumber(day), dayNumber(day) - dayNumber(window.to))

function fewerGrades({ host, topic }: World, { grades }: Request): number[][] {
  const groups = [
    ...host.shifts.map(shift => shift.grades),
    grades.filter(grade => topic.grades && grade >= topic.grades.from && grade <= topic.grades.to),
    ...grades.map(grade => [grade]),
  ]
  const fewer = groups
    .map(group => grades.filter(grade => group.includes(grade)))
    .filter(({ length }) => length > 0 && length < grades.length)
  return [...new Map(fewer.map(group => [group.join(' '), group])).values()].sort((a, b) => b.length - a.length)
}

/** How much a change asks of people, in no unit: an hour later is less than another language, that less than another day next week. */
function sizeOf({ wishes, request }: Search, wish: number, change: Change): number {
  const window = wishes[wish]
  switch (change.code) {
    case 'other-time':
      return 15 + (window ? minutesApart(window, change) / 15 : 0)
    case 'other-day':
      return 24 + (window ? 4 * daysApart(window, change) + minutesApart(window, change) / 15 : 0)
    case 'later-date':
      return 24
    case 'fewer-grades':
      return 25 + request.grades.length - change.grades.length
    case 'shorter':
      return 30 + (60 - change.minutes) / 10
    default:
      return sizes[change.code]
  }
}

const sizes = {
  'waive-notice': 10,
  'check-law': 10,
  'one-more-talk': 15,
  'other-language': 22,
  'split-group': 25,
  'larger-group': 26,
  online: 30,
  'ask-hours': 30,
  'other-district': 32,
  'renew-credential': 34,
  'take-topic': 36,
  'take-audience': 36,
  'one-more-speaker': 100,
} as const
