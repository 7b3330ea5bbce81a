import type { Language } from '../base/i18n/language.ts'
import { type DateTime, plusDays, type Span, wallOf } from '../base/time.ts'
import { tapOf } from './busy-rules.ts'
import { absenceSaid } from './pages.ts'

/** Busy times that one tap writes, and what the last tap wrote. */
export type Taps = {
  buttons: { value: string; text: string }[]
  written: { id: string; text: string } | undefined
  off: boolean
}
type TapWords = { today: string; afternoon: string; tomorrow: string; tomorrowMorning: string }

const noon = { from: '13:00', to: '23:59' }
const morning = { from: '00:00', to: '13:00' }

/** Whole days by their dates, so that a page left open overnight still means the day that it showed. */
export function tapsOf(
  language: Language,
  say: TapWords,
  { zone, now }: { zone: string; now: DateTime },
  written: { id: string; during: Span } | undefined,
  off: boolean,
): Taps {
  const { day, minute } = wallOf(now, zone)
  const tomorrow = plusDays(day, 1)
  return {
    buttons: [
      { value: tapOf(day), text: say.today },
      ...(minute < 780
        ? [{ value: tapOf(day, noon), text: say.afternoon }]
        : [{ value: tapOf(tomorrow, morning), text: say.tomorrowMorning }]),
      { value: tapOf(tomorrow), text: say.tomorrow },
    ],
    written: written && { id: written.id, text: spanSaid(language, written.during, zone) },
    off,
  }
}

function spanSaid(language: Language, during: Span, zone: string): string {
  const { text, note } = absenceSaid(language, during, zone)
  return note ? `${text}, ${note}` : text
}
