import type { Language } from '../base/i18n/language.ts'
import { cleanLine } from '../base/text.ts'
import { faultsOf, type placeholders, type TextKey } from './text-rules.ts'

/** What a letter can put into a House's own text: all that its key promises, in the language of the text. */
export type Known = {
  [Key in TextKey]: {
    key: Key
    values: (language: Language) => Record<(typeof placeholders)[Key][number], string>
  }
}[TextKey]
export type OwnText = { language: Language; subject: string | null; body: string | null }

/** As much of a letter as a House may say itself. */
type Sayable = { subject: string; preheader: string; halves: { language: Language; lines: string[] }[] }

const longestSubject = 300

/** A text with its placeholders filled, once: a value that itself has braces stays as it is. */
function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => cleanLine(values[name] ?? ''))
}

const oneLine = (text: string): string => Array.from(cleanLine(text)).slice(0, longestSubject).join('').trim()

/**
 * The letter in the words of its House: each half by its own language, the subject by the reader's. What a House has not
 * said, or what this letter cannot fill, stays in the standard words; a letter never fails by its text.
 */
export function inOwnWords<Said extends Sayable>(letter: Said, language: Language, known: Known, own: OwnText[]): Said {
  const said = (part: 'subject' | 'body', it: Language): string => {
    const text = own.find(each => each.language === it)?.[part] ?? ''
    return text === '' || faultsOf(known.key, part, text).length > 0 ? '' : filled(text, known.values(it))
  }
  const linesIn = (it: Language): string[] =>
    said('body', it)
      .split('\n')
      .map(cleanLine)
      .filter(line => line !== '')
  return {
    ...letter,
    subject: oneLine(said('subject', language)) || letter.subject,
    preheader: linesIn(language)[0] ?? letter.preheader,
    halves: letter.halves.map(half => {
      const lines = linesIn(half.language)
      return lines.length > 0 ? { ...half, lines } : half
    }),
  }
}
