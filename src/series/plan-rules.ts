import type { Day, Minute, Moment } from '../base/time.ts'
import type { Hindrance } from '../matching/obstacle-rules.ts'
import { offers } from '../matching/offer-rules.ts'
import type { TeamMember } from '../matching/rules.ts'
import { momentFrom } from '../matching/seat-rules.ts'
import { inOrderOfShifts, nextStart } from './day-rules.ts'
import { type Taken, withTalk } from './fold-rules.ts'
import { hindrances, kept, type Option, optionsInstead, usualTeam } from './option-rules.ts'
import type { SeriesDate, SeriesKind, Standing } from './rules.ts'

/** What is proposed for one date: the ways to hold it, the best first, and what is in the way of the usual one. */
export type Proposal = { position: number; usual: Moment | undefined; options: Option[]; hindrances: Hindrance[] }
/** What the dates have in common: the hour, and who comes; a programme has its team anew for each topic. */
export type Pattern = { day: Day; from: Minute; team: TeamMember[] | undefined }

/** So many patterns are tried, best offers first, for the one that holds on most dates. */
const mostPatterns = 24

/**
 * A proposal for every date that has no talk yet. The dates see each other: what is proposed for one counts for the next,
 * for people, limits, journeys and the hall.
 */
export function proposals(
  kind: SeriesKind,
  dates: SeriesDate[],
): { pattern: Pattern | undefined; proposals: Proposal[] } {
  const open = inTurn(kind, dates).filter(({ standing }) => !standing)
  const candidates = patterns(kind, dates, open)
  const found = candidates.map(pattern => {
    const kept = unrolled(kind, dates, open, pattern, false).filter(({ options }) => options.length > 0)
    return { pattern, count: kept.length, hours: kind === 'day' ? hoursOf(kept) : 0 }
  })
  const pattern = found.toSorted((a, b) => b.count - a.count || a.hours - b.hours)[0]?.pattern
  const all = unrolled(kind, dates, open, pattern, true)
  return { pattern, proposals: all.toSorted((a, b) => a.position - b.position) }
}

/** From the first class to the end of the last: the shorter the team stays, the better. */
function hoursOf(kept: Proposal[]): number {
  const moments = kept.flatMap(({ usual }) => usual ?? [])
  return Math.floor((Math.max(...moments.map(({ to }) => to)) - Math.min(...moments.map(({ from }) => from))) / 60)
}

const inTurn = (kind: SeriesKind, dates: SeriesDate[]): SeriesDate[] =>
  kind === 'day' ? inOrderOfShifts(dates, dates[0]?.day ?? '') : dates

/** What a talk of the series that stands has set; else the best offers of the first date that has any. */
function patterns(kind: SeriesKind, dates: SeriesDate[], open: SeriesDate[]): Pattern[] {
  const team = (members: TeamMember[]) => (kind === 'programme' ? undefined : members)
  const standing = dates.flatMap(({ standing: talk }) => (talk ? [talk] : []))
  const last = kind === 'day' ? standing.toSorted((a, b) => b.to - a.to)[0] : standing[0]
  if (last) return [{ day: last.day, from: kind === 'day' ? last.to : last.from, team: team(present(last)) }]
  for (const { world, request, day } of open) {
    const found = offers(world, request, { limit: 60, perMoment: kind === 'programme' ? 1 : 3 }).offers
    const of = found.map(offer => ({ day, from: offer.moment.from, team: team(offer.team) }))
    const distinct = [...new Map(of.map(each => [JSON.stringify([each.from, each.team]), each])).values()]
    if (distinct.length > 0) return distinct.slice(0, mostPatterns)
    if (kind === 'day') break
  }
  return []
}

const present = ({ team, absent }: Standing): TeamMember[] =>
  team.filter(({ speakerId }) => !absent.includes(speakerId))

/** The dates one after the other in the world that those before leave; without `whole` only the usual way is looked at. */
function unrolled(
  kind: SeriesKind,
  dates: SeriesDate[],
  open: SeriesDate[],
  pattern: Pattern | undefined,
  whole: boolean,
): Proposal[] {
  const [any] = dates
  if (!any) return []
  let taken: Taken = { speakers: any.world.speakers, hallTaken: any.world.hallTaken }
  let from = pattern?.from ?? 0
  const known = new Set(dates.flatMap(({ standing }) => standing?.team.map(({ speakerId }) => speakerId) ?? []))
  return open.map(its => {
    const date = { ...its, world: { ...its.world, ...taken } }
    const usual = usualMoment(kind, date, pattern, from)
    const team = usual && (pattern?.team ?? usualTeam(date, usual, known))
    const keep = usual && team && kept(date, usual, team)
    const options = keep ? [keep] : whole ? optionsInstead(kind, date, usual, team) : []
    const [best] = options
    if (best) {
      taken = withTalk(taken, date.world, date.request, `date ${date.position}`, best.moment, best.team)
      for (const { speakerId } of best.team) known.add(speakerId)
    }
    if (kind === 'day' && usual) from = usual.to
    return {
      position: date.position,
      usual,
      options,
      hindrances: whole && best?.way !== 'keep' ? hindrances(date, usual, team) : [],
    }
  })
}

function usualMoment(
  kind: SeriesKind,
  date: SeriesDate,
  pattern: Pattern | undefined,
  from: Minute,
): Moment | undefined {
  if (kind === 'day') return nextStart(date, date.day, from)
  return pattern && momentFrom(date.world, date.request, { day: date.day, minute: pattern.from })
}
