import { type Day, plusDays } from '../base/time.ts'
import type { World } from '../matching/rules.ts'
import { minutes, pauseBetween } from '../matching/travel-rules.ts'
import { diaryOf, monthOf, pageOf, weekOf } from '../speakers/diary-rules.ts'
import { dayRefusals } from '../speakers/fitness-rules.ts'
import type { Engagement, Errand, Speaker } from '../speakers/rules.ts'
import type { Stretch } from './core/instance.ts'
import type { Stricter } from './translation.ts'

/** What of a speaker's diary goes into an instance: talks that stand, and days on which nothing more is asked. */
export type Kept = { talks: Engagement[]; closed: Set<Day>; most: number }

/**
 * Talks that stand are pinned; they carry the limits of days and weeks and the ways between. A week in which they can't be pinned
 * (online, another House's, or against a limit or the way already) is closed for the speaker, and so is a month at its limit.
 */
export function keptOf(
  speaker: Speaker,
  world: World | undefined,
  monday: Day,
  days: number,
  stricter: Set<Stricter>,
): Kept {
  const all = Array.from({ length: days }, (_, n) => plusDays(monday, n))
  const { inMonth, inDay, inWeek, engagements } = diaryOf(speaker)
  const closed = new Set<Day>()
  const odd = new Set<number>()
  const lefts = new Set<number>()
  for (const day of all) {
    const left = speaker.limits.month - (inMonth.get(monthOf({ day })) ?? 0)
    if (left <= 0) closed.add(day)
    else lefts.add(left)
    const talks = engagements.get(day) ?? []
    const pinnable =
      (inDay.get(day) ?? 0) <= speaker.limits.day &&
      (inWeek.get(weekOf({ day })) ?? 0) <= speaker.limits.week &&
      talks.every((talk, n) => n === 0 || !world || follows(world, speaker, talks[n - 1], talk)) &&
      talks.every(({ online, elsewhere }) => !online && !elsewhere)
    if (!pinnable) odd.add(weekOf({ day }))
  }
  if (odd.size > 0) stricter.add('day-of-speaker-closed')
  for (const day of all) if (odd.has(weekOf({ day }))) closed.add(day)
  if (lefts.size > 1) stricter.add('month-limit')
  const talks = all.flatMap(day => (odd.has(weekOf({ day })) ? [] : (engagements.get(day) ?? [])))
  return { closed, talks, most: talks.length + Math.min(speaker.limits.month, ...lefts) }
}

function follows({ travel, policy }: World, { transport }: Speaker, before: Engagement | undefined, talk: Engagement) {
  if (!before) return true
  const way = minutes(travel, before, talk, transport)
  return before.to + pauseBetween(before, talk, way, policy.bufferMinutes) <= talk.from
}

/** The hours of each day that a speaker gives, less what keeps them from it. */
export function hoursOf(speaker: Speaker, { closed, talks }: Kept, monday: Day, days: number): Stretch[] {
  const found: Stretch[] = talks.map(({ day, from, to }) => [dayIn(monday, days, day), from, to])
  for (let n = 0; n < days; n++) {
    const day = plusDays(monday, n)
    if (closed.has(day) || isAway(speaker, day)) continue
    const { hours, busy, absences } = pageOf(speaker, day)
    let parts = hours ?? [{ from: 0, to: 1440 }]
    for (const out of [...busy, ...absences])
      parts = parts.flatMap(({ from, to }) =>
        out.from < to && from < out.to
          ? [
              { from, to: Math.min(to, out.from) },
              { from: Math.max(from, out.to), to },
            ].filter(part => part.from < part.to)
          : [{ from, to }],
      )
    found.push(...parts.map(({ from, to }): Stretch => [n, from, to]))
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

const dayIn = (monday: Day, days: number, day: Day): number =>
  Array.from({ length: days }, (_, n) => plusDays(monday, n)).indexOf(day)

const isAway = ({ pausedFrom, pausedTo, leftOn }: Speaker, day: Day): boolean =>
  (pausedFrom !== undefined && pausedFrom <= day && (pausedTo === undefined || day <= pausedTo)) ||
  (leftOn !== undefined && leftOn <= day)

/** Whether the speaker's papers allow this errand on a day. */
export const papersHold = (speaker: Speaker, errand: Errand, day: Day): boolean =>
  !dayRefusals(speaker, errand, day).some(({ code }) => code === 'credential-missing' || code === 'credential-expired')
