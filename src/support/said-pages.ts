import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { words } from './words.ts'

type Number = { code: string | null; phone: string | null }

export const dialOf = ({ code, phone }: Number): string => code ?? phone ?? ''

/** A number as people read it: 8 800 numbers are written as they are dialled here. */
export const numberSaid = ({ code, phone }: Number): string =>
  code ??
  (phone === null ? '' : phoneSaid(phone).replace(/^8800(\d{3})(\d{2})(\d{2})$/, '8\u00a0800\u00a0$1\u00a0$2\u00a0$3'))

/** `Тәулік бойы` or `Дс–Жм 09:00–18:00`; nothing where the hours are not known. */
export function hoursSaid(language: Language, hours: string | null): string {
  const say = words[language]
  if (hours === null) return ''
  if (hours === '24/7') return say.always
  const [days = '', times = ''] = hours.split(' ')
  return `${say.days[days] ?? days} ${times.replace('-', '–')}`
}

export const listSaid = (names: Record<string, string>, codes: string[]): string =>
  codes.map(code => names[code] ?? code).join(', ')
