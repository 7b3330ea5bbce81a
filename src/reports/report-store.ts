import { keptWithDiary } from '../base/db/diary.ts'
import type { Db } from '../base/db/open.ts'
import type { Day } from '../base/time.ts'
import { findDays } from './day-store.ts'
import { neighbour, type Period, type PeriodKind } from './period-rules.ts'
import { findPlaces } from './place-store.ts'
import type { Cut, Figures, Wish } from './rules.ts'
import { type Lines, summing } from './sum-rules.ts'
import type { Places } from './wish-rules.ts'

type Programmes = { talks: number; programmes: number }
/** Everything that page, file and print say of a period. */
export type Report = {
  total: Figures
  cuts: Record<Exclude<Cut, 'host'>, Lines> & { host?: Lines }
  days: Lines
  programmes: Programmes
  before: { total: Figures; programmes: Programmes } | undefined
  reached: { visited: number; hosts: number }
  coverage: { district: string; hosts: number; visited: number }[]
}

/**
 * `since`, `today`: the days of which the coverage speaks; `hosts`: whether the lines of each host are wanted, too. What was
 * found stands until something of the House changes.
 */
export const findReport = (db: Db, houseId: string, period: Period, wish: Wish, { since, today, hosts }: Further) =>
  keptReport(db, houseId, period.kind, period.from, period.to, JSON.stringify(wish), since, today, hosts ? 'hosts' : '')
type Further = { since: Day; today: Day; hosts: boolean }

const keptReport = keptWithDiary(
  'report',
  (db, houseId, kind: string, from: string, to: string, wish: string, since: string, today: string, hosts: string) =>
    readReport(db, houseId, { kind: kind as PeriodKind, from, to }, JSON.parse(wish) as Wish, {
      since,
      today,
      hosts: hosts !== '',
    }),
)

async function readReport(db: Db, houseId: string, period: Period, wish: Wish, { since, today, hosts }: Further) {
  const earlier = neighbour(period, -1)
  const places = await findPlaces(db, houseId)
  const sums = (from: Day, to: Day, wish: Wish) => sumUp(db, houseId, from, to, places, wish)
  const own = await sums(period.from, period.to, wish)
  const once = earlier && (await sums(earlier.from, earlier.to, wish))
  const latest = await sums(since, today, {})
  const report: Report = {
    total: own.total(),
    cuts: { ...own.cuts(), ...(hosts ? { host: own.hosts() } : {}) },
    days: own.days(),
    programmes: own.programmes(),
    before: once && { total: once.total(), programmes: once.programmes() },
    reached: reachedOf(places, own.visited()),
    coverage: coverageOf(places, latest.visited()),
  }
  return report
}

async function sumUp(db: Db, houseId: string, from: Day, to: Day, places: Places, wish: Wish) {
  const [names, days] = await findDays(db, houseId, from, to)
  const sums = summing(names, places, wish)
  for (const [date, day] of days) sums.take(date, day)
  return sums
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
