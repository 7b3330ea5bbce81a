import { dateSaid, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type Day, type Moment } from '../base/time.ts'
import { words as hostWords } from '../hosts/words.ts'
import type { Filter } from '../topics/pages.ts'
import type { words as classWords } from './class-words.ts'
import {
  type Problem,
  type Step,
  steps,
  type TypedContact,
  type TypedHost,
  type TypedWhen,
  type Wish,
} from './rules.ts'
import { fewOf, slotOf } from './when-rules.ts'
import { problemSaid, type RequestWords, words } from './words.ts'

type ClassWords = (typeof classWords)['kk']
export type Choice = { value: string; text: string; checked: boolean; note?: string }
/** What every page of the form has: where one is, the way back, what is to be mended. */
export type AskPage = {
  title: string
  description: string
  say: RequestWords
  step: number
  caption: string
  heading: string
  /** The step before, for who goes back with what was typed. */
  back: string
  /** What the Enter key presses. */
  enter: string
  /** What the visitor should know before all else. */
  told: string
  mistakes: string
  action: string
  errors: { href: string; text: string }[]
  wrong: Record<string, string>
}
/** A date or time field; one with a mistake shows the very text that was typed. */
export type WindowRow = {
  legend: string
  inputs: { id: string; label: string; type: string; value: string; wrong: string | undefined }[]
}

export type HostsPart = {
  say: RequestWords
  wrong: Record<string, string>
  /** How many were found, for who does not see the list change. */
  said: string
  hosts: Choice[]
  more: boolean
  /** A new place is meant. */
  fresh: boolean
  open: boolean
  name: string
  kinds: Choice[]
  districts: Choice[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'layouts/ask': Omit<AskPage, 'wrong'> & { body: Html }
    'parts/choices': {
      id: string
      name: string
      type: 'radio' | 'checkbox'
      legend: string
      hint?: string
      error: string | undefined
      choices: Choice[]
    }
    'parts/select': {
      id: string
      name: string
      label: string
      error: string | undefined
      first: string
      choices: Choice[]
    }
    'parts/window': WindowRow
    'requests/topic-list': AskPage & { filters: Filter[]; topics: Choice[] }
    'requests/topic': AskPage & {
      topic: { slug: string; title: string; summary: string; facts: string }
      audiences: Choice[]
      grades: Choice[]
    }
    'requests/where': AskPage & {
      typed: TypedHost
      searched: boolean
      open: boolean
      part: HostsPart
      /** Where the script asks for the part while somebody types. */
      live: string
    }
    'parts/host-choices': HostsPart
    'requests/when': AskPage & {
      host: string
      typed: TypedWhen
      /** Undefined where nobody has parallel classes. */
      classes: ClassWords | undefined
      spoken: Choice[]
      modes: Choice[]
      chosen: Choice[]
      days: { said: string; slots: Choice[] }[]
      later: string | undefined
      first: boolean
      reasons: string[]
      own: boolean
      windows: WindowRow[]
      more: boolean
    }
    'requests/contact': AskPage & { typed: TypedContact; remembered: boolean }
    'requests/check': AskPage & { rows: { label: string; text: string; to: string }[]; ready: boolean }
    'requests/later': { title: string; say: RequestWords }
    'requests/sent': { title: string; say: RequestWords; number: string; kept: boolean }
  }
}

type Html = import('../base/http/html.ts').Html

/** In which language, and on whose site. */
export type Here = { language: Language; home: string }

/** The frame of one step. */
export function askPage(language: Language, step: Step, heading: string, problems: Problem[] = []): AskPage {
  const say = words[language]
  const at = steps.indexOf(step)
  const first = new Map<string, string>()
  for (const problem of problems) if (!first.has(problem.field)) first.set(problem.field, problemSaid(say, problem))
  return {
    title: first.size > 0 ? `${say.error}: ${heading}` : heading,
    description: say.description,
    say,
    heading,
    step: Math.min(3, at + 1),
    action: `/request/${step}`,
    back: steps[at - 1] ?? '',
    enter: '',
    told: '',
    caption: at < 3 ? say.step(at + 1) : say.last,
    mistakes: say.mistakes(first.size),
    errors: [...first].map(([field, text]) => ({ href: `#${field}`, text })),
    wrong: Object.fromEntries(first),
  }
}

/** The possible times, a few days at a time; a day full of starts shows those on the hour. */
export function daysOf(
  language: Language,
  moments: Moment[],
  chosen: string[],
  lessons: Map<string, number>,
  most: number,
): { days: { said: string; slots: Choice[] }[]; later: Day | undefined } {
  const byDay = [...Map.groupBy(moments, moment => moment.day)]
  const days = byDay.slice(0, most).map(([day, its]) => ({
    said: dateSaid(language, day),
    slots: fewOf(its).map(moment => ({
      value: slotOf(moment),
      text: [lessonSaid(language, lessons.get(slotOf(moment))), clock(moment.from)].filter(Boolean).join(' · '),
      checked: chosen.includes(slotOf(moment)),
    })),
  }))
  return { days, later: byDay[most]?.[0] }
}

/** `2-сабақ`, as a school counts its day; nothing where its bells are not known. */
export const lessonSaid = (language: Language, lesson: number | undefined): string =>
  lesson === undefined ? '' : hostWords[language].lesson(lesson)

/** `Сейсенбі, 1 желтоқсан, 09:00–09:45` */
export function wishSaid(language: Language, { from, to, fromMinute, toMinute }: Wish): string {
  const days = from === to ? dateSaid(language, from) : `${dateSaid(language, from)} – ${dateSaid(language, to)}`
  return `${days}, ${timesSaid(fromMinute, toMinute)}`
}

export const momentSaid = (language: Language, { day, from, to }: Moment): string =>
  `${dateSaid(language, day)}, ${timesSaid(from, to)}`
