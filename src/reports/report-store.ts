import { keptWithDiary } from '../base/db/diary.ts'
import type { Db } from '../base/db/open.ts'
import type { Day } from '../base/time.ts'
import { countVisited } from './coverage-store.ts'
import { neighbour, type Period, type PeriodKind } from './period-rules.ts'
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

type Further = { since: Day; today: Day; cuts: Extract<Cut, 'host'>[] }

/** `cuts`: which of the tables with many lines are wanted, too. What was found stands until something of the House changes. */
export const findReport = (db: Db, houseId: string, period: Period, wish: Wish, { since, today, cuts }: Further) =>
  keptReport(db, houseId, period.kind, period.from, period.to, JSON.stringify(wish), since, today, cuts.join())

const keptReport = keptWithDiary(
  'report',
  (db, houseId, kind: string, from: string, to: string, wish: string, since: string, today: string, cuts: string) =>
    readReport(db, houseId, { kind: kind as PeriodKind, from, to }, JSON.parse(wish) as Wish, {
      since,
      today,
      hosts: cuts === 'host',
    }),
)

async function readReport(
  db: Db,
  houseId: string,
  period: Period,
  wish: Wish,
  { since, today, hosts: withHosts }: { since: Day; today: Day; hosts: boolean },
): Promise<Report> {
  const earlier = neighbour(period, -1)
  const [cells, teams, bodies, hosts, programmes, total, once, reached, coverage] = await Promise.all([
    findCells(db, houseId, period, wish),
    findTeams(db, houseId, period, wish),
    findLinesBy(db, houseId, period, wish, 'body'),
    withHosts ? findLinesBy(db, houseId, period, wish, 'host') : [],
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
      ...(withHosts ? { host: byKey(hosts) } : {}),
    },
    days: of('days'),
    programmes,
    before: total && once && { total: summed(total), programmes: once },
    reached,
    coverage,
  }
}
