import { keptWithDiary } from '../base/db/diary.ts'
import type { Db } from '../base/db/open.ts'
import type { Day } from '../base/time.ts'
import type { DayTalks } from './day-rules.ts'
import { findDays } from './day-store.ts'
import { neighbour, type Period, type PeriodKind } from './period-rules.ts'
import { findPlaces } from './place-store.ts'
import type { Figures, Wish } from './rules.ts'
import { type Parts, type Programmes, partsOf, type Summed, summed, totalOf, visitedIn } from './sum-rules.ts'
import type { Names, Places } from './wish-rules.ts'

/** Everything that page, file and print say of a period. */
export type Report = Omit<Summed, 'visited'> & {
  before: { total: Figures; programmes: Programmes } | undefined
  reached: { visited: number; hosts: number }
  coverage: { district: string; hosts: number; visited: number }[]
}

/**
 * `since`, `today`: the days of which the coverage speaks; `lists`: whether the lines of each host and member are wanted, too. What was
 * found stands until something of the House changes.
 */
export const findReport = (db: Db, houseId: string, period: Period, wish: Wish, { since, today, lists }: Further) =>
  keptReport(db, houseId, period.kind, period.from, period.to, JSON.stringify(wish), since, today, lists ? 'lists' : '')
type Further = { since: Day; today: Day; lists: boolean }

const keptReport = keptWithDiary(
  'report',
  (db, houseId, kind: string, from: string, to: string, wish: string, since: string, today: string, lists: string) =>
    readReport(db, houseId, { kind: kind as PeriodKind, from, to }, JSON.parse(wish) as Wish, {
      since,
      today,
      lists: lists !== '',
    }),
)

async function readReport(db: Db, houseId: string, period: Period, wish: Wish, { since, today, lists }: Further) {
  const earlier = neighbour(period, -1)
  const places = await findPlaces(db, houseId)
  const [names, days] = await findDays(db, houseId, period.from, period.to)
  const { visited, ...own } = summed(names, places, wish, days, lists, keptParts(names, places, wish))
  const then = earlier && (await findDays(db, houseId, earlier.from, earlier.to))
  const latest = await findDays(db, houseId, since, today)
  const report: Report = {
    ...own,
    before: then && totalOf(then[0], places, wish, then[1]),
    reached: reachedOf(places, visited),
    coverage: coverageOf(places, visitedIn(...latest)),
  }
  return report
}

const known = new WeakMap<DayTalks, { places: Places; wish: string; parts: Parts }>()

/**
 * What a day was summed to stands while its talks and the places do, for what was wished last: after a change one day of 184
 * is summed anew, 70 ms less of 200,000 talks.
 */
function keptParts(names: Names, places: Places, asked: Wish): (day: DayTalks) => Parts {
  const [sum, wish] = [partsOf(names, places, asked), JSON.stringify(asked)]
  return day => {
    const its = known.get(day)
    if (its?.places === places && its.wish === wish) return its.parts
    const parts = sum(day)
    known.set(day, { places, wish, parts })
    return parts
  }
}

/** Places that were visited at least once, and all that could be. */
function reachedOf({ hosts }: Places, visited: string[]): Report['reached'] {
  const there = [...hosts.values()].filter(({ merged }) => !merged)
  return { hosts: there.length, visited: visited.filter(id => hosts.get(id)?.merged === false).length }
}

function coverageOf({ hosts }: Places, visited: string[]): Report['coverage'] {
  const found = new Map<string, { district: string; hosts: number; visited: number }>()
  const been = new Set(visited)
  for (const [id, { district, merged }] of hosts) {
    if (merged) continue
    const line = found.get(district) ?? { district, hosts: 0, visited: 0 }
    line.hosts++
    if (been.has(id)) line.visited++
    found.set(district, line)
  }
  return [...found.values()]
}
