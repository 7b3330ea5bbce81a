import { type Day, dayNumber, type Minute, type Moment, weekdayOf } from '../base/time.ts'
import type { Interval } from '../hosts/rules.ts'
import type { Engagement, Speaker, Weekly } from './rules.ts'

/** A speaker's own times, put in order once: `hours` and `busy` by weekday, the rest by date. */
export type Diary = {
  hours: Interval[][] | undefined
  busy: Interval[][]
  absences: Map<Day, Moment[]>
  engagements: Map<Day, Engagement[]>
  /** How many talks of this House there are: what its limits count. */
  inDay: Map<Day, number>
  inWeek: Map<number, number>
  inMonth: Map<string, number>
}

/** One day of a diary. */
export type Page = { hours: Interval[] | undefined; busy: Interval[]; absences: Moment[]; talks: Engagement[] }

export function pageOf(speaker: Speaker, day: Day): Page {
  const { hours, busy, absences, engagements } = diaryOf(speaker)
  const weekday = weekdayOf(day)
  return {
    hours: hours && (hours[weekday] ?? []),
    busy: busy[weekday] ?? [],
    absences: absences.get(day) ?? [],
    talks: engagements.get(day) ?? [],
  }
}

const diaries = new WeakMap<Speaker, Diary>()

/** The diary of a speaker; worked out once for each speaker object, which nobody changes while talks are judged. */
export function diaryOf(speaker: Speaker): Diary {
  const found = diaries.get(speaker) ?? {
    hours: speaker.hours.length > 0 ? byWeekday(speaker.hours) : undefined,
    busy: byWeekday(speaker.busy),
    absences: byDay(speaker.absences),
    engagements: byDay(speaker.engagements),
    inDay: counted(speaker.engagements, ({ day }) => day),
    inWeek: counted(speaker.engagements, weekOf),
    inMonth: counted(speaker.engagements, monthOf),
  }
  diaries.set(speaker, found)
  return found
}

/** Weeks from Monday to Sunday, numbered through (ISO 8601); 1970-01-01 was a Thursday. */
export const weekOf = ({ day }: { day: Day }): number => Math.floor((dayNumber(day) + 3) / 7)
export const monthOf = ({ day }: { day: Day }): string => day.slice(0, 7)

export type Neighbours = {
  before: Engagement | undefined
  after: Engagement | undefined
  gapBefore: Minute
  gapAfter: Minute
  gapAround: Minute
}

/**
 * The on-site talks on either side of a time that is free, and the longest pause on the way from and to each:
 * a journey fits into one pause, as nobody travels while speaking online.
 */
export function neighbours(engagements: Engagement[], moment: Moment): Neighbours {
  let before: Engagement | undefined
  let after: Engagement | undefined
  let [gapBefore, gapAfter] = [0, 0]
  let at = moment.from
  for (let n = engagements.length - 1; n >= 0; n--) {
    const talk = engagements[n]
    if (!talk || talk.to > moment.from) continue
    gapBefore = Math.max(gapBefore, at - talk.to)
    at = talk.from
    before = talk.online ? undefined : talk
    if (before) break
  }
  at = moment.to
  for (const talk of engagements) {
    if (talk.from < moment.to) continue
    gapAfter = Math.max(gapAfter, talk.from - at)
    at = talk.to
    after = talk.online ? undefined : talk
    if (after) break
  }
  return { before, after, gapBefore, gapAfter, gapAround: Math.max(gapBefore, gapAfter) }
}

function byWeekday(rules: Weekly[]): Interval[][] {
  const found: Interval[][] = [[], [], [], [], [], [], [], []]
  for (const { weekday, from, to } of [...rules].sort((a, b) => a.from - b.from)) {
    const last = found[weekday]?.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else found[weekday]?.push({ from, to })
  }
  return found
}

function byDay<Kind extends Moment>(moments: Kind[]): Map<Day, Kind[]> {
  const found = Map.groupBy(moments, ({ day }) => day)
  for (const list of found.values()) list.sort((a, b) => a.from - b.from || a.to - b.to)
  return found
}

function counted<Key>(engagements: Engagement[], keyOf: (talk: Engagement) => Key): Map<Key, number> {
  const found = new Map<Key, number>()
  for (const talk of engagements) if (!talk.elsewhere) found.set(keyOf(talk), (found.get(keyOf(talk)) ?? 0) + 1)
  return found
}
