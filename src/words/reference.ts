import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Said } from '../base/i18n/language.ts'

const folder = path.join(import.meta.dirname, '../tools/seed/data')

/** The lists that an installation begins with and writes into rows, and what names their entries. */
const lists: [file: string, list: string][] = [
  ['audiences', 'audiences'],
  ['districts', 'districts'],
  ['formats', 'formats'],
  ['holidays', 'holidays'],
  ['holidays', 'swaps'],
  ['professions', 'professions'],
  ['regions', 'regions'],
  ['school-year', 'breakNames'],
  ['support', 'entries'],
  ['topics', 'topics'],
]

type Forms = Record<string, string>
type Entry = Record<keyof Said, string | Forms> & { id?: string; kato?: string; note?: Said | string; summary?: Said }

/** Texts of these lists, each once: a holiday has its name in every year. */
export function referenceTexts(): { key: string; said: Said }[] {
  const found = new Map<string, Said>()
  for (const [file, list] of lists) {
    const content: Record<string, Entry[] | Record<string, Entry>> = JSON.parse(
      readFileSync(path.join(folder, `${file}.json`), 'utf8'),
    )
    for (const [at, entry] of Object.entries(content[list] ?? {})) {
      // swaps of a day have one name and no other
      const name = entry.id ?? entry.kato ?? (Array.isArray(content[list]) ? '' : at)
      const key = ['tools/seed/data/', file, ':', list, name && `.${name}`].join('')
      for (const { form, said } of formsOf(entry)) found.set(`${key}${form}`, said)
      // a note that is no text for people is in English alone
      if (typeof entry.note === 'object') found.set(`${key}.note`, entry.note)
      if (entry.summary) found.set(`${key}.summary`, entry.summary)
    }
  }
  return [...found].map(([key, said]) => ({ key, said }))
}

/** One alone and many of it, where the list says both; Kazakh says them alike. */
function formsOf({ kk, ru, en }: Entry): { form: string; said: Said }[] {
  const [one, many] = [sayOf('one'), sayOf('many', 'other')]
  const all = [{ form: '', said: { kk: one(kk), ru: one(ru), en: one(en) } }]
  return typeof ru === 'string' ? all : [...all, { form: '.many', said: { kk: many(kk), ru: many(ru), en: many(en) } }]
}

const sayOf =
  (...forms: string[]) =>
  (text: string | Forms): string =>
    typeof text === 'string' ? text : (forms.map(form => text[form]).find(said => said !== undefined) ?? '')
