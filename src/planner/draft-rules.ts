import type { Day } from '../base/time.ts'
import { obstacles } from '../matching/obstacle-rules.ts'
import { fit } from '../matching/rules.ts'
import { searchFor } from '../matching/search-rules.ts'
import { type Diary, withLine, withoutStanding, worldIn } from './diary-rules.ts'
import { type Case, type Hurdle, type Line, touched } from './plan-rules.ts'

/** A line for a proposal with what the engine says for it; undefined where the engine refuses it. */
export function judged(diary: Diary, one: Case, { moment, team }: Pick<Line, 'moment' | 'team'>): Line | undefined {
  if (!moment) return
  const { refusals, reasons, warnings } = fit(worldIn(diary, one), one.request, moment, team)
  if (refusals.length > 0) return
  return {
    requestId: one.requestId,
    kind: 'new',
    step: undefined,
    moment,
    team,
    people: touched(undefined, moment, team),
    reasons,
    warnings,
    hurdles: [],
  }
}

/** The diary with proposals that stay as they are. */
export function withPinned(diary: Diary, cases: Map<string, Case>, pinned: Pick<Line, 'requestId' | 'moment' | 'team'>[]): Diary {
  return pinned.reduce((so, { requestId, moment, team }) => {
    const one = cases.get(requestId)
    return one && moment ? withLine(withoutStanding(so, one), one, moment, team) : so
  }, diary)
}

/** So many wishes of one request are looked at for what would help. */
const mostWishes = 3

/** Why a request stays out as the draft stands, and what would help. */
export function hurdlesOf(diary: Diary, one: Case, { from, to }: { from: Day; to: Day }): Hurdle[] {
  const search = searchFor(worldIn(diary, one), one.request)
  const near = search.wishes
    .map((window, wish) => ({ window, wish }))
    .filter(({ window }) => window.from <= to && window.to >= from)
    .map(({ wish }) => wish)
  return obstacles(search, (near.length > 0 ? near : [0]).slice(0, mostWishes)).map(
    ({ hindrances, suggestions }) => ({ hindrances, suggestions }),
  )
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
