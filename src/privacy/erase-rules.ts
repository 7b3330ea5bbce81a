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

const letter = '[0-9a-z\u0400-\u04ff]'
// in JSON's text a letter before a word may be the end of a line
const lineEnd = String.raw`(?<=\\[bfnrt])`

/**
 * The same as expressions of PostgreSQL: a phone in whatever way people write it, a name over whatever space and with whatever
 * ending. What is only a part of another number, address or name is not theirs. `near`: with these parts as well, seen eight
 * times as fast. `json`: in JSON's text.
 */
export function tracesPattern(person: Person, json: boolean): { exact: string; near: string } {
  const notAfter = (what: string) => (json ? `(?:(?<!${what})|${lineEnd})` : `(?<!${what})`)
  const parts = traces(person).map(trace => {
    const [, digits] = /^\+7(\d{10})$/.exec(trace) ?? []
    if (digits) {
      const near = `(?:[+]?7|8)${[...digits].map(digit => `[ ()\u00a0.–-]*${digit}`).join('')}`
      return { near, exact: `(?<![0-9]|[0-9][.])${near}(?![0-9])` }
    }
    const near = literal(json ? JSON.stringify(trace).slice(1, -1) : trace).replaceAll(' ', '[ \u00a0]+')
    const exact = trace.includes('@')
      ? `${notAfter('[0-9a-z_%+]|[0-9a-z_%+][.-]')}${near}(?![0-9a-z_]|[.-][0-9a-z])`
      : `${notAfter(letter)}${near}`
    return { near, exact }
  })
  return { exact: parts.map(it => it.exact).join('|'), near: parts.map(it => it.near).join('|') }
}
