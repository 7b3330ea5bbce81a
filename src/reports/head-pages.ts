import { dateDigits, dateWithYear, monthShort } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { addressOf } from './address-rules.ts'
import type { Asked } from './asking.ts'
import { dueOn, neighbour, type Period, periodKinds, periodQuery, periodWith } from './period-rules.ts'
import { type Cut, unsaid } from './rules.ts'
import { cutsFor, nameOf, stamp } from './table-pages.ts'
import { type ReportWords, words } from './words.ts'

export type Link = { href: string; text: string }
type Option = { value: string; text: string; checked: boolean }
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
