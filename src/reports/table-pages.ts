import { dateDigits, numberSaid } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Day, wallOf } from '../base/time.ts'
import { questions } from '../feedback/rules.ts'
import { words as feedbackWords } from '../feedback/words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { cancelReasons } from '../talks/rules.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { addressOf } from './address-rules.ts'
import type { Asked } from './asking.ts'
import { namedIn } from './choice-store.ts'
import type { Fate } from './fate-rules.ts'
import type { Report } from './report-store.ts'
import {
  averages,
  type Cut,
  cuts,
  type Figures,
  isSmall,
  noFigures,
  personal,
  spreadOf,
  unsaid,
  veiled,
  whole,
} from './rules.ts'
import type { Lines } from './sum-rules.ts'
import { words } from './words.ts'

/** A figure: what is shown in the House, what is shown outside, and the list of its talks. */
export type Cell = { value: number | undefined; text: string; outside: string; href: string | undefined }
export type Line = { key: string; name: string; href: string | undefined; cells: Cell[]; figures?: Figures }
/** What page, files and print draw: said once. `note` stands below. */
export type Table = {
  id: string
  title: string
  first: string
  columns: string[]
  lines: Line[]
  total?: Line
  note: string
}

export const hiddenText = '<5'
const columns = ['held', 'notHeld', 'cancelled', 'open', 'planned', 'counted', 'confirmed', 'answers'] as const
const fateOf: Record<(typeof columns)[number], Fate> = {
  held: 'held',
  notHeld: 'not-held',
  cancelled: 'cancelled',
  open: 'open',
  planned: 'held',
  counted: 'held',
  confirmed: 'confirmed',
  answers: 'answered',
}

export const decimal = (language: Language, value: number): string => {
  const text = value.toFixed(1)
  return language === 'en' ? text : text.replace('.', ',')
}

/** A number as a cell; `veil`: hidden outside though it is not small itself. */
export function cellOf(
  { language, outside }: Pick<Asked, 'language' | 'outside'>,
  value: number,
  { href, veil = isSmall(value) }: { href?: string | undefined; veil?: boolean } = {},
): Cell {
  const text = numberSaid(language, value)
  const shown = veil ? hiddenText : text
  return { value, text: outside ? shown : text, outside: shown, href: outside ? undefined : href }
}
const plain = (text: string, value?: number): Cell => ({ value, text, outside: text, href: undefined })

const meanOf = (figures: Figures): number | undefined => {
  const its = averages(figures)
  return its && questions.reduce((sum, each) => sum + its[each], 0) / questions.length
}

/** A full table of one cut. */
export function cutTable(asked: Asked, cut: Cut, lines: Lines, total: Figures, links = true): Table {
  const { language, period, wish } = asked
  const say = words[language]
  const named = [...lines]
    .map(([key, figures]) => ({ key, name: nameOf(asked, cut, key), figures }))
    .sort((a, b) => b.figures.held - a.figures.held || byName(a.name, b.name) || (a.key < b.key ? -1 : 1))
  const numbers = named.map(({ figures }) => columns.map(column => figures[column]))
  const veil = veiled(numbers, whole.includes(cut))
  const row = (key: string, name: string, figures: Figures, hidden: boolean[] | undefined, its: typeof wish): Line => {
    const mean = meanOf(figures)
    return {
      key,
      name,
      figures,
      href: key === '' || !links ? undefined : addressOf('/app/reports', period, its),
      cells: [
        ...columns.map((column, at) =>
          cellOf(asked, figures[column], {
            href:
              links && figures[column] > 0
                ? addressOf('/app/reports/talks', period, its, { fate: fateOf[column] })
                : undefined,
            ...(hidden ? { veil: hidden[at] ?? false } : {}),
          }),
        ),
        mean === undefined ? plain('–') : plain(decimal(language, mean), mean),
      ],
    }
  }
  return {
    id: cut,
    title: say.cut[cut],
    first: say.one[cut],
    columns: [...columns.map(column => say.figure[column]), say.figure.average],
    lines: named.map(({ key, name, figures }, at) => row(key, name, figures, veil[at], { ...wish, [cut]: key })),
    total: row('', say.total, total, undefined, wish),
    note: cut === 'body' ? say.once : whole.includes(cut) ? '' : say.several,
  }
}

export function nameOf({ language, known }: Asked, cut: Cut, key: string): string {
  if (key === unsaid) return words[language].unsaid
  if (cut === 'language') return languageSaid(topicWords[language], key)
  return namedIn(known[cut], key)?.name[language] ?? key
}

/** Cuts that this reader may see. */
export const cutsFor = ({ outside }: Pick<Asked, 'outside'>): Cut[] =>
  cuts.filter(cut => !outside || !personal.includes(cut))

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
      row('in-time', say.inTime, total.inTime, earlier.inTime, list('asked')),
      row('late', say.late, total.late, earlier.late, list('asked')),
      row('silent', say.silent, silentOf(total), silentOf(earlier), list('asked')),
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
          cells: [cellOf(asked, spread[each])],
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
  const numbers = steps.map(({ held, open }) => [held, open])
  const veil = veiled(numbers, true)
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

/** `24.11.2026, 08:45` on the House's wall. */
export const stamp = ({ now, zone }: Pick<Asked, 'now' | 'zone'>): string => {
  const { day, minute } = wallOf(now, zone)
  return `${dateDigits(day)}, ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
