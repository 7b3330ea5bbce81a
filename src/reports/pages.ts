import type { Html } from '../base/http/html.ts'
import type { IconName } from '../base/http/icons.ts'
import { dateDigits, dateWithYear, monthShort, numberSaid } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { addressOf } from './address-rules.ts'
import type { Asked } from './asking.ts'
import { type Chart, chartOf, shadeOf, stepsIn, widths } from './chart-pages.ts'
import { words as coverageWords } from './coverage-words.ts'
import { dueOn, neighbour, type Period, periodKinds, periodQuery, periodWith, stepsOf } from './period-rules.ts'
import type { Report } from './report-store.ts'
import { type Cut, isSmall, noFigures, percent, spreadOf, unsaid, whole } from './rules.ts'
import {
  type Cell,
  cellOf,
  coverageTable,
  cutsFor,
  cutTable,
  decimal,
  eventsOf,
  hiddenText,
  loadTable,
  nameOf,
  opinionTable,
  stamp,
  stepTable,
  summaryTable,
  type Table,
} from './table-pages.ts'
import { type ReportWords, words } from './words.ts'

type Link = { href: string; text: string }
type Option = { value: string; text: string; checked: boolean }
export type Bars = {
  table: Table
  lines: { name: string; href: string; talks: Cell; heads: Cell; all: number; part: number; small: boolean }[]
  more: Link
}
export type Kpi = { name: string; cell: Cell; hints: string[] }
/** The head of every page of a report. */
export type Head = {
  title: string
  say: ReportWords
  lead: string
  kinds: (Link & { here: boolean })[]
  around: { before: string; now: string; after: string }
  filters: { text: string; drop: string }[]
  form: { hidden: { name: string; value: string }[]; from: string; to: string; error: string; selects: Select[] }
  files: { xlsx: string; csv: string }
  outside: boolean
  printed: string
  small: string
}
type Select = { name: Cut; label: string; options: Option[] }

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
      fair: string
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

const roman = ['I', 'II', 'III', 'IV']

/** `IV квартал 2026`, `Қараша 2026`, `01.11.2026 – 24.11.2026`. */
export function periodSaid(language: Language, period: Period): string {
  const say = words[language]
  const named = periodQuery(period)
  const year = period.from.slice(0, 4)
  if (named.quarter) return say.quarter(roman[Number(named.quarter.slice(-1)) - 1] ?? '', year)
  if (named.half) return say.half(roman[Number(named.half.slice(-1)) - 1] ?? '', year)
  if (named.year) return say.year(year)
  return named.month
    ? `${monthShort(language, period.from)} ${year}`
    : `${dateDigits(period.from)} – ${dateDigits(period.to)}`
}

/** What stands over every page of a report: which days, which talks, and the files of the same. */
export function headOf(asked: Asked, house: string, path = '/app/reports'): Head {
  const { language, period, wish, today, outside } = asked
  const say = words[language]
  const at = (other: Period | undefined, fallback = period) => addressOf(path, other ?? fallback, wish)
  const kind = period.kind === 'days' ? 'quarter' : period.kind
  const due = dueOn(period)
  const days =
    period.kind === 'days' ? '' : `${dateWithYear(language, period.from)} – ${dateWithYear(language, period.to)}, `
  return {
    title: periodSaid(language, period),
    say,
    lead: `${days}${house}. ${[
      ...(period.from <= today && today <= period.to ? [say.running] : []),
      ...(due ? [`${say.due(dateDigits(due))}.`] : []),
    ].join(' ')}`.trim(),
    kinds: periodKinds
      .filter(each => each !== 'days')
      .map(each => ({
        href: addressOf(path, periodWith(each as Exclude<typeof each, 'days'>, middleOf(period, today)), wish),
        text: say.periods[each],
        here: each === period.kind,
      })),
    around: { before: at(neighbour(period, -1)), now: at(periodWith(kind, today)), after: at(neighbour(period, 1)) },
    filters: cutsFor(asked).flatMap(cut => {
      const value = wish[cut]
      if (value === undefined) return []
      const { [cut]: _, ...rest } = wish
      return [{ text: `${say.one[cut]}: ${nameOf(asked, cut, value)}`, drop: addressOf(path, period, rest) }]
    }),
    form: {
      // what has no list of its own in the form stays as it is
      hidden: (['host', 'speaker', 'body'] as const).flatMap(cut => {
        const value = wish[cut]
        return value === undefined ? [] : [{ name: cut, value }]
      }),
      from: asked.mistake ? asked.texts.from : period.from,
      to: asked.mistake ? asked.texts.to : period.to,
      error: asked.mistake ? say.mistakes[asked.mistake] : '',
      selects: (['district', 'topic', 'audience', 'format', 'language', 'group'] as const).map(name => ({
        name,
        label: say.one[name],
        options: [
          { value: '', text: say.all, checked: wish[name] === undefined },
          ...choicesOf(asked, name).map(({ value, text }) => ({ value, text, checked: wish[name] === value })),
        ],
      })),
    },
    files: {
      xlsx: addressOf('/app/reports.xlsx', period, wish),
      csv: addressOf('/app/reports.csv', period, wish),
    },
    outside,
    printed: `${house} · ${say.printed(stamp(asked))}`,
    small: outside ? say.small : say.smallPrint,
  }
}

/** Today where it lies in the period: from a running half-year one comes to the running month. */
const middleOf = ({ from, to }: Period, today: string): string => (from <= today && today <= to ? today : to)

function choicesOf(asked: Asked, cut: 'district' | 'topic' | 'audience' | 'format' | 'language' | 'group') {
  const { language, known } = asked
  if (cut === 'language')
    return ['kk', 'ru', 'en', 'ug', 'uz', unsaid].map(value => ({
      value,
      text: value === unsaid ? words[language].unsaid : languageSaid(topicWords[language], value),
    }))
  return known[cut].map(({ id, name }) => ({ value: id, text: name[language] })).sort((a, b) => byName(a.text, b.text))
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

export function showPage(asked: Asked, report: Report, house: string, months: Months, shares: string) {
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
    fair: shares,
    chart: chartOf(stepsIn(language, period, report.days, asked.today)),
    steps: table('steps'),
    stepsTitle: say.steps[stepsOf(period)],
    map: mapOf(asked, report, months),
    cuts: cutsFor(asked).map(cut => ({ href: addressOf(`/app/reports/by/${cut}`, period, wish), text: say.cut[cut] })),
    coverage: { href: `/app/reports/coverage?months=${months.count}`, text: coverageWords[language].title },
    bodies: outside ? undefined : { href: '/app/reports/bodies', text: coverageWords[language].bodies.title },
  }
}

function kpisOf(asked: Asked, { total, before, programmes, reached, held }: Report): Kpi[] {
  const { language, period, wish } = asked
  const say = words[language]
  const list = (fate: string) => addressOf('/app/reports/talks', period, wish, { fate })
  const said = (value: number) => cellOf(asked, value).text
  const spread = spreadOf(held)
  const share = isSmall(total.confirmed) ? undefined : percent(total.confirmed, total.countedThere)
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
      hints: spread ? [say.membersMean(decimal(language, spread.mean))] : [],
    },
  ]
}

function barsOf(asked: Asked, cut: Exclude<Cut, 'speaker' | 'host'>, table: Table): Bars {
  const { period, wish, language } = asked
  const lines = table.lines.slice(0, shownLines)
  const wide = widths(lines.map(({ figures = noFigures() }) => ({ all: figures.held, part: figures.kazakh })))
  return {
    table,
    lines: lines.map(({ name, href = '', cells }, at) => {
      const [talks, , , , , heads] = cells
      const none = cellOf(asked, 0)
      const small = talks?.outside === hiddenText
      return {
        name,
        href,
        talks: talks ?? none,
        heads: heads ?? none,
        small,
        ...(asked.outside && small ? { all: 0, part: 0 } : (wide[at] ?? { all: 0, part: 0 })),
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
