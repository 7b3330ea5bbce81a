import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { words as editWords } from './edit-words.ts'
import type { PaperWarning } from './paper-rules.ts'
import { words } from './paper-words.ts'

export type PaperNote = { title: string; text: string; lines: { text: string; bad: boolean }[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/papers': PaperNote
  }
}

/** What is to be renewed, as the coordinator reads it or the speaker. */
export function paperNote(language: Language, warnings: PaperWarning[], own = false): PaperNote {
  const say = words[language]
  const kindSaid = (kind: string) => editWords[language].kinds[kind] ?? kind
  return {
    title: say.renew,
    text: own ? say.own : say.renewText,
    lines: warnings.map(({ kind, until, state }) => ({
      text: (state === 'over' ? say.over : say.soon)(kindSaid(kind), dateDigits(until)),
      bad: state !== 'month',
    })),
  }
}

/** The most pressing of a person's papers, for a line of the list. */
export function paperTag(language: Language, warnings: PaperWarning[]): { text: string; bad: boolean } | undefined {
  const [first] = warnings.toSorted((a, b) => (a.until < b.until ? -1 : 1))
  if (!first) return
  const say = words[language]
  return { text: say.shortOn(say.short[first.state], dateDigits(first.until)), bad: first.state !== 'month' }
}
