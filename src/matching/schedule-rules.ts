import { type Day, dayNumber, type Moment, plusDays } from '../base/time.ts'
import { hullOf } from '../hosts/rules.ts'
import { hallFor } from './hall-rules.ts'
import type { Refusal, Request, Waived, Warning, Window, World } from './rules.ts'

/** How far ahead is looked when a host names no time. */
const horizonDays = 28

/** Why a time is wrong for this request, whoever speaks and whatever the timetable says: the past, haste, other wishes, a full hall. */
export function scheduleRefusals(world: World, request: Request, moment: Moment, waived: Waived = {}): Refusal[] {
  const { now, policy } = world
  if (!(moment.from < moment.to && moment.from >= 0 && moment.to <= 1440)) return [{ code: 'ends-before-it-starts' }]
  const found: Refusal[] = []
  const ahead = minutesUntil(moment, now)
  if (ahead <= 0) found.push({ code: 'in-the-past' })
  else if (ahead < policy.minimumNoticeMinutes && !waived.notice)
    found.push({ code: 'short-notice', minutes: policy.minimumNoticeMinutes })
  if (isLate(request, moment) && !waived.latest)
    found.push({ code: 'after-latest', latest: request.latest ?? moment.day })
  if (!waived.windows && request.windows.length > 0 && wishesWith(world, request.windows, moment).length === 0)
    found.push({ code: 'outside-windows' })
  const room = hallFor(world, request, moment)
  if (room && 'refusal' in room) found.push(room.refusal)
  return found
}

export function scheduleWarnings(world: World, request: Request, moment: Moment, waived: Waived): Warning[] {
  const { now, policy, host, topic } = world
  const found: Warning[] = []
  const ahead = minutesUntil(moment, now)
  const [length, seats] = [moment.to - moment.from, host.hallSeats ?? 0]
  if (waived.windows && request.windows.length > 0 && wishesWith(world, request.windows, moment).length === 0)
    found.push({ code: 'outside-wishes' })
  if (waived.notice && ahead > 0 && ahead < policy.minimumNoticeMinutes)
    found.push({ code: 'notice-waived', minutes: policy.minimumNoticeMinutes })
  if (waived.latest && isLate(request, moment))
    found.push({ code: 'latest-waived', latest: request.latest ?? moment.day })
  if (request.mode === 'onsite' && host.halls.length === 0 && seats > 0 && request.heads > seats)
    found.push({ code: 'more-than-seats', heads: request.heads, seats })
  if (length < topic.minutes * 0.8) found.push({ code: 'short-version', minutes: length, topicMinutes: topic.minutes })
  return found
}

/** The wished windows, or the next weeks where the host named none. */
export function wishesOf({ now }: World, request: Request): Window[] {
  if (request.windows.length > 0) return request.windows
  const to = request.latest ?? plusDays(now.day, horizonDays - 1)
  return [{ from: now.day, to, fromMinute: 0, toMinute: 1440, shift: undefined }]
}

/** Which of the windows a time lies in, by their index. */
export const wishesWith = (world: World, windows: Window[], moment: Moment): number[] =>
  windows.flatMap((window, at) => (isIn(world, window, moment) ? [at] : []))

/** The days of a window that are still ahead and not beyond the latest date, at most a quarter of a year. */
export function daysOf(window: Window, today: Day, latest: Day | undefined): Day[] {
  const from = window.from < today ? today : window.from
  const to = latest !== undefined && latest < window.to ? latest : window.to
  const count = Math.min(92, dayNumber(to) - dayNumber(from) + 1)
  return Array.from({ length: Math.max(0, count) }, (_, at) => plusDays(from, at))
}

export function isIn({ host }: World, { from, to, fromMinute, toMinute, shift }: Window, moment: Moment): boolean {
  if (moment.day < from || moment.day > to || moment.from < fromMinute || moment.to > toMinute) return false
  if (shift === undefined) return true
  const named = host.shifts.find(({ name, lessons }) => name === shift && lessons.length > 0)
  const hull = named && hullOf(named)
  return hull !== undefined && hull.from <= moment.from && moment.to <= hull.to
}

const isLate = ({ latest }: Request, { day }: Moment): boolean => latest !== undefined && day > latest

const minutesUntil = (moment: Moment, now: World['now']): number =>
  (dayNumber(moment.day) - dayNumber(now.day)) * 1440 + moment.from - now.minute
