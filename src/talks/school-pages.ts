import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type Moment } from '../base/time.ts'
import type { Choice } from './pages.ts'
import type { Linked } from './school-store.ts'
import { momentOf } from './store.ts'
import type { Said } from './words.ts'

type When = { day: string; hours: string }
type DayChoices = { said: string; times: Choice[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/school-move': {
      say: Said
      token: string
      title: string
      now: When
      same: DayChoices[]
      other: DayChoices[]
      error: string | undefined
    }
    'talks/school-cancel': {
      say: Said
      token: string
      title: string
      now: When
      reasons: Choice[]
      error: string | undefined
    }
    'talks/school-message': { say: Said; token: string; title: string; text: string; error: string | undefined }
    'talks/school-over': { say: Said; token: string; title: string; lines: string[] }
  }
}

/** When the talk is booked for, or nothing where none is. */
export function whenOf(language: Language, { held_on, from_time, minutes }: Linked): When {
  if (held_on === null || from_time === null || minutes === null) return { day: '', hours: '' }
  const { from, to } = momentOf({ held_on, from_time, minutes })
  return { day: dateSaid(language, held_on), hours: `${clock(from)}–${clock(to)}` }
}

/** Times to choose from, day by day in their order. */
export const choicesByDay = (language: Language, moments: Moment[]): DayChoices[] =>
  [...Map.groupBy(moments, ({ day }) => day)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, its]) => ({
      said: dateSaid(language, day),
      times: its
        .sort((a, b) => a.from - b.from)
        .map(({ from }) => ({ value: `${day}T${clock(from)}`, text: clock(from) })),
    }))
