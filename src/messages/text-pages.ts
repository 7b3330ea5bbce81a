import { type Language, languages } from '../base/i18n/language.ts'
import { type Letter, textOf } from '../base/letter.ts'
import {
  keyOf,
  partsOf,
  placeholders,
  type TextFault,
  type TextField,
  type TextKey,
  type TextProblem,
  textKeys,
} from './text-rules.ts'
import { words as texts } from './text-words.ts'
import { inOwnWords, type Known, type OwnText } from './wording-rules.ts'
import { words } from './words.ts'

/** A letter to show: what it would be for a reader of a language, and what an own text may name. */
export type Sample = { letter: (language: Language) => Letter; known: Known }
type Say = (typeof texts)[Language]
/** One field: no rows for a single line, `standard` is what is sent when it is empty. */
type Written = {
  id: TextField
  label: string
  rows: number
  value: string
  error: string | undefined
  standard: string
}
export type WrittenText = {
  language: Language
  name: string
  own: boolean
  fields: Written[]
  arrives: { subject: string; text: string } | undefined
}
export type TextsPage = {
  title: string
  say: Say
  kinds: { href: string; kind: string; reader: string; own: string }[]
}
export type TextPage = {
  title: string
  heading: string
  say: Say
  action: string
  readers: { href: string; text: string; here: boolean }[]
  kept: boolean
  open: boolean
  mistakes: string
  errors: { href: string; text: string }[]
  names: { name: string; meaning: string; example: string }[]
  sampled: boolean
  written: WrittenText[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'messages/texts': TextsPage
    'messages/text': TextPage
  }
}

/** Where one letter's texts are kept. */
export function addressOf(key: TextKey): string {
  const { kind, reader } = partsOf(key)
  return `/app/messages/texts/${kind}${keyOf(kind, undefined) === key ? '' : `?reader=${reader}`}`
}

export function textsPage(language: Language, own: Map<TextKey, Language[]>): TextsPage {
  const say = texts[language]
  return {
    title: say.title,
    say,
    kinds: textKeys.map(key => {
      const { kind, reader } = partsOf(key)
      return {
        href: addressOf(key),
        kind: words[language].kinds[kind],
        reader: say.readers[reader],
        own: (own.get(key) ?? []).map(it => say.inLanguage[it]).join(', '),
      }
    }),
  }
}

/** What is kept, as the fields of the form. */
export const textsTyped = (own: OwnText[]): Record<TextField, string> =>
  Object.fromEntries(
    languages.flatMap(it => {
      const row = own.find(each => each.language === it)
      return [
        [`subject_${it}`, row?.subject ?? ''],
        [`body_${it}`, row?.body ?? ''],
      ]
    }),
  ) as Record<TextField, string>

export function textPage(
  language: Language,
  key: TextKey,
  typed: Record<TextField, string>,
  sample: Sample | undefined,
  {
    problems = [],
    own,
    ...shown
  }: { problems?: TextProblem[]; own: Map<TextKey, Language[]>; kept?: boolean; open?: boolean },
): TextPage {
  const say = texts[language]
  const { kind, reader } = partsOf(key)
  const kindSaid = words[language].kinds[kind]
  const errors = new Map<TextField, string>()
  for (const { field, ...fault } of problems)
    if (!errors.has(field)) errors.set(field, faultSaid(say, labelOf(say, field), fault))
  const heading = `${kindSaid} · ${say.readers[reader].toLocaleLowerCase('kk')}`
  const values = sample?.known.values(language) as Record<string, string> | undefined
  const wanted = languages.map(it => ({ language: it, subject: typed[`subject_${it}`], body: typed[`body_${it}`] }))
  return {
    title: errors.size > 0 ? `${say.error}: ${heading}` : heading,
    heading,
    say,
    action: addressOf(key),
    readers: textKeys
      .filter(it => partsOf(it).kind === kind)
      .map(it => ({ href: addressOf(it), text: say.readers[partsOf(it).reader], here: it === key })),
    kept: shown.kept ?? false,
    open: shown.open ?? false,
    mistakes: say.mistakes(errors.size),
    errors: [...errors].map(([field, text]) => ({ href: `#${field}`, text })),
    names: placeholders[key].map(name => ({
      name: `{${name}}`,
      meaning: say.meanings[name],
      example: values?.[name] ?? '',
    })),
    sampled: sample !== undefined,
    written: languages.map(it => {
      const standard = sample?.letter(it)
      const half = standard?.halves.find(each => each.language === it)
      const field = (id: TextField, label: string, rows: number, standard = ''): Written => ({
        id,
        label,
        rows,
        value: typed[id],
        error: errors.get(id),
        standard,
      })
      const arrives = sample && standard && inOwnWords(standard, it, sample.known, wanted)
      return {
        language: it,
        name: say.inLanguage[it],
        own: (own.get(key) ?? []).includes(it),
        fields: [
          field(`subject_${it}`, say.subject, 0, standard?.subject),
          field(`body_${it}`, say.body, 5, half?.lines.join('\n')),
        ],
        arrives: arrives && { subject: arrives.subject, text: textOf(arrives) },
      }
    }),
  }
}

const labelOf = (say: Say, field: TextField): string => {
  const [part, it] = field.split('_') as ['subject' | 'body', Language]
  return `${say[part]}, ${say.inLanguage[it].toLocaleLowerCase('kk')}`
}

function faultSaid({ faults }: Say, label: string, fault: TextFault): string {
  if (fault.code === 'long') return faults.long(label, fault.most)
  return fault.code === 'unknown' ? faults.unknown(label, fault.name) : faults[fault.code](label)
}
