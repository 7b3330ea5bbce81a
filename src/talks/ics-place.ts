import type { Mode } from '../base/db/tables.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { words } from './ics-words.ts'

export type Place = {
  closed: boolean
  mode: Mode
  host: Said
  hall?: Said | undefined
  address: { kk: string; ru: string }
  district: Said
}

/** LOCATION in feeds and letters alike; of a closed event only the district. */
export function locationOf({ closed, mode, host, hall, address, district }: Place, language: Language): string {
  if (closed) return district[language]
  if (mode !== 'onsite') return words[language].categories.online
  const where = hall ? [host[language], hall[language]] : [host[language]]
  return [...where, (language === 'kk' ? address.kk : address.ru) || district[language]].join(', ')
}
