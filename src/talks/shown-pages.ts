import { dateDigits, dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, dayNumber, wallOf } from '../base/time.ts'
import { terms } from './words.ts'

/** Colour by kind of work; the written profession always stands beside it. */
const hues: Record<string, string> = {
  psychologist: 'psy',
  'social-worker': 'psy',
  doctor: 'psy',
  historian: 'his',
  academic: 'his',
  teacher: 'his',
  lawyer: 'law',
  mediator: 'law',
  inspector: 'law',
  mentor: 'men',
  theologian: 'men',
  'religious-scholar': 'men',
}
export const hueOf = (profession: string | undefined): string => hues[profession ?? ''] ?? 'his'

/** `сегодня, 08:45` · `24 ноября, 13:00` */
export function instantSaid(language: Language, at: DateTime, zone: string, now: DateTime): string {
  const { day, minute } = wallOf(at, zone)
  const apart = dayNumber(day) - dayNumber(wallOf(now, zone).day)
  const { today, yesterday, tomorrow } = terms[language]
  const near = apart === 0 ? today : apart === -1 ? yesterday : apart === 1 ? tomorrow : undefined
  const far = Math.abs(apart) > 200 ? dateDigits(day) : dateWithoutWeekday(language, day)
  return `${near ?? far}, ${clock(minute)}`
}

/** Two letters for a person's round mark. */
export const initials = (name: string): string =>
  name
    .split(' ')
    .slice(0, 2)
    .map(part => part.charAt(0))
    .join('')

/** `Ахметова Айгүл`: enough to know somebody by. */
export const knownAs = (name: string): string => name.split(' ').slice(0, 2).join(' ')

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('kk') + text.slice(1)
