import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock } from '../base/time.ts'
import type { Choice } from './pages.ts'
import type { Linked } from './school-store.ts'
import { capital } from './shown-pages.ts'
import { momentOf } from './store.ts'
import type { Said } from './words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/school-move': {
      say: Said
      token: string
      title: string
      now: string
      same: Choice[]
      other: Choice[]
      error: string | undefined
    }
    'talks/school-cancel': {
      say: Said
      token: string
      title: string
      now: string
      reasons: Choice[]
      error: string | undefined
    }
    'talks/school-message': { say: Said; token: string; title: string; text: string; error: string | undefined }
    'talks/school-over': { say: Said; token: string; title: string; lines: string[] }
  }
}

/** When the talk is booked for, or nothing where none is. */
export function whenOf(language: Language, { held_on, from_time, minutes }: Linked): string {
  if (held_on === null || from_time === null || minutes === null) return ''
  const { from, to } = momentOf({ held_on, from_time, minutes })
  return `${capital(dateSaid(language, held_on))}, ${clock(from)}–${clock(to)}`
}
