import { emailOf, phoneOf } from '../base/text.ts'

export const foundingFields = ['person', 'email', 'name_kk', 'name_ru', 'name_en', 'region', 'phone'] as const
export type FoundingField = (typeof foundingFields)[number]
export type Founding = {
  person: string
  email: string
  names: { kk: string; ru: string; en: string }
  region: string
  phone: string | undefined
  /** Out of the English name, in the zone of its region and from nine to six unless it is told. */
  slug?: string
  zone?: string
  opens?: { from: string; to: string }
}

/** The first House and its administrator as a form says them, or which fields are to be mended. */
export function readFounding(
  texts: Record<FoundingField, string>,
  regions: string[],
): Founding | { mistakes: FoundingField[] } {
  const email = emailOf(texts.email)
  const phone = texts.phone === '' ? undefined : phoneOf(texts.phone)
  const named = (field: FoundingField) => texts[field] !== '' && texts[field].length <= 200
  const mistakes = foundingFields.filter(field => {
    if (field === 'email') return !email
    if (field === 'phone') return texts.phone !== '' && !phone
    return field === 'region' ? !regions.includes(texts.region) : !named(field)
  })
  if (!email || mistakes.length > 0) return { mistakes }
  return {
    person: texts.person,
    email,
    names: { kk: texts.name_kk, ru: texts.name_ru, en: texts.name_en },
    region: texts.region,
    phone,
  }
}

/** A short name for addresses, out of the English one: `House of Friendship, Almaty` → `house-of-friendship-almaty`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || 'house'
