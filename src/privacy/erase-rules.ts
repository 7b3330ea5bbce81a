import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

/** Somebody whom a House holds data on. */
export type Person = {
  is: 'speaker' | 'contact' | 'account'
  id: string
  houseId: string
  names: string[]
  email: string | null
  phone: string | null
  accountId: string | null
  /** Other addresses that letters to them went to. */
  former?: string[]
}
/** An account that is nobody's speaker: of staff, or of somebody who has left. */
export type AccountPerson = Person & { is: 'account'; disabledAt: DateTime | null; houses: string[] }
export type Ahead = { talkId: string | null; number: number | null; on: string | null }
export type Erasing = { refused: 'ahead'; ahead: Ahead[] } | { refused: 'staff' } | { refused: 'missing' }

/** Instead of a name. */
export const nobody: Said = { kk: 'Аты өшірілген', ru: 'Имя удалено', en: 'Name erased' }

/** Instead of an address that has to be one and leads nowhere (RFC 2606). */
export const nowhere = (id: string): string => `erased-${id}@erased.invalid`

/** What is looked for in texts that others wrote: an address, a phone, and full names; a first name alone is many people's. */
export const traces = ({ names, email, phone, former = [] }: Person): string[] =>
  [...new Set([...names.filter(name => name.trim().includes(' ')), email ?? '', phone ?? '', ...former])].filter(
    it => it !== '',
  )

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The same as an expression of PostgreSQL: a phone in whatever way people write it, a name over whatever space. `json`: in JSON's text. */
export const tracesPattern = (person: Person, json: boolean): string =>
  traces(person)
    .map(trace => {
      const [, digits] = /^\+7(\d{10})$/.exec(trace) ?? []
      if (digits)
        return `(?<![0-9.])(?:[+]?7|8)${[...digits].map(digit => `[ ()\u00a0.–-]*${digit}`).join('')}(?![0-9])`
      return literal(json ? JSON.stringify(trace).slice(1, -1) : trace).replaceAll(' ', '[ \u00a0]+')
    })
    .join('|')
