import type { Language } from '../base/i18n/language.ts'
import { grades, hostKinds, type Problem, type Said } from './field-rules.ts'
import { type FieldWords, problemSaid, words } from './field-words.ts'

export type Choice = { value: string; text: string; checked: boolean }
/** What every page with a form of kept data has: what is to be mended, where it goes, the way back. */
export type FormPage = {
  title: string
  heading: string
  here: 'admin' | 'topics' | 'speakers' | 'hosts'
  common: FieldWords
  action: string
  back: { href: string; text: string }
  mistakes: string
  errors: { href: string; text: string }[]
  wrong: Record<string, string>
}
/** A text in three languages: three fields under one legend. */
export type ThreeFields = {
  legend: string
  fields: { id: string; label: string; value: string; lang: Language; error: string | undefined }[]
  long: boolean
}
export type DateField = { id: string; label: string; hint?: string; value: string; error: string | undefined }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/in-three': ThreeFields
    'parts/day': DateField
    'parts/tick': { id: string; text: string; checked: boolean; hint?: string }
    'parts/form-head': Pick<FormPage, 'heading' | 'back' | 'mistakes' | 'errors'>
  }
}

/** The head of a form: the first problem of each field, named by the field's label. */
export function formPage(
  language: Language,
  page: Pick<FormPage, 'heading' | 'action' | 'back' | 'here'>,
  problems: Problem[],
  labels: Record<string, string>,
): FormPage {
  const common = words[language]
  const first = new Map<string, string>()
  for (const problem of problems)
    if (!first.has(problem.field)) first.set(problem.field, problemSaid(language, labels[problem.field] ?? '', problem))
  return {
    ...page,
    title: first.size > 0 ? `${common.error}: ${page.heading}` : page.heading,
    common,
    mistakes: common.mistakes(first.size),
    errors: [...first].map(([field, text]) => ({ href: `#${field}`, text })),
    wrong: Object.fromEntries(first),
  }
}

const three = ['kk', 'ru', 'en'] as const

/** `Атауы, қазақша` … for the fields `name_kk`, `name_ru`, `name_en`. */
export const labelsInThree = (language: Language, name: string, label: string): Record<string, string> =>
  Object.fromEntries(three.map(each => [`${name}_${each}`, `${label}, ${words[language].inLanguage[each]}`]))

export function fieldsInThree(
  language: Language,
  name: string,
  legend: string,
  values: Record<string, string>,
  wrong: Record<string, string>,
  long = false,
): ThreeFields {
  return {
    legend,
    long,
    fields: three.map(lang => ({
      id: `${name}_${lang}`,
      lang,
      label: words[language].inLanguage[lang],
      value: values[`${name}_${lang}`] ?? '',
      error: wrong[`${name}_${lang}`],
    })),
  }
}

export const textsInThree = (name: string, said: Said): Record<string, string> =>
  Object.fromEntries(three.map(lang => [`${name}_${lang}`, said[lang]]))

export const kindChoices = (language: Language, chosen: readonly string[]): Choice[] =>
  hostKinds.map(kind => ({ value: kind, text: words[language].kind[kind], checked: chosen.includes(kind) }))

export const gradeChoices = (chosen: readonly string[]): Choice[] =>
  grades.map(grade => ({ value: grade, text: grade, checked: chosen.includes(grade) }))

/** `мектеп, колледж`, or that all are meant. */
export const kindsSaid = (language: Language, kinds: readonly string[]): string =>
  kinds.length === 0
    ? words[language].allKinds
    : hostKinds
        .filter(kind => kinds.includes(kind))
        .map(kind => words[language].kind[kind])
        .join(', ')

/** `5–7, 9`, or that all are meant. */
export function gradesSaid(language: Language, chosen: readonly number[]): string {
  if (chosen.length === 0) return words[language].allGrades
  const runs: [number, number][] = []
  for (const grade of [...chosen].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && grade === last[1] + 1) last[1] = grade
    else runs.push([grade, grade])
  }
  return `${words[language].grades}: ${runs.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(', ')}`
}
