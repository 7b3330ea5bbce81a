import { languages } from '../base/i18n/language.ts'
import { cleanLine } from '../base/text.ts'

/**
 * Letters whose subject and opening a House may put in its own words, each with what it may name: to an address that nobody
 * has confirmed only what the House knows itself.
 */
export const placeholders = {
  'sign-in.account': ['address', 'code', 'until', 'house'],
  'account-added.account': ['address', 'house', 'role', 'email'],
  'address-confirmation.contact': ['number', 'house'],
  'request-received.contact': ['address', 'number', 'topic', 'host', 'heads', 'times', 'house'],
  'request-declined.contact': ['address', 'number', 'reason', 'topic', 'host', 'heads', 'times', 'house'],
  'request-withdrawn.contact': ['address', 'number', 'topic', 'host', 'heads', 'times', 'house'],
  'request-expired.contact': ['address', 'number', 'topic', 'host', 'heads', 'times', 'house'],
  'request-withdrawn.account': ['address', 'number', 'topic', 'host', 'heads', 'times', 'house'],
  'contact-wrote.account': ['address', 'number', 'topic', 'host', 'heads', 'times', 'house'],
  'talk-booked.contact': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'talk-changed.contact': [
    'address',
    'change',
    'old',
    'date',
    'time',
    'topic',
    'host',
    'place',
    'team',
    'number',
    'house',
  ],
  'talk-cancelled.contact': ['address', 'reason', 'date', 'time', 'topic', 'host', 'place', 'number', 'house'],
  'invitation.speaker': ['address', 'answerBy', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'invitation-update.speaker': [
    'address',
    'change',
    'old',
    'answerBy',
    'date',
    'time',
    'topic',
    'host',
    'place',
    'team',
    'number',
    'house',
  ],
  'invitation-cancellation.speaker': ['address', 'reason', 'date', 'time', 'topic', 'host', 'place', 'number', 'house'],
  'answer-declined.account': [
    'address',
    'speaker',
    'reason',
    'date',
    'time',
    'topic',
    'host',
    'place',
    'number',
    'house',
  ],
  'reminder-days.contact': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'reminder-days.speaker': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'reminder-day.contact': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'reminder-day.speaker': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'reminder-hours.contact': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'reminder-hours.speaker': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'outcome-asked.contact': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'outcome-asked.speaker': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'substitution-asked.speaker': [
    'address',
    'answerBy',
    'date',
    'time',
    'topic',
    'host',
    'place',
    'team',
    'number',
    'house',
  ],
  'substitution-filled.speaker': ['address', 'date', 'time', 'topic', 'host', 'place', 'number', 'house'],
  'substitution-escalated.account': ['address', 'speaker', 'date', 'time', 'topic', 'host', 'place', 'number', 'house'],
  'closure.contact': ['address', 'change', 'reason', 'date', 'time', 'topic', 'host', 'number', 'house'],
  'closure.speaker': ['address', 'change', 'reason', 'date', 'time', 'topic', 'host', 'number', 'house'],
  'feedback-asked.contact': ['address', 'date', 'time', 'topic', 'host', 'place', 'team', 'number', 'house'],
  'calendar-address.contact': ['address', 'number', 'topic', 'host', 'heads', 'times', 'house'],
  'talk-offered.contact': ['address', 'host', 'house'],
  'digest-day.account': ['address', 'date', 'house'],
  'digest-week.speaker': ['address', 'from', 'to', 'house'],
  'account-changed.account': ['address', 'change', 'house'],
} as const

export type TextKey = keyof typeof placeholders
export type Placeholder = (typeof placeholders)[TextKey][number]
export type Reader = TextKey extends `${string}.${infer Whom}` ? Whom : never
export const textKeys = Object.keys(placeholders) as TextKey[]

type Split<Key extends TextKey> = Key extends `${infer Kind}.${infer Whom}` ? { kind: Kind; reader: Whom } : never
/** A key's kind of message and whom it goes to. */
export function partsOf(key: TextKey): Split<TextKey> {
  const [kind, reader] = key.split('.')
  return { kind, reader } as Split<TextKey>
}

/** The letter of a kind to this reader, or to the kind's first; undefined where a House has nothing to say. */
export const keyOf = (kind: string, reader: string | undefined): TextKey | undefined =>
  textKeys.find(key => (reader === undefined ? key.startsWith(`${kind}.`) : key === `${kind}.${reader}`))

const most = { subject: 200, body: 2000 }
export type TextPart = keyof typeof most
export type TextField = `${TextPart}_${(typeof languages)[number]}`
export const textFields = languages.flatMap(it => [`subject_${it}`, `body_${it}`] as const) satisfies TextField[]

export type TextFault =
  | { code: 'long'; most: number }
  | { code: 'unknown'; name: string }
  | { code: 'brace' }
  | { code: 'repeated' }
export type TextProblem = TextFault & { field: TextField }

const named = /\{([A-Za-z]+)\}/g

/** What is wrong with a text of this letter: it names what the letter does not know, has a lonely brace, or is too long. */
export function faultsOf(key: TextKey, part: TextPart, text: string): TextFault[] {
  const known: readonly string[] = placeholders[key]
  const unknown = [...text.matchAll(named)].map(([, name = '']) => name).filter(name => !known.includes(name))
  return [
    ...(text.length > most[part] ? [{ code: 'long' as const, most: most[part] }] : []),
    ...[...new Set(unknown)].map(name => ({ code: 'unknown' as const, name })),
    ...(/[{}]/.test(text.replace(named, '')) ? [{ code: 'brace' as const }] : []),
  ]
}

/** Reads what was typed: a subject becomes one line, an empty text means the standard one. */
export function readTexts(
  key: TextKey,
  texts: Record<TextField, string>,
  repeated: TextField[],
): { texts: Record<TextField, string>; problems: TextProblem[] } {
  const read = { ...texts }
  for (const it of languages) read[`subject_${it}`] = cleanLine(texts[`subject_${it}`])
  const wrong = textFields.flatMap(field =>
    faultsOf(key, field.startsWith('subject') ? 'subject' : 'body', read[field]).map(fault => ({ field, ...fault })),
  )
  return { texts: read, problems: [...repeated.map(field => ({ field, code: 'repeated' as const })), ...wrong] }
}
