import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { wallOf } from '../base/time.ts'
import { type AccountField, type AccountMistake, roles } from './admin-rules.ts'
import type { accountsOf } from './admin-store.ts'
import { type Words, words } from './admin-words.ts'

type Choice = { value: string; text: string; checked: boolean }
export type AccountRow = {
  id: string
  name: string
  email: string
  role: string
  roles: Choice[]
  seen: string
  open: boolean
  own: boolean
  /** Staff who could sign in with a letter alone, but for nothing than to set up a factor. */
  bare: boolean
  resettable: boolean
}

declare module '../base/http/pages.ts' {
  interface Views {
    'accounts/admin': {
      title: string
      say: Words
      rows: AccountRow[]
      values: Record<AccountField, string>
      wrong: Partial<Record<'name' | 'email' | 'role', string>>
      errors: { href: string; text: string }[]
      roles: Choice[]
      problem: string | undefined
    }
  }
}

const fieldOf: Record<AccountMistake, 'name' | 'email' | 'role'> = {
  name: 'name',
  email: 'email',
  role: 'role',
  known: 'email',
  'no-speaker': 'email',
}

export const roleChoices = (language: Language, chosen: string): Choice[] =>
  roles.map(value => ({ value, text: words[language].roles[value], checked: value === chosen }))

export function accountRows(
  language: Language,
  rows: Awaited<ReturnType<typeof accountsOf>>,
  own: string,
  zone: string,
): AccountRow[] {
  const say = words[language]
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: say.roles[row.role],
    roles: roleChoices(language, row.role),
    seen: row.seenAt ? dateDigits(wallOf(row.seenAt, zone).day) : say.never,
    open: row.disabledAt === null,
    own: row.id === own,
    bare: row.role !== 'speaker' && !row.hasFactor,
    resettable: row.id !== own && row.hasFactor === true,
  }))
}

/** The form's mistakes beside their fields and in the summary, in the same words. */
export function mistakesSaid(language: Language, mistakes: AccountMistake[]) {
  const said = mistakes.map(mistake => ({ field: fieldOf[mistake], text: words[language].mistakes[mistake] }))
  return {
    wrong: Object.fromEntries(said.map(({ field, text }) => [field, text])),
    errors: said.map(({ field, text }) => ({ href: `#${field === 'name' ? 'name_kk' : field}`, text })),
  }
}
