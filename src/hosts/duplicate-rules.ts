import { fold } from '../base/i18n/fold.ts'
import type { HostKind } from './rules.ts'

export type Known = { kind: HostKind; district: string; folded: string }

const numbersIn = (folded: string): Set<string> => new Set(folded.match(/\d+/g) ?? [])

/** Whether two entries may be one place: a name inside the other's, or the same number of the same kind in the same district. */
export function maybeSame(a: Known, b: Known): boolean {
  const [shorter, longer] = a.folded.length <= b.folded.length ? [a.folded, b.folded] : [b.folded, a.folded]
  if (shorter !== '' && ` ${longer} `.includes(` ${shorter} `)) return true
  const numbers = numbersIn(b.folded)
  return a.kind === b.kind && a.district === b.district && [...numbersIn(a.folded)].some(number => numbers.has(number))
}

/** All spellings of a name as one text to search in. */
export const foldedNames = (names: { kk: string; ru: string; en: string }): string =>
  [...new Set([names.kk, names.ru, names.en].map(fold))].join(' ')

/** What a number of a search finds: itself alone, or also, `last` or `all` of them, what it begins. */
export type Begun = 'none' | 'last' | 'all'

/** Whether every word of a search stands in the text; a number never in the middle, so that 25 does not find 125. */
export function found(folded: string, search: string, begun: Begun = 'none'): boolean {
  const words = fold(search).split(' ').filter(Boolean)
  const all = folded.split(' ')
  return (
    words.length > 0 &&
    words.every((word, at) => {
      const goesOn = begun === 'all' || (begun === 'last' && at === words.length - 1)
      return all.some(each =>
        /^\d+$/.test(word) ? (goesOn ? each.startsWith(word) : each === word) : each.includes(word),
      )
    })
  )
}

/** The entries that a search finds. `typing`: its last number may go on; where nothing has these numbers, what they begin is found. */
export function foundAmong<Entry extends { folded: string }>(
  entries: Entry[],
  search: string,
  typing = false,
): Entry[] {
  const by = (begun: Begun) => entries.filter(({ folded }) => found(folded, search, begun))
  const exact = by(typing ? 'last' : 'none')
  return exact.length > 0 ? exact : by('all')
}
