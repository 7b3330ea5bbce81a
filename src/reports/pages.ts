import type { Html } from '../base/http/html.ts'
import type { IconName } from '../base/http/icons.ts'
import { numberSaid } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import { addressOf } from './address-rules.ts'
import type { Asked } from './asking.ts'
import { type Chart, chartOf, shadeOf, stepsIn, widths } from './chart-pages.ts'
import { words as coverageWords } from './coverage-words.ts'
import { type Head, headOf, type Link } from './head-pages.ts'
import { stepsOf } from './period-rules.ts'
import type { Report } from './report-store.ts'
import { type Cut, isSmall, noFigures, percent, spreadOf, veiled, whole } from './rules.ts'
import { coverageTable, eventsOf, loadTable, opinionTable, stepTable, summaryTable } from './summary-pages.ts'
import { type Cell, cellOf, cutsFor, cutTable, decimal, hiddenText, nameOf, type Table } from './table-pages.ts'
import { type ReportWords, words } from './words.ts'

export type Bars = {
  table: Table
  lines: {
    name: string
    href: string
    talks: Cell
    heads: Cell
    all: number
    part: number
    small: boolean
    fewParts: boolean
  }[]
  more: Link
}

/** How evenly the engine sees the load; `few`: it would say how much one does. */
export type Shares = { text: string; few: boolean }
export type Kpi = { name: string; cell: Cell; hints: string[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'reports/show': Head & {
      here: 'reports'
      none: string
      kpis: Kpi[]
      bars: Bars[]
      summary: Table
      opinions: Table
      load: Table
      fair: Shares
      chart: Chart
      steps: Table
      stepsTitle: string
      map: {
        title: string
        all: string
        tiles: { name: string; place: string; shade: number; text: string; href: string }[]
      }
      cuts: Link[]
      coverage: Link
      bodies: Link | undefined
    }
    'reports/cut': Head & {
      table: Table
      back: Link
      cuts: (Link & { here: boolean })[]
      pager: { first: string; next: string }
    }
    'parts/report-head': Head & { icon: (name: IconName) => Html; print: string }
    'parts/report-bars': { bars: Bars; say: ReportWords }
    'parts/report-cell': { cell: Cell }
    'parts/report-table': { table: Table; hidden: boolean }
  }
}

export type Months = { count: number; today: string }

/** All tables of a report in the order of files. */
export function tablesOf(asked: Asked, report: Report, months: Months, cuts = cutsFor(asked), links = false): Table[] {
  const { language, period, today } = asked
  const steps = stepsIn(language, period, report.days, today)
  const say = words[language]
  return [
    summaryTable(asked, report),
    opinionTable(asked, report.total),
    loadTable(asked, report.held),
    ...cuts.flatMap(cut => {
      const lines = report.cuts[cut]
      return lines ? [cutTable(asked, cut, lines, report.total, links)] : []
    }),
    coverageTable(asked, report.coverage, coverageWords[language].months(months.count)),
    { ...stepTable(asked, steps), title: say.steps[stepsOf(period)], first: say.step[stepsOf(period)] },
  ]
}

// as they lie from the north-west to the south-east; districts of other cities follow by name
const onMap = ['alatau', 'zhetysu', 'turksib', 'nauryzbay', 'auezov', 'almaly', 'medeu', 'bostandyk']
const placeOnMap = (slug = ''): number => (onMap.includes(slug) ? onMap.indexOf(slug) : onMap.length)

/** What the first page shows as bars; people and places, of whom there are many, have pages of their own. */
const barred = ['district', 'topic', 'audience', 'format', 'language', 'group', 'body'] as const
const shownLines = 8

export function showPage(asked: Asked, report: Report, house: string, months: Months, shares: Shares) {
  const { language, period, wish, outside } = asked
  const say = words[language]
  const { total } = report
  const tables = new Map(tablesOf(asked, report, months, [...barred], true).map(table => [table.id, table]))
  const table = (id: string): Table => tables.get(id) ?? { id, title: '', first: '', columns: [], lines: [], note: '' }
  const anything = total.held + total.notHeld + total.cancelled + total.open > 0
  return {
    ...headOf(asked, house),
    here: 'reports' as const,
    none: anything ? '' : say.none,
    kpis: kpisOf(asked, report),
    bars: barred.map(cut => barsOf(asked, cut, table(cut))),
    summary: table('summary'),
    opinions: table('opinions'),
    load: table('load'),
    fair: outside && shares.few ? { ...shares, text: '' } : shares,
    chart: chartOf(stepsIn(language, period, report.days, asked.today), outside),
    steps: table('steps'),
    stepsTitle: say.steps[stepsOf(period)],
    map: mapOf(asked, report, months),
    cuts: cutsFor(asked).map(cut => ({ href: addressOf(`/app/reports/by/${cut}`, period, wish), text: say.cut[cut] })),
    coverage: { href: `/app/reports/coverage?months=${months.count}`, text: coverageWords[language].title },
    bodies: outside ? undefined : { href: '/app/reports/bodies', text: coverageWords[language].bodies.list },
  }
}

function kpisOf(asked: Asked, { total, before, programmes, reached, held }: Report): Kpi[] {
  const { language, period, wish } = asked
  const say = words[language]
  const list = (fate: string) => addressOf('/app/reports/talks', period, wish, { fate })
  const said = (value: number) => cellOf(asked, value).text
  const spread = spreadOf(held)
  const share =
    isSmall(total.confirmed) || isSmall(total.countedThere) ? undefined : percent(total.confirmed, total.countedThere)
  const earlier = before?.total ?? noFigures()
  return [
    {
      name: say.figure.held,
      cell: cellOf(asked, total.held, { href: list('held') }),
      hints: [
        ...(before ? [say.was(said(earlier.held))] : []),
        `${say.figure.events}: ${said(eventsOf(total.held, programmes))}`,
      ],
    },
    {
      name: say.heads,
      cell: cellOf(asked, total.counted, { href: list('held') }),
      hints: [say.headsHint, ...(before ? [say.was(said(earlier.counted))] : [])],
    },
    {
      name: say.figure.confirmed,
      cell: cellOf(asked, total.confirmed, { href: list('confirmed') }),
      hints: [share === undefined ? say.confirmedNone : say.confirmedHint(share, said(total.confirmedTalks))],
    },
    {
      name: say.figure.planned,
      cell: cellOf(asked, total.planned, { href: list('held') }),
      hints: before ? [say.was(said(earlier.planned))] : [],
    },
    {
      name: say.places,
      cell: cellOf(asked, reached.visited),
      hints: [say.placesOf(numberSaid(language, reached.hosts))],
    },
    {
      name: say.members,
      cell: cellOf(asked, held.length),
      hints:
        spread && !(asked.outside && isSmall(spread.people)) ? [say.membersMean(decimal(language, spread.mean))] : [],
    },
  ]
}

function barsOf(asked: Asked, cut: Exclude<Cut, 'speaker' | 'host'>, table: Table): Bars {
  const { period, wish, language } = asked
  const lines = table.lines.slice(0, shownLines)
  const wide = widths(lines.map(({ figures = noFigures() }) => ({ all: figures.held, part: figures.kazakh })))
  const veil = veiled(
    table.lines.map(({ figures: { held, kazakh } = noFigures() }) => [kazakh, held - kazakh]),
    whole.includes(cut),
  )
  return {
    table,
    lines: lines.map(({ name, href = '', cells }, at) => {
      const [talks, , , , , heads] = cells
      const none = cellOf(asked, 0)
      const small = talks?.outside === hiddenText
      const fewParts = veil[at]?.includes(true) === true
      const { all, part } = wide[at] ?? { all: 0, part: 0 }
      return {
        name,
        href,
        talks: talks ?? none,
        heads: heads ?? none,
        small,
        fewParts,
        all: asked.outside && small ? 0 : all,
        part: asked.outside && (small || fewParts) ? 0 : part,
      }
    }),
    more: {
      href: addressOf(`/app/reports/by/${cut}`, period, wish),
      text:
        whole.includes(cut) || table.lines.length > 0
          ? `${words[language].cuts}: ${table.lines.length}`
          : words[language].noBodies,
    },
  }
}

function mapOf(asked: Asked, { coverage }: Report, months: Months) {
  const { language, known } = asked
  const [visited, hosts] = coverage.reduce(([a, b], row) => [a + row.visited, b + row.hosts], [0, 0])
  const say = coverageWords[language]
  return {
    title: `${words[language].coverage}: ${say.months(months.count)}`,
    all: say.of(numberSaid(language, visited), numberSaid(language, hosts)),
    tiles: coverage
      .map(row => ({ ...row, name: nameOf(asked, 'district', row.district) }))
      .sort(
        (a, b) =>
          placeOnMap(known.slugs.get(a.district)) - placeOnMap(known.slugs.get(b.district)) || byName(a.name, b.name),
      )
      .map(row => ({
        name: row.name,
        place: known.slugs.get(row.district) ?? '',
        shade: shadeOf(row.visited, row.hosts),
        text: say.of(numberSaid(language, row.visited), numberSaid(language, row.hosts)),
        href: `/app/reports/coverage?district=${row.district}&months=${months.count}`,
      })),
  }
}
