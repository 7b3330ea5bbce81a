import type { Language, Role } from '../base/db/tables.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { emailOf } from '../base/text.ts'

export const roles = ['coordinator', 'viewer', 'speaker', 'administrator'] as const satisfies Role[]
export const roleOf = (text: string): Role | undefined => roles.find(role => role === text)

export const accountFields = ['name_kk', 'name_ru', 'name_en', 'email', 'role', 'language'] as const
export type AccountField = (typeof accountFields)[number]
export type NewAccount = {
  names: { kk: string; ru: string; en: string }
  email: string
  role: Role
  language: Language
}
export type AccountMistake = 'name' | 'email' | 'role' | 'known' | 'no-speaker'
export type AccessRefusal = 'missing' | 'last-administrator' | 'no-speaker'

/** Who is to be let in, or what is to be mended; spellings left out are those of the Kazakh name. */
export function readAccount(texts: Record<AccountField, string>): NewAccount | { mistakes: AccountMistake[] } {
  const email = emailOf(texts.email)
  const role = roleOf(texts.role)
  const kk = texts.name_kk
  const long = [kk, texts.name_ru, texts.name_en].some(name => name.length > 200)
  const mistakes: AccountMistake[] = [
    ...(kk === '' || long ? (['name'] as const) : []),
    ...(email ? [] : (['email'] as const)),
    ...(role ? [] : (['role'] as const)),
  ]
  if (!email || !role || mistakes.length > 0) return { mistakes }
  return {
    names: { kk, ru: texts.name_ru || kk, en: texts.name_en || kk },
    email,
    role,
    language: isLanguage(texts.language) ? texts.language : 'kk',
  }
}
