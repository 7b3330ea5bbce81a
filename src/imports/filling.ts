import { fold } from '../base/i18n/fold.ts'
import { cleanText, emailOf, phoneOf } from '../base/text.ts'
import { hoursIn, timesOf } from '../hosts/hours-text-rules.ts'
import { dayOf } from '../requests/rules.ts'
import { meant, severalOf } from './heading-rules.ts'
import type { Cells, Change, Column, Wrong } from './rules.ts'
import { no, yes } from './table-words.ts'

export type Filled = { texts: Record<string, string>; lists: Record<string, string[]> }
export type Names = Map<string, Map<string, string>>

/** What the cells of a row say, as the fields of a form: names become codes, dates the dates of the form. */
export function filledFrom(cells: Cells, columns: Map<string, Column>, names: Names): Filled {
  const filled: Filled = { texts: {}, lists: {} }
  for (const [field, cell] of Object.entries(cells)) {
    const text = cleanText(cell)
    const column = columns.get(field)
    if (text === '' || !column) continue
    if (column.list) filled.lists[field] = severalOf(names.get(field), text)
    else filled.texts[field] = column.day ? dayText(text) : meant(names.get(field), text)
  }
  return filled
}

/** `25.11.2026`, and a date that a spreadsheet gave a time. */
const dayText = (text: string): string => {
  const alone = text.replace(/[ T]\d{2}:\d{2}(:\d{2})?$/, '')
  return dayOf(alone) ?? alone
}

const isHours = /^(given|busy|hours|shift-lessons)-|^(lunch|windows)$/

/** One spelling of what a field says, so that `8 701 …` and `+7 701 …` are no difference. */
function plain(field: string, text: string): string {
  if (/^email$|-email-?/.test(field)) return emailOf(text) ?? text
  if (/^phone$|-phone-?/.test(field)) return phoneOf(text) ?? text
  if (isHours.test(field)) return timesOf(hoursIn(text) ?? []) || text
  if (/-grades-/.test(field)) return text.split(/[\s,;]+/).join(' ')
  if (field === 'point') return text.split(/[\s,;]+/).join(' ')
  return /^\d+([.,]\d+)?$/.test(text) ? String(Number(text.replace(',', '.'))) : text.replace(/\s+/g, ' ').trim()
}

/** Where the second says something else than the first; a field that the second doesn't have is left as it is. */
export function changesBetween(before: Filled, after: Filled): Change[] {
  const texts = Object.entries(after.texts)
    .filter(([field, to]) => plain(field, before.texts[field] ?? '') !== plain(field, to))
    .map(([field, to]) => ({ field, from: [before.texts[field] ?? ''].filter(Boolean), to: [to].filter(Boolean) }))
  const lists = Object.entries(after.lists)
    .filter(([field, to]) => [...(before.lists[field] ?? [])].sort().join('\n') !== [...to].sort().join('\n'))
    .map(([field, to]) => ({ field, from: before.lists[field] ?? [], to }))
  return [...texts, ...lists]
}

export const laidOver = (before: Filled, after: Filled): Filled => ({
  texts: { ...before.texts, ...after.texts },
  lists: { ...before.lists, ...after.lists },
})

/** The three spellings of a name: a language that is not given has the first that is. */
export function inAllLanguages(texts: Record<string, string>): Record<string, string> {
  const any = texts['name'] ?? texts['name_kk'] ?? texts['name_ru'] ?? texts['name_en']
  if (any === undefined) return {}
  return { name_kk: texts['name_kk'] ?? any, name_ru: texts['name_ru'] ?? any, name_en: texts['name_en'] ?? any }
}

export const without = <Value>(all: Record<string, Value>, ...fields: string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([field]) => !fields.includes(field)))

/** A yes or no as the form's tick has it; anything else is wrong. */
export function tick(texts: Record<string, string>, field: string, sign: string): Wrong[] {
  const text = texts[field]
  if (text === undefined) return []
  const said = fold(text)
  if (yes.includes(said) || text === '+') texts[field] = sign
  else if (no.includes(said) || /^[-–—]$/.test(text)) texts[field] = ''
  else return [{ by: 'import', field, code: 'yes-or-no' }]
  return []
}

/** A name whatever the order of its words. */
export const nameKey = (name: string): string => fold(name).split(' ').sort().join(' ')

/** Entries by a key that several may have. */
export function indexBy<Each>(
  all: Each[],
  keys: (each: Each) => (string | null | undefined)[],
): (key: string) => Each[] {
  const index = new Map<string, Set<Each>>()
  for (const each of all) for (const key of keys(each)) if (key) index.set(key, (index.get(key) ?? new Set()).add(each))
  return key => [...(index.get(key) ?? [])]
}
