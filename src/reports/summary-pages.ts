import { numberSaid } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Day } from '../base/time.ts'
import { questions } from '../feedback/rules.ts'
import { words as feedbackWords } from '../feedback/words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { cancelReasons } from '../talks/rules.ts'
import { addressOf } from './address-rules.ts'
import type { Asked } from './asking.ts'
import { veilOf } from './chart-pages.ts'
import type { Fate } from './fate-rules.ts'
import type { Report } from './report-store.ts'
import { averages, type Figures, isSmall, noFigures, spreadOf, veiled } from './rules.ts'
import { type Cell, cellOf, decimal, hiddenText, type Line, nameOf, plain, type Table } from './table-pages.ts'
import { words } from './words.ts'

/** Held talks with programmes counted as one each. */
export const eventsOf = (held: number, { talks, programmes }: { talks: number; programmes: number }): number =>
  held - talks + programmes

/** Each figure of the whole beside the period before. */
export function summaryTable(asked: Asked, { total, before, programmes }: Report): Table {
  const { language, period, wish } = asked
  const say = words[language]
  const list = (fate: Fate, more: Record<string, string> = {}) =>
    addressOf('/app/reports/talks', period, wish, { fate, ...more })
  const earlier = before?.total ?? noFigures()
  const row = (key: string, name: string, now: number, then: number, href?: string, hidden: boolean[] = []): Line => {
    const veil = [hidden[0] ?? isSmall(now), hidden[1] ?? isSmall(then)] as const
    return {
      key,
      name,
      href: undefined,
      cells: [
        cellOf(asked, now, { href: now > 0 ? href : undefined, veil: veil[0] }),
        ...(before
          ? [cellOf(asked, then, { veil: veil[1] }), changeOf(asked, now - then, veil[0] || veil[1])]
          : [plain('–'), plain('–')]),
      ],
    }
  }
  const { figure } = say
  const reasons = cancelReasons.filter(reason => total.reasons[reason] + earlier.reasons[reason] > 0)
  const veil = veiled(
    reasons.map(reason => [total.reasons[reason], earlier.reasons[reason]]),
    true,
  )
  // these three make up those asked
  const punctual = [
    [total.inTime, earlier.inTime],
    [total.late, earlier.late],
    [silentOf(total), silentOf(earlier)],
  ]
  const answered = veiled(punctual, true)
  return {
    id: 'summary',
    title: say.fates,
    first: '',
    columns: [say.now, say.earlier, say.change],
    lines: [
      row('held', figure.held, total.held, earlier.held, list('held')),
      row(
        'events',
        figure.events,
        eventsOf(total.held, programmes),
        eventsOf(earlier.held, before?.programmes ?? programmes),
      ),
      row('programmes', say.programmes, programmes.programmes, before?.programmes.programmes ?? 0, list('programme')),
      row('not-held', figure.notHeld, total.notHeld, earlier.notHeld, list('not-held')),
      row('cancelled', figure.cancelled, total.cancelled, earlier.cancelled, list('cancelled')),
      ...reasons.map((reason, at) =>
        row(
          `cancelled-${reason}`,
          `${figure.cancelled}: ${cancelWords[language][reason]}`,
          total.reasons[reason],
          earlier.reasons[reason],
          list('cancelled', { reason }),
          veil[at],
        ),
      ),
      row('open', figure.open, total.open, earlier.open, list('open')),
      row('planned', figure.planned, total.planned, earlier.planned, list('held')),
      row('counted', figure.counted, total.counted, earlier.counted, list('held')),
      row('confirmed', figure.confirmed, total.confirmed, earlier.confirmed, list('confirmed')),
      row('answers', figure.answers, total.answers, earlier.answers, list('answered')),
      row('asked', say.asked, total.asked, earlier.asked, list('asked')),
      row('in-time', say.inTime, total.inTime, earlier.inTime, list('asked'), answered[0]),
      row('late', say.late, total.late, earlier.late, list('asked'), answered[1]),
      row('silent', say.silent, silentOf(total), silentOf(earlier), list('asked'), answered[2]),
    ],
    note: say.eventsHint,
  }
}

export const silentOf = ({ asked, inTime, late }: Figures): number => asked - inTime - late

/** Nothing is said of a change that would tell a hidden number. */
function changeOf({ language, outside }: Asked, difference: number, veil: boolean): Cell {
  const text = difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${numberSaid(language, Math.abs(difference))}`
  const shown = veil ? hiddenText : text
  return { value: difference, text: outside ? shown : text, outside: shown, href: undefined }
}

export function opinionTable({ language }: Asked, total: Figures): Table {
  const say = words[language]
  const its = averages(total)
  return {
    id: 'opinions',
    title: say.opinions,
    first: '',
    columns: [say.figure.average],
    lines: its
      ? questions.map(each => ({
          key: each,
          name: feedbackWords[language].questions[each],
          href: undefined,
          cells: [plain(decimal(language, its[each]), its[each])],
        }))
      : [],
    note: its ? say.scale : say.few,
  }
}

export function loadTable(asked: Asked, held: number[]): Table {
  const say = words[asked.language]
  const spread = spreadOf(held)
  return {
    id: 'load',
    title: say.load,
    first: '',
    columns: [say.talks],
    lines: spread
      ? (['least', 'middle', 'most'] as const).map(each => ({
          key: each,
          name: say[each],
          href: undefined,
          // of a few it would say how much one does
          cells: [cellOf(asked, spread[each], { veil: isSmall(spread.people) || isSmall(spread[each]) })],
        }))
      : [],
    note: say.loadHint,
  }
}

export function coverageTable(asked: Asked, coverage: Report['coverage'], months: string): Table {
  const { language, outside } = asked
  const say = words[language]
  const lines = coverage
    .map(row => ({ ...row, name: nameOf(asked, 'district', row.district) }))
    .sort((a, b) => byName(a.name, b.name))
  return {
    id: 'coverage',
    title: `${say.coverage}: ${months}`,
    first: say.one.district,
    columns: [say.places, say.total],
    // how many schools a district has is no secret, and neither is that one was visited
    lines: lines.map(({ district, name, visited, hosts }) => ({
      key: district,
      name,
      href: outside ? undefined : `/app/reports/coverage?district=${district}`,
      cells: [plain(numberSaid(language, visited), visited), plain(numberSaid(language, hosts), hosts)],
    })),
    note: '',
  }
}

export function stepTable(asked: Asked, steps: { day: Day; name: string; held: number; open: number }[]): Table {
  const say = words[asked.language]
  const veil = veilOf(steps)
  return {
    id: 'steps',
    title: say.talks,
    first: '',
    columns: [say.figure.held, say.figure.open],
    lines: steps.map(({ day, name, held, open }, at) => ({
      key: day,
      name,
      href: undefined,
      cells: [
        cellOf(asked, held, { veil: veil[at]?.[0] ?? false }),
        cellOf(asked, open, { veil: veil[at]?.[1] ?? false }),
      ],
    })),
    note: '',
  }
}
