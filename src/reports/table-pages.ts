import { dateDigits, numberSaid } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { wallOf } from '../base/time.ts'
import { questions } from '../feedback/rules.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { addressOf } from './address-rules.ts'
import type { Asked } from './asking.ts'
import { namedIn } from './choice-store.ts'
import type { Fate } from './fate-rules.ts'
import { averages, type Cut, cuts, type Figures, isSmall, personal, unsaid, veiled, whole } from './rules.ts'
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

export const plain = (text: string, value?: number): Cell => ({ value, text, outside: text, href: undefined })

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
  if (cut === 'host') return known.host.get(key) ?? key
  return namedIn(known[cut], key)?.name[language] ?? key
}

/** Cuts that this reader may see. */
export const cutsFor = ({ outside }: Pick<Asked, 'outside'>): Cut[] =>
  cuts.filter(cut => !outside || !personal.includes(cut))

/** `24.11.2026, 08:45` on the House's wall. */
export const stamp = ({ now, zone }: Pick<Asked, 'now' | 'zone'>): string => {
  const { day, minute } = wallOf(now, zone)
  return `${dateDigits(day)}, ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
