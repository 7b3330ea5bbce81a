import { dateSaid, numberSaid } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { Paper } from '../base/paper.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, minuteOf } from '../base/time.ts'
import type { HelpLine } from '../houses/public-pages.ts'
import { fewest, type OpinionMistake, type Question, questions, scale } from './rules.ts'
import type { Opinions, SpokenOf } from './store.ts'
import { type FeedbackWords, words } from './words.ts'

type Choice = { value: string; text: string; checked: boolean }
export type FormShown = {
  action: string
  asked: { name: Question; text: string; error: string | undefined; choices: Choice[] }[]
  remark: { value: string; error: string | undefined }
}
export type HeadsShown = { action: string; value: string; kept: string; error: string | undefined }
/** Averages as words; none while there are few answers. */
export type OpinionsShown = {
  title: string
  count: string
  few: string
  lines: { name: string; text: string }[]
  remarksTitle: string
  remarks: string[]
  sheet: { href: string; text: string }
  confirmed: string
}

declare module '../base/http/pages.ts' {
  interface Views {
    'feedback/form': {
      title: string
      say: FeedbackWords
      about: string
      back: string
      form: FormShown | undefined
      /** Said instead of the form: thanks, not yet, over. */
      said: string
      thanked: boolean
      heads: HeadsShown | undefined
      errors: { href: string; text: string }[]
      help: HelpLine[]
    }
    'parts/opinions': { opinions: OpinionsShown }
  }
}

export function formShown(
  language: Language,
  action: string,
  typed: Record<Question | 'remark', string>,
  mistakes: OpinionMistake[],
): FormShown {
  const say = words[language]
  return {
    action,
    asked: questions.map(name => ({
      name,
      text: say.questions[name],
      error: mistakes.includes(name) ? say.missing(say.questions[name]) : undefined,
      choices: scale.map(value => ({
        value: String(value),
        text: say.answers[value],
        checked: typed[name] === String(value),
      })),
    })),
    remark: { value: typed.remark, error: mistakes.includes('remark') ? say.long : undefined },
  }
}

export const errorsOf = (form: FormShown) => [
  ...form.asked.flatMap(({ name, error }) => (error ? [{ href: `#${name}`, text: error }] : [])),
  ...(form.remark.error ? [{ href: '#remark', text: form.remark.error }] : []),
]

const titleOf = (talk: SpokenOf): Said => ({ kk: talk.title_kk, ru: talk.title_ru, en: talk.title_en })
/** In quotation marks, unless the title brings its own. */
const quoted = (language: Language, text: string) =>
  text.startsWith('«') ? text : language === 'en' ? `“${text}”` : `«${text}»`

/** `«Тақырып» · Сейсенбі, 24 қараша`: enough to know which talk is meant, and no more. */
export const aboutTalk = (language: Language, talk: SpokenOf): string =>
  `${quoted(language, titleOf(talk)[language])} · ${dateSaid(language, talk.day)}, ${clock(minuteOf(talk.from) ?? 0)}`

/** What the House and the speakers may see of the answers; `remarks` for coordinators alone. */
export function opinionsShown(
  language: Language,
  { count, averages }: Opinions,
  remarks: string[],
  confirmed: number | null,
  sheet: string,
): OpinionsShown {
  const say = words[language]
  const enough = count >= fewest
  const average = (value: number) => {
    const text = value.toFixed(1)
    return say.outOf(language === 'en' ? text : text.replace('.', ','))
  }
  return {
    title: say.opinions,
    count: `${say.count}: ${numberSaid(language, count)}`,
    few: enough ? '' : say.few,
    lines: enough ? questions.map(name => ({ name: say.short[name], text: average(averages[name]) })) : [],
    remarksTitle: say.remarks,
    remarks: enough ? remarks : [],
    sheet: { href: sheet, text: say.sheet },
    confirmed: confirmed === null ? '' : say.confirmed(numberSaid(language, confirmed)),
  }
}

/** A sheet for the class: the code, what it asks, and where there is help. Kazakh first, Russian below. */
export function listenersPaper(talk: SpokenOf, address: string, help: Record<'kk' | 'ru', HelpLine[]>): Paper {
  const { kk, ru } = words
  const calls = help.kk.map(({ code, name }, at) => ({
    code,
    name: [...new Set([name, help.ru[at]?.name ?? ''])].filter(Boolean).join(' / '),
  }))
  return {
    title: kk.sheet,
    file: 'listeners',
    size: 'A5',
    halves: [
      {
        language: 'kk',
        blocks: [
          { is: 'line', as: 'large', text: kk.title },
          { is: 'line', as: 'middle', text: ru.title, language: 'ru' },
          { is: 'line', as: 'middle', text: aboutTalk('kk', talk) },
          { is: 'qr', address, label: kk.sheet },
          { is: 'line', as: 'middle', text: kk.paper.ask },
          { is: 'line', as: 'middle', text: ru.paper.ask, language: 'ru' },
          { is: 'line', as: 'quiet', text: address },
          { is: 'line', as: 'strong', text: `${kk.paper.helps} / ${ru.paper.helps}` },
          { is: 'help', lines: calls },
        ],
      },
    ],
    foot: [
      talk.house_kk,
      talk.phone ? phoneSaid(talk.phone) : '',
      `${kk.paper.made} / ${ru.paper.made.toLocaleLowerCase('ru')}`,
    ].filter(Boolean),
  }
}
