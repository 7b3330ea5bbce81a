import type { Language } from '../base/i18n/language.ts'
import type { FoundingField } from '../houses/founding-rules.ts'
import { type Words, words } from './founding-words.ts'

type Founding = {
  title: string
  say: Words
  action: string
  values: Record<FoundingField, string>
  wrong: Partial<Record<FoundingField, string>>
  errors: { href: string; text: string }[]
  regions: { value: string; text: string; checked: boolean }[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'accounts/founding': Founding
  }
}

/** The form, with what was typed and what is to be mended. */
export function foundingPage(
  language: Language,
  token: string,
  values: Record<FoundingField, string>,
  regions: { kato: string; name: string }[],
  mistakes: FoundingField[] = [],
): Founding {
  const say = words[language]
  return {
    title: say.title,
    say,
    values,
    action: `/sign-in/first/${encodeURIComponent(token)}?l=${language}`,
    wrong: Object.fromEntries(mistakes.map(field => [field, say.mistakes[field]])),
    errors: mistakes.map(field => ({ href: `#${field}`, text: say.mistakes[field] })),
    regions: regions.map(({ kato, name }) => ({ value: kato, text: name, checked: kato === values.region })),
  }
}
