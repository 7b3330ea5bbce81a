import type { Face } from '../base/http/pages.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { words } from './site-words.ts'
import type { NamedHouse } from './store.ts'

const none: Face = { name: 'Kezdesu', city: '', phone: undefined, phoneSaid: undefined, front: '' }

/** How a House presents itself on a page; where none is meant, the only one, or all of them together. */
export function faceOf(houses: NamedHouse[], houseId: string | undefined, language: Language): Face {
  const its = houseId === undefined && houses.length === 1 ? houses[0] : houses.find(({ id }) => id === houseId)
  if (!its) return houses.length > 1 ? { ...none, ...words[language].face } : none
  const { name, city, phone, front } = its
  return { name, city, front, phone: phone ?? undefined, phoneSaid: phone === null ? undefined : phoneSaid(phone) }
}
