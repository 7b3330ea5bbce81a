import { words as cancelWords } from '../requests/cancel-words.ts'
import type { Asked } from './asking.ts'
import type { Value } from './csv.ts'
import { periodSaid } from './head-pages.ts'
import { type Cut, isSmall } from './rules.ts'
import { type Cell, hiddenText, nameOf, stamp, type Table } from './table-pages.ts'
import type { TalkLine } from './talk-store.ts'
import { type Places, saidAs } from './wish-rules.ts'
import { words } from './words.ts'

/** A cell as a file has it: what leaves the House is what is shown outside, as a number where it is one. */
export const fileValue = (cell: Cell): Value =>
  cell.outside === hiddenText ? hiddenText : (cell.value ?? (cell.outside === '–' ? null : cell.outside))

/** A table as rows: heading, lines, sum. */
export const rowsOf = (table: Table): Value[][] => [
  [table.first || table.title, ...table.columns],
  ...table.lines.map(({ name, cells }) => [name, ...cells.map(fileValue)]),
  ...(table.total ? [[table.total.name, ...table.total.cells.map(fileValue)]] : []),
]

/** What is said before the tables: which days, whose, which talks. */
export function factsOf(asked: Asked, house: string): Value[][] {
  const { language, period, wish } = asked
  const say = words[language]
  return [
    [say.title, periodSaid(language, period)],
    [say.period, `${period.from} – ${period.to}`],
    [say.house, house],
    ...(Object.entries(wish) as [keyof typeof wish, string][]).map(([cut, value]) => [
      say.one[cut],
      nameOf(asked, cut, value),
    ]),
    [say.made, stamp(asked)],
    [say.small],
  ]
}

export function talkHeading({ language }: Pick<Asked, 'language'>): string[] {
  const { columns: its, one, figure, reason } = words[language]
  return [
    ...[its.date, its.time, its.number, one.host, one.district, one.topic, one.audience, one.format, one.language],
    ...[its.mode, its.state, reason, figure.planned, figure.counted, figure.confirmed, its.leaflets],
    ...[its.programme, its.bodies],
  ]
}

/** A talk as a line of a file; few people are not told apart outside. */
export function talkValues(asked: Asked, { hosts, formats }: Places): (talk: TalkLine) => Value[] {
  const { language } = asked
  const say = words[language]
  const named = (cut: Cut, key = '') => (key === '' ? '' : nameOf(asked, cut, key))
  const heads = (value: number | null): Value => (value === null ? null : isSmall(value) ? hiddenText : value)
  const states = {
    booked: say.fate.open,
    held: say.fate.held,
    'not-held': say.fate['not-held'],
    cancelled: say.fate.cancelled,
  }
  return talk => [
    talk.day,
    talk.from,
    talk.number,
    named('host', talk.host),
    named('district', hosts.get(talk.host)?.district),
    named('topic', talk.topic),
    named('audience', talk.audience),
    named('format', formats.get(talk.topic)),
    nameOf(asked, 'language', saidAs(talk.language)),
    say.mode[talk.mode],
    states[talk.state],
    talk.reason === null ? null : cancelWords[language][talk.reason],
    heads(talk.planned),
    heads(talk.counted),
    heads(talk.confirmed),
    heads(talk.leaflets),
    talk.programme ? say.yes : null,
    talk.bodies,
  ]
}
