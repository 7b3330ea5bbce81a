import { countOf } from './rules.ts'

/** Parallel classes that one request stands for; names are those of classes, never of pupils. */
export type Classes = { count: number; names: string[] }
export const oneClass: Classes = { count: 1, names: [] }
/** As many as a day's series has lines for. */
export const mostClasses = 8
export const longestClasses = 120

/** `9А, 9Ә, 9Б` or `3`; nothing is one class. A name is a grade and a single letter: no pupil's name fits in. */
export function readClasses(typed: string): Classes | { refused: 'unclear' | 'many' } {
  if (typed === '') return oneClass
  const count = countOf(typed)
  if (count !== undefined)
    return count < 1 ? { refused: 'unclear' } : count > mostClasses ? { refused: 'many' } : { count, names: [] }
  const names = typed
    .slice(0, longestClasses + 1)
    .replace(/[«»"'“”-]/g, '')
    .replace(/(\d)\s+(?=\p{L}(?!\p{L}))/gu, '$1')
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(name => name.toLocaleUpperCase('kk'))
  const known = [...new Set(names)]
  if (typed.length > longestClasses || known.length === 0 || known.some(name => !/^\d{0,2}\p{L}$/u.test(name)))
    return { refused: 'unclear' }
  return known.length > mostClasses ? { refused: 'many' } : { count: known.length, names: known }
}

/** A name for each class where a series is planned: `А` of grade 9 is `9А`; classes without names are counted. */
export function classNames({ count, names }: Classes, grades: number[]): string[] {
  const grade = grades.length === 1 ? String(grades[0]) : ''
  if (names.length > 0) return names.map(name => (/^\d/.test(name) ? name : `${grade}${name}`))
  return Array.from({ length: count }, (_, at) => (grade ? `${grade}/${at + 1}` : String(at + 1)))
}
