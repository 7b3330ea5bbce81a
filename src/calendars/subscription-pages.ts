import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, wallOf } from '../base/time.ts'
import type { Subscription } from './subscription-store.ts'
import { type Words, words } from './subscription-words.ts'

export type Ways = { https: string; webcal: string; google: string; outlook: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'calendars/subscription': { title: string; say: Words; invitations: number; ways: Ways | undefined; read: string }
  }
}

/** The ways into a calendar program; Google and Outlook ask for the address in a link of their own. */
export function waysTo(https: string): Ways {
  const webcal = https.replace(/^https?:/, 'webcal:')
  return {
    https,
    webcal,
    google: `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`,
    outlook: `https://outlook.live.com/calendar/0/addfromweb?url=${encodeURIComponent(https)}`,
  }
}

export function readSaid(language: Language, { fetchedAt, client }: Subscription, zone: string): string {
  const say = words[language]
  if (!fetchedAt) return say.notRead
  const { day, minute } = wallOf(fetchedAt, zone)
  return `${say.read}: ${dateWithoutWeekday(language, day)}, ${clock(minute)}${client ? ` · ${client}` : ''}`
}
