import { fold } from '../base/i18n/fold.ts'
import type { Column, Line } from './rules.ts'

/** A title and remarks may stand above the table. */
const looked = 10

/** Spellings under which a column is known: `Телефон, необязательно` is meant by `Телефон`, too. */
const spellings = (heading: string): string[] => {
  const name = heading.replaceAll('№', ' no ')
  return [
    name,
    name.replace(/\s*\(.*\)/, ''),
    name.replace(/,?\s*(?:міндетті емес|необязательно|optional|болса|если есть|if (?:any|there is one))\s*$/i, ''),
  ].map(fold)
}

/** Where the table begins, which field each of its columns fills, and headings that nobody knows. */
export function findHeadings(
  lines: Line[],
  columns: Column[],
): { at: number; fields: (string | undefined)[]; unknown: string[] } | undefined {
  const known = new Map<string, string>()
  for (const { field, names } of columns)
    for (const name of names.flatMap(spellings)) if (name !== '' && !known.has(name)) known.set(name, field)
  const read = lines.slice(0, looked).map(({ cells }, at) => {
    const taken = new Set<string>()
    const fields = cells.map(cell => {
      const field = spellings(cell)
        .map(each => known.get(each))
        .find(each => each !== undefined)
      if (field === undefined || taken.has(field)) return undefined
      taken.add(field)
      return field
    })
    return { at, fields, known: taken.size }
  })
  const best = read.reduce((a, b) => (b.known > a.known ? b : a), {
    at: -1,
    fields: [] as (string | undefined)[],
    known: 0,
  })
  const line = lines[best.at]
  if (!line) return
  const unknown = line.cells.filter((cell, at) => cell.trim() !== '' && best.fields[at] === undefined)
  return { at: best.at, fields: best.fields, unknown: unknown.map(each => each.trim().slice(0, 80)) }
}

/** A value of a list by any of its names, else the text itself, so that the rules of the form say what is wrong with it. */
export const meant = (names: Map<string, string> | undefined, text: string): string => names?.get(fold(text)) ?? text

/** Several values of one cell: one that is known as it stands, else parted at `;`, line ends and `/`, then at commas. */
export function severalOf(names: Map<string, string> | undefined, text: string): string[] {
  const isKnown = (part: string) => names?.has(fold(part)) === true
  const parts = (whole: string, at: RegExp) =>
    whole
      .split(at)
      .map(part => part.trim())
      .filter(part => part !== '')
  if (isKnown(text)) return [meant(names, text)]
  const found = parts(text, /[;\n]/).flatMap(part => (isKnown(part) ? [part] : parts(part, /[,/]/)))
  return [...new Set(found.map(part => meant(names, part)))]
}
