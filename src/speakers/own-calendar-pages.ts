import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import type { Fault } from '../calendars/busy-calendar-rules.ts'
import { words } from './own-calendar-words.ts'

export type ReadState = { readAt: DateTime; fault: string | null; kind: 'address' | 'upload' | null }

/** Why a calendar could not be read, as one sentence; a reason written by a later version is told as a failure. */
export function faultSaid(language: Language, fault: string): string {
  const { faults } = words[language]
  return fault in faults ? faults[fault as Fault] : faults.failed
}

/** When a calendar was read, and how long ago once that is hours. */
export function readAtSaid(language: Language, { readAt, kind }: ReadState, zone: string, now: DateTime): string {
  const say = words[language]
  const { day, minute } = wallOf(readAt, zone)
  const hours = Math.floor(now.diff(readAt, 'hours').hours)
  const ago = hours >= 48 ? say.ago.days(Math.floor(hours / 24)) : hours >= 1 ? say.ago.hours(hours) : ''
  const when = `${dateWithoutWeekday(language, day)}, ${clock(minute)}${ago ? ` (${ago})` : ''}`
  return kind === 'upload' ? say.uploaded(when) : say.read(when)
}

/** Age and last fault in one line, as a coordinator sees them. */
export const ownCalendarSaid = (language: Language, state: ReadState, zone: string, now: DateTime): string =>
  [readAtSaid(language, state, zone, now), ...(state.fault ? [faultSaid(language, state.fault)] : [])].join('. ')
