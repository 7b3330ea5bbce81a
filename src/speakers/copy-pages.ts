import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import { words } from './install-words.ts'

/** Under which name a phone keeps the page (views/assets/me.js), and of when the copy says it is. */
export type KeptOnPhone = { of: string; text: string; at: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/as-of': KeptOnPhone
  }
}

export function keptOnPhone(language: Language, of: string, zone: string, now: DateTime): KeptOnPhone {
  const { day, minute } = wallOf(now, zone)
  return { of, text: words[language].asOf, at: `${dateWithoutWeekday(language, day)}, ${clock(minute)}` }
}
