import { numberSaid } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { Choice as Chip } from '../houses/field-pages.ts'
import { words as fieldWords } from '../houses/field-words.ts'
import { kinds } from './kinds.ts'
import { type Counts, type ImportKind, importKinds, type Refused, toWrite } from './rules.ts'
import { type ImportWords, words } from './words.ts'

type Past = { href: string; text: string; note: string; facts: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'imports/begin': {
      title: string
      here: 'admin'
      say: ImportWords
      back: string
      kinds: Chip[]
      error: string | undefined
      errors: { href: string; text: string }[]
      templates: { name: string; csv: string; xlsx: string }[]
      columns: { name: string; all: { name: string; needed: boolean }[] }[]
      past: Past[]
    }
    'imports/done': {
      title: string
      here: 'admin'
      say: ImportWords
      facts: { label: string; text: string }[]
      list: { href: string; text: string }
    }
  }
}

/** Of what may be there several times two are named. */
const repeated = /^(credential|contact|shift)-\w+-([3-9]|1\d)$|^w[2-9]-/

const lists: Record<ImportKind, string> = {
  speakers: '/app/speakers',
  hosts: '/app/hosts',
  requests: '/app/requests',
}

/** Why a file is not taken, with the columns it lacks. */
export function refusalSaid(language: Language, kind: ImportKind, refused: Refused): string {
  const said = words[language].refused[refused.code]
  if (refused.code === 'open-quote') return `${said}, ${words[language].lineOf(refused.line)}`
  if (refused.code !== 'no-columns') return said
  const labels = kinds[kind].labels(language)
  return `${said}: ${refused.fields.map(field => labels[field] ?? field).join(' · ')}`
}

/** `Жаңа: 12 · Өзгереді: 3`, without what there is none of. */
export const countsSaid = (language: Language, counts: Counts): string =>
  Object.entries(words[language].state)
    .flatMap(([state, name]) => {
      const count = counts[state as keyof Counts]
      return count > 0 ? [`${name}: ${numberSaid(language, count)}`] : []
    })
    .join(' · ')

/** Where a file is chosen, with what went wrong with the last one and what was imported before. */
export function beginPage(
  language: Language,
  kind: ImportKind,
  past: {
    id: string
    kind: ImportKind
    state: 'ready' | 'done'
    counts: Counts
    when: string
    who: Said['kk'] | null
  }[],
  refused?: Refused,
) {
  const say = words[language]
  const error = refused && refusalSaid(language, kind, refused)
  return {
    title: error ? `${fieldWords[language].error}: ${say.title}` : say.title,
    here: 'admin' as const,
    say,
    back: fieldWords[language].settings,
    kinds: importKinds.map(value => ({ value, text: say.kinds[value], checked: value === kind })),
    error,
    errors: error ? [{ href: '#file', text: error }] : [],
    templates: importKinds.map(each => ({
      name: say.kinds[each],
      csv: `/app/imports/templates/${each}.csv`,
      xlsx: `/app/imports/templates/${each}.xlsx`,
    })),
    columns: importKinds.map(each => {
      const labels = kinds[each].labels(language)
      const needed = kinds[each].needs.flat()
      const all = kinds[each].columns
        .filter(({ field }) => !repeated.test(field))
        .map(({ field }) => ({
          name: labels[field] ?? field,
          needed: needed.includes(field),
        }))
      return { name: say.kinds[each], all }
    }),
    past: past.map(it => ({
      href: `/app/imports/${it.id}`,
      text: say.preview[it.kind],
      note: it.state === 'done' ? say.done : say.howRead,
      facts: [it.when, it.who ?? '', countsSaid(language, it.counts)].filter(Boolean).join(' · '),
    })),
  }
}

/** What an import came to: numbers alone. */
export function donePage(language: Language, kind: ImportKind, counts: Counts, when: string) {
  const say = words[language]
  const all = Object.entries(say.state).map(([state, label]) => ({
    label,
    count: counts[state as keyof Counts],
  }))
  return {
    title: say.preview[kind],
    here: 'admin' as const,
    say,
    facts: [
      { label: say.done, text: when },
      ...all.filter(({ count }) => count > 0).map(({ label, count }) => ({ label, text: numberSaid(language, count) })),
    ],
    list: { href: lists[kind], text: say.open[kind] },
  }
}

/** Whether there is something to confirm. */
export const confirmable = (counts: Counts): boolean => toWrite(counts) > 0
