import type { Db } from '../base/db/open.ts'
import type { Day } from '../base/time.ts'
import { countVisited } from './coverage-store.ts'
import { neighbour, type Period } from './period-rules.ts'
import { add, type Cut, type Figures, noFigures, type Part, type Wish } from './rules.ts'
import { findCells, findProgrammes, findReached, findTotal } from './store.ts'
import { findLinesBy, findTeams } from './team-store.ts'

export type Lines = Map<string, Figures>
/** Everything that page, file and print say of a period. */
export type Report = {
  total: Figures
  cuts: Partial<Record<Cut, Lines>>
  days: Map<Day, Figures>
  programmes: { talks: number; programmes: number }
  before: { total: Figures; programmes: { talks: number; programmes: number } } | undefined
  reached: { visited: number; hosts: number }
  coverage: { district: string; hosts: number; visited: number }[]
}

export const summed = (parts: Part[]): Figures => parts.reduce(add, noFigures())
const byKey = (rows: { key: string; part: Part }[]): Lines => {
  const lines: Lines = new Map()
  for (const { key, part } of rows) lines.set(key, add(lines.get(key) ?? noFigures(), part))
  return lines
}

/** `cuts`: which of the tables with many lines are wanted, too. */
export async function findReport(
  db: Db,
  houseId: string,
  period: Period,
  wish: Wish,
  { since, today, cuts }: { since: Day; today: Day; cuts: Extract<Cut, 'host'>[] },
): Promise<Report> {
  const earlier = neighbour(period, -1)
  const [cells, teams, bodies, hosts, programmes, total, once, reached, coverage] = await Promise.all([
    findCells(db, houseId, period, wish),
    findTeams(db, houseId, period, wish),
    findLinesBy(db, houseId, period, wish, 'body'),
    cuts.includes('host') ? findLinesBy(db, houseId, period, wish, 'host') : [],
    findProgrammes(db, houseId, period, wish),
    earlier ? findTotal(db, houseId, earlier, wish) : undefined,
    earlier ? findProgrammes(db, houseId, earlier, wish) : undefined,
    findReached(db, houseId, period, wish),
    countVisited(db, houseId, since, today, {}),
  ])
  const of = (cut: string) => byKey(cells.filter(cell => cell.cut === cut))
  const team = (cut: string) => byKey(teams.filter(each => each.cut === cut))
  return {
    total: summed(cells.filter(({ cut }) => cut === 'all').map(({ part }) => part)),
    cuts: {
      district: of('district'),
      topic: of('topic'),
      audience: of('audience'),
      format: of('format'),
      language: of('language'),
      group: team('group'),
      speaker: team('speaker'),
      body: byKey(bodies),
      ...(cuts.includes('host') ? { host: byKey(hosts) } : {}),
    },
    days: of('days'),
    programmes,
    before: total && once && { total: summed(total), programmes: once },
    reached,
    coverage,
  }
}
