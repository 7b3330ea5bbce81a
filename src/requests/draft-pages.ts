import type { Static } from 'typebox'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import type { Problem, TypedContact, TypedHost, TypedTopic, TypedWhen } from './rules.ts'

const text = Type.String()
const texts = Type.Array(Type.String())

/** The answers of a visitor between the steps, as they were typed. */
export const Draft = Type.Object({
  /** Whom they are given to, by its slug; topics and places are a House's own. */
  house: Type.Optional(text),
  topic: Type.Optional(Type.Object({ topic: text, audience: text, grades: texts })),
  host: Type.Optional(Type.Object({ q: text, host: text, kind: text, name: text, district: text })),
  when: Type.Optional(
    Type.Object({
      heads: text,
      classes: Type.Optional(text),
      languages: texts,
      mode: text,
      slots: texts,
      latest: text,
      note: text,
      windows: Type.Array(Type.Object({ date: text, until: text, from: text, to: text })),
    }),
  ),
  contact: Type.Optional(Type.Object({ name: text, position: text, email: text, phone: text, consent: text })),
  again: Type.Optional(Type.Object({ spoken: texts, from: Type.Union([Type.Literal('phone'), Type.Literal('link')]) })),
})
export type Draft = Static<typeof Draft>

/** What a phone keeps of a request that was sent, for the next one. */
export const Again = Type.Object({
  house: Type.Optional(text),
  audience: text,
  host: Type.Object({ q: text, host: text, kind: text, name: text, district: text }),
  spoken: texts,
  contact: Type.Object({ name: text, position: text, email: text, phone: text }),
})
export type Again = Static<typeof Again>

type Sent<Step> = { typed: Step; problems: Problem[] }
const once = (repeated: string[]): Problem[] => repeated.map(field => ({ field, code: 'one-value' }))

export function sentTopic(body: unknown): Sent<TypedTopic> {
  const { texts, lists, repeated } = typed(body, ['topic', 'audience'], ['grades'])
  return { typed: { ...texts, grades: lists.grades }, problems: once(repeated) }
}

export function sentHost(body: unknown): Sent<TypedHost> {
  const { texts, repeated } = typed(body, ['q', 'host', 'kind', 'name', 'district'])
  return { typed: { ...texts, q: oneLine(texts.q), name: oneLine(texts.name) }, problems: once(repeated) }
}

/** `windows`: how many rows for a time in one's own words the form has. */
export function sentWhen(body: unknown, windows: number): Sent<TypedWhen> {
  const { texts, lists, repeated } = typed(body, ['heads', 'classes', 'mode', 'latest', 'note'], ['languages', 'slot'])
  const rows = Array.from({ length: windows }, (_, at) =>
    typed(body, [`w${at}-date`, `w${at}-until`, `w${at}-from`, `w${at}-to`]),
  )
  return {
    typed: {
      ...texts,
      languages: lists.languages,
      slots: lists.slot,
      windows: rows.map(row => {
        const [date = '', until = '', from = '', to = ''] = Object.values(row.texts)
        return { date, until, from, to }
      }),
    },
    problems: once([...repeated, ...rows.flatMap(row => row.repeated)]),
  }
}

/** `prefix`: on a page that asks for everything at once a person's name is not the host's. */
export function sentContact(body: unknown, prefix = ''): Sent<TypedContact> {
  const { texts, repeated } = typed(
    body,
    ['name', 'position', 'email', 'phone', 'consent'].map(field => `${prefix}${field}`),
  )
  const of = (field: string) => texts[`${prefix}${field}`] ?? ''
  return {
    typed: {
      name: oneLine(of('name')),
      position: oneLine(of('position')),
      email: of('email'),
      phone: of('phone'),
      consent: of('consent'),
    },
    problems: once(repeated),
  }
}

const oneLine = (typing: string): string => typing.replace(/\s+/g, ' ')

export const emptyWhen = (languages: string[], windows: number): TypedWhen => ({
  heads: '',
  classes: '',
  languages,
  mode: 'onsite',
  slots: [],
  latest: '',
  note: '',
  windows: Array.from({ length: windows }, () => emptyWindow),
})
export const emptyWindow = { date: '', until: '', from: '', to: '' }
export const emptyHost: TypedHost = { q: '', host: '', kind: '', name: '', district: '' }
export const emptyContact: TypedContact = { name: '', position: '', email: '', phone: '', consent: '' }
