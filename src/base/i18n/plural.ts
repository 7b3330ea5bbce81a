import type { Language } from './language.ts'

/** The categories each language really has; kk nouns stay singular after numbers, so both forms are usually one word. */
export type Forms = {
  kk: { one: string; other: string }
  ru: { one: string; few: string; many: string; other: string }
  en: { one: string; other: string }
}

const rules = { kk: new Intl.PluralRules('kk'), ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') }

/** The form of a noun that stands after the number, without the number. */
export function plural<L extends Language>(language: L, count: number, forms: Forms[L]): string {
  const category = rules[language].select(count)
  const known: Partial<Record<Intl.LDMLPluralRule, string>> = forms
  const form = known[category]
  if (form === undefined) throw new Error(`${language} has no form "${category}"`)
  return form
}
