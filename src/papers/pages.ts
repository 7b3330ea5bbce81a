import { dateDigits, numberSaid } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { zoneSaid } from '../base/i18n/zones.ts'
import type { Block, Paper } from '../base/paper.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, type Day, type Minute } from '../base/time.ts'
import type { TalkLine } from '../talks/paper-pages.ts'
import { words } from './words.ts'

export type Stamp = { number: number; on: string } | undefined
/** The head of a paper, in a language. */
export type HeadSaid = {
  name: Record<'kk' | 'ru', string>
  letterhead: Record<'kk' | 'ru', string>
  phone: string | null
}
export type LetterSaid = {
  head: HeadSaid
  host: Said
  contact: string | null
  executor: Said
  off: boolean
  talks: Record<'kk' | 'ru', TalkLine[]>
}

const both = ['kk', 'ru'] as const

const headOf = (head: HeadSaid, it: 'kk' | 'ru'): Block[] => [
  { is: 'line', as: 'strong', text: head.name[it] },
  ...(head.letterhead[it] ? [{ is: 'line' as const, as: 'quiet' as const, text: head.letterhead[it] }] : []),
]

const stampOf = (it: Language, stamp: Stamp): Block => ({
  is: 'facts',
  facts: [
    { name: words[it].number, text: stamp ? `№\u00a0${stamp.number}` : words[it].unnumbered },
    { name: words[it].date, text: stamp ? dateDigits(stamp.on) : words[it].unnumbered },
  ],
})

/** Whether a paper would say today what it said when it was issued. */
export const saysTheSame = (issued: Paper, today: Paper): boolean => inOrder(issued) === inOrder(today)

// the database keeps a value without the order of its names
const inOrder = (paper: Paper): string =>
  JSON.stringify(paper, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

/** A letter as it was issued, and that it is void. */
export const voided = (paper: Paper): Paper => ({
  ...paper,
  halves: paper.halves.map(half => ({
    ...half,
    blocks: [{ is: 'line', as: 'strong', text: words[half.language].off }, ...half.blocks],
  })),
})

const footOf = (head: HeadSaid): string[] =>
  [head.name.kk, head.name.ru, head.phone ? phoneSaid(head.phone) : ''].filter(Boolean)

/** The sheet as it leaves the printer, by the House's wall clock: `Басылды: 23.11.2026, 08:30, Алматы уақыты`. */
export const printed = (paper: Paper, { day, minute, zone }: { day: Day; minute: Minute; zone: string }): Paper => ({
  ...paper,
  foot: [
    ...paper.foot,
    ...both.map(it => `${words[it].printed}: ${dateDigits(day)}, ${clock(minute)}, ${zoneSaid(it, zone)}`),
  ],
})

/** The official letter to a host: one page, Kazakh on the left and Russian on the right (domain.md section 9). */
export function letterPaper(language: Language, letter: LetterSaid, stamp: Stamp): Paper {
  const { head } = letter
  return {
    title: words[language].letter,
    file: stamp ? `letter-${stamp.number}` : 'letter',
    size: 'A4',
    halves: both.map(it => {
      const say = words[it]
      return {
        language: it,
        blocks: [
          ...headOf(head, it),
          stampOf(it, stamp),
          {
            is: 'facts',
            facts: [
              { name: say.to, text: letter.host[it] },
              ...(letter.contact ? [{ name: say.attention, text: letter.contact }] : []),
            ],
          },
          { is: 'title', text: say.about },
          ...(letter.off ? [{ is: 'line' as const, as: 'strong' as const, text: say.off }] : []),
          { is: 'line', text: say.dear },
          { is: 'line', text: say.ask },
          {
            is: 'table',
            columns: [say.when, `${say.topic}, ${say.audience.toLocaleLowerCase('kk')}`, say.team],
            rows: letter.talks[it].map(talk => [talk.when, `${talk.topic}\n${talk.audience}`, talk.team]),
            widths: [5, 8, 7],
          },
          { is: 'line', text: say.closing },
          { is: 'sign', lines: [say.head] },
          {
            is: 'facts',
            facts: [
              { name: say.executor, text: letter.executor[it] },
              ...(head.phone ? [{ name: say.phone, text: phoneSaid(head.phone) }] : []),
            ],
          },
        ],
      }
    }),
    foot: footOf(head),
  }
}

export type ThanksSaid = {
  head: HeadSaid
  to: 'speaker' | 'host'
  names: Said
  year: number
  held: number
  heard: number
}

/** A certificate of thanks, to hang up: Kazakh on the left, Russian on the right. The name stands by itself, never inflected. */
export function thanksPaper(language: Language, thanks: ThanksSaid, stamp: Stamp): Paper {
  const { head, to, names, year, held, heard } = thanks
  return {
    title: words[language].thanks,
    file: stamp ? `thanks-${stamp.number}` : 'thanks',
    size: 'A4',
    landscape: true,
    framed: true,
    halves: both.map(it => {
      const say = words[it]
      return {
        language: it,
        blocks: [
          { is: 'line', as: 'middle', text: head.name[it] },
          { is: 'line', as: 'large', text: say.thanks },
          { is: 'line', as: 'large', text: names[it] },
          { is: 'line', as: 'middle', text: to === 'speaker' ? say.thanksSpeaker : say.thanksHost },
          {
            is: 'line',
            as: 'middle',
            text: [
              `${say.year}: ${year}`,
              ...(held > 0 ? [`${say.held}: ${numberSaid(it, held)}`] : []),
              ...(heard > 0 ? [`${say.heard}: ${numberSaid(it, heard)}`] : []),
            ].join(' · '),
          },
          stampOf(it, stamp),
          { is: 'sign', lines: [say.head] },
        ],
      }
    }),
    foot: footOf(head),
  }
}
