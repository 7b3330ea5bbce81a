import { dateDigits, numberSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Visits } from './visit-store.ts'
import { words } from './visit-words.ts'

export type VisitsPart = {
  title: string
  none: string
  facts: { label: string; text: string }[]
  topics: { label: string; lines: string[] }
}

/** Visits so far: how many, when, whom they reached, which topics. */
export function visitsPart(language: Language, { held, last, next, heads, topics }: Visits): VisitsPart {
  const say = words[language]
  return {
    title: say.title,
    none: held === 0 ? say.none : '',
    facts: [
      ...(held > 0 ? [{ label: say.held, text: numberSaid(language, held) }] : []),
      ...(last ? [{ label: say.last, text: dateDigits(last) }] : []),
      ...(held > 0 ? [{ label: say.heads, text: numberSaid(language, heads) }] : []),
      ...(next ? [{ label: say.next, text: dateDigits(next) }] : []),
    ],
    topics: {
      label: say.topics,
      lines: topics.map(it => say.topic(it.title[language], it.times, dateDigits(it.last))),
    },
  }
}
