import { fold } from '../base/i18n/fold.ts'
import { languages } from '../base/i18n/language.ts'
import { hostKinds } from '../houses/field-rules.ts'
import { words as fieldWords } from '../houses/field-words.ts'
import { topicLanguages } from '../topics/edit-rules.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import type { Column, ImportKind, Option, Options } from './rules.ts'
import { headings, kindNames, languageNames } from './table-words.ts'

export type Labels = (language: 'kk' | 'ru' | 'en') => Record<string, string>

/** The columns of a kind: each field by its labels in the form and by what else people write above it. */
export function columnsOf(
  kind: ImportKind,
  labels: Labels,
  fields: string[],
  lists: readonly string[],
  isDay: (field: string) => boolean,
): Column[] {
  const named = languages.map(each => labels(each))
  return [...fields, ...lists].map(field => ({
    field,
    names: [...named.map(each => each[field] ?? ''), ...(headings[kind][field] ?? [])].filter(Boolean),
    ...(lists.includes(field) ? { list: true } : {}),
    ...(isDay(field) ? { day: true } : {}),
  }))
}

/** By which name a value of a field is meant. */
export function namesIn(options: Options): Map<string, Map<string, string>> {
  return new Map(
    Object.entries(options).map(([field, all]) => [
      field,
      // a name that two of them have names neither
      new Map(
        [...Map.groupBy(all.flatMap(spellingsOf), ([name]) => name)]
          .filter(([, its]) => new Set(its.map(([, code]) => code)).size === 1)
          .map(([name, its]) => [name, its[0]?.[1] ?? '']),
      ),
    ]),
  )
}

const spellingsOf = ({ code, name, also = [] }: Option): [string, string][] =>
  [code, name.kk, name.ru, name.en, ...also].map(each => [fold(each), code])

export const languageOptions: Option[] = topicLanguages.map(code => ({
  code,
  name: {
    kk: languageSaid(topicWords.kk, code),
    ru: languageSaid(topicWords.ru, code),
    en: languageSaid(topicWords.en, code),
  },
  also: languageNames[code] ?? [],
}))
export const letterOptions: Option[] = languageOptions.filter(({ code }) => languages.some(each => each === code))

export const kindOptions: Option[] = hostKinds.map(code => ({
  code,
  name: { kk: fieldWords.kk.kind[code], ru: fieldWords.ru.kind[code], en: fieldWords.en.kind[code] },
  also: kindNames[code] ?? [],
}))

type Named = { name_kk: string; name_ru: string; name_en: string }
export const named = ({ name_kk, name_ru, name_en }: Named): Option['name'] => ({
  kk: name_kk,
  ru: name_ru,
  en: name_en,
})

/** Districts are written with the word for it and without. */
export const districtOptions = (districts: (Named & { kato: string })[]): Option[] =>
  districts.map(it => ({
    code: it.kato,
    name: named(it),
    also: [it.name_kk, it.name_ru, it.name_en].map(name =>
      name
        .replace(/\s*(ауданы|қаласы|қала әкімдігі|район|г\.\s*а\.|р-н|district)\s*/gi, ' ')
        .replace(/^\s*город\s+/i, '')
        .trim(),
    ),
  }))
