import { type Day, type Moment, mondayOf, plusDays } from '../base/time.ts'
import type { Request, TeamMember, World } from '../matching/rules.ts'

export const seriesKinds = ['day', 'weekly', 'programme'] as const
export type SeriesKind = (typeof seriesKinds)[number]
export const seriesKindOf = (text: string): SeriesKind | undefined => seriesKinds.find(kind => kind === text)

export const leastDates = 2
export const mostDates = 20

/** Which dates of a series a change concerns, counted from one of them. */
export const scopes = ['one', 'following', 'all'] as const
export type Scope = (typeof scopes)[number]
export const scopeOf = (text: string): Scope => scopes.find(scope => scope === text) ?? 'one'
export const isConcerned = (position: number, from: number, scope: Scope): boolean =>
  scope === 'all' || (scope === 'one' ? position === from : position >= from)

/** One date of a series as the engine judges it; `standing`: the talk that is booked for it, or was held. */
export type SeriesDate = {
  position: number
  /** Everything it is judged by; people and hall are those of the whole series. */
  world: World
  request: Request
  day: Day
  standing: Standing | undefined
}
/** `team` are all whose place counts, `absent` those of them who declined and whom nobody replaces yet. */
export type Standing = Moment & { talkId: string; team: TeamMember[]; absent: string[] }

/** What may be set aside for every date: the series names the day itself, and its week bounds what is proposed instead. */
export const waived = { windows: true, latest: true } as const

/** The days of a week that hold this one, Monday first. */
export const weekOf = (day: Day): Day[] => Array.from({ length: 7 }, (_, at) => plusDays(mondayOf(day), at))

/** The days of a series with a rhythm, from its first. */
export const daysFrom = (first: Day, count: number, everyWeeks: number): Day[] =>
  Array.from({ length: count }, (_, at) => plusDays(first, at * 7 * everyWeeks))

export type Progress = { dates: number; held: number; booked: number; waiting: number; heads: number }

/** How far a series has come, by the state of each of its dates. */
export const progressOf = (dates: { state: string; heads: number | null }[]): Progress => ({
  dates: dates.length,
  held: dates.filter(({ state }) => state === 'held').length,
  booked: dates.filter(({ state }) => state === 'booked').length,
  waiting: dates.filter(({ state }) => state === 'waiting').length,
  heads: dates.reduce((sum, { state, heads }) => (state === 'held' ? sum + (heads ?? 0) : sum), 0),
})
