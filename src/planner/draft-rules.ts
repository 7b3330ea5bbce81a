import type { Day, Moment } from '../base/time.ts'
import { obstacles } from '../matching/obstacle-rules.ts'
import { type Offer, offersOf } from '../matching/offer-rules.ts'
import { fit, type Refusal, type TeamMember, type Waived } from '../matching/rules.ts'
import { searchFor } from '../matching/search-rules.ts'
import { type Diary, withLine, withoutStanding, worldIn } from './diary-rules.ts'
import { type Case, type Hurdle, type Line, touched } from './plan-rules.ts'

/** A line for a proposal with what the engine says for it, or what it refuses; a talk that stands must not be in the diary. */
export function judged(
  diary: Diary,
  one: Case,
  moment: Moment,
  team: TeamMember[],
  waived: Waived = {},
): { line: Line } | { refusals: Refusal[] } {
  const { standing } = one
  const { refusals, reasons, warnings } = fit(worldIn(diary, one), one.request, moment, team, waived)
  if (refusals.length > 0) return { refusals }
  const sameHour = standing?.day === moment.day && standing.from === moment.from
  return {
    line: {
      ...{ requestId: one.requestId, moment, team, reasons, warnings, hurdles: [] },
      kind: standing === undefined ? 'new' : sameHour ? 'swapped' : 'moved',
      step:
        standing === undefined
          ? undefined
          : sameHour
            ? 'same-hour'
            : standing.day === moment.day
              ? 'same-day'
              : 'other-day',
      people: touched(standing, moment, team),
    },
  }
}

/** The diary with proposals that stay as they are. */
export function withPinned(
  diary: Diary,
  cases: Map<string, Case>,
  pinned: Pick<Line, 'requestId' | 'moment' | 'team'>[],
): Diary {
  return pinned.reduce((so, { requestId, moment, team }) => {
    const one = cases.get(requestId)
    return one && moment ? withLine(withoutStanding(so, one), one, moment, team) : so
  }, diary)
}

/** What may be set aside for a talk that is booked already: its wishes were those of another day. */
export const waivedFor = ({ standing }: Case): Waived => (standing ? { windows: true, latest: true, notice: true } : {})

const mostWays = 14

/** The times and teams a request could have beside the rest of a draft, what it has now first. */
export function waysBeside(
  diary: Diary,
  one: Case,
  now: { moment: Moment; team: TeamMember[] } | undefined,
  { from, to }: { from: Day; to: Day },
): Offer[] {
  const world = worldIn(diary, one)
  const waived = waivedFor(one)
  const search = searchFor(world, one.request, waived)
  const within = { ...search, open: search.open.filter(({ day }) => from <= day && day <= to) }
  const ways = offersOf(within, mostWays, 2).offers
  if (!now) return ways
  const { refusals, ...own } = fit(world, one.request, now.moment, now.team, waived)
  const isNow = ({ moment, team }: Offer) =>
    moment.day === now.moment.day &&
    moment.from === now.moment.from &&
    new Set(idsOf(team)).symmetricDifference(new Set(idsOf(now.team))).size === 0
  return [...(refusals.length === 0 ? [{ ...now, ...own, wish: 0 }] : []), ...ways.filter(way => !isNow(way))]
}
const idsOf = (team: TeamMember[]) => team.map(({ speakerId }) => speakerId)

/** So many wishes of one request are looked at for what would help. */
const mostWishes = 3

/** Why a request stays out as the draft stands, and what would help. */
export function hurdlesOf(diary: Diary, one: Case, { from, to }: { from: Day; to: Day }): Hurdle[] {
  const search = searchFor(worldIn(diary, one), one.request)
  const near = search.wishes
    .map((window, wish) => ({ window, wish }))
    .filter(({ window }) => window.from <= to && window.to >= from)
    .map(({ wish }) => wish)
  return obstacles(search, (near.length > 0 ? near : [0]).slice(0, mostWishes)).map(({ hindrances, suggestions }) => ({
    hindrances,
    suggestions,
  }))
}

/** A request that found no place. */
export const leftOver = (requestId: string, hurdles: Hurdle[], lost: boolean): Line => ({
  requestId,
  kind: 'unplaced',
  step: lost ? 'lost' : undefined,
  moment: undefined,
  team: [],
  people: 0,
  reasons: [],
  warnings: [],
  hurdles,
})
