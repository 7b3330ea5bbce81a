import type { SessionLine } from '../accounts/pages.ts'
import type { Words as AccountWords } from '../accounts/words.ts'
import { dateSaid, dateShort, dateWithoutWeekday, timesSaid, weekdayName } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, type Day, minuteOf, plusDays, type Span, wallOf } from '../base/time.ts'
import type { ChannelPart } from '../messages/channel-pages.ts'
import { type BusyMistake, wholeDays } from './busy-rules.ts'
import type { absencesOf, talksInBusyTimes, weeklyOf } from './busy-store.ts'
import type { GridWords } from './grid-words.ts'
import { words as ownWords } from './own-words.ts'
import type { PaperNote } from './paper-pages.ts'
import type { Profile } from './store.ts'
import { type Words, words } from './words.ts'

export type BusyLine = { table: 'weekly_hours' | 'absences'; id: string; text: string; note: string }
export type BusyForm = {
  kind: string
  weekday: string[]
  from: string
  to: string
  on: string
  until: string
  errors: Partial<Record<BusyMistake | 'too-many', string>>
}

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/busy': {
      title: string
      say: Words
      week: GridWords
      invitations: number
      lines: BusyLine[]
      clashes: { href: string; text: string }[]
      errors: { href: string; text: string }[]
      weekdays: { value: string; text: string; chosen: boolean }[]
      quick: { day: Day; text: string; closed: boolean }[]
      least: Day
      form: BusyForm
    }
    'speakers/profile': {
      title: string
      say: Words
      accountSay: AccountWords
      invitations: number
      facts: { label: string; text: string }[]
      ownSay: (typeof ownWords)['kk']
      papers: PaperNote
      values: ProfileValues
      usual: { days: string; at: string; hours: string; sunday: string }
      channel: ChannelPart | undefined
      errors: Partial<Record<string, string>>
      summary: { href: string; text: string }[]
      own: Language
      theme: string
      themes: readonly ('auto' | 'light' | 'dark')[]
      sessions: SessionLine[]
    }
  }
}

export type ProfileValues = {
  phone: string
  day: string
  week: string
  month: string
  days: string
  at: string
  hours: string
  sunday: string
}

/** Weekly hours first, then days and hours of one date, in order. */
export function busyLines(
  language: Language,
  weekly: Awaited<ReturnType<typeof weeklyOf>>,
  absences: Awaited<ReturnType<typeof absencesOf>>,
  zone: string,
): BusyLine[] {
  const say = words[language]
  const hours = (from: string, to: string) => timesSaid(minuteOf(from) ?? 0, minuteOf(to) ?? 0)
  return [
    ...weekly.map(row => ({
      table: 'weekly_hours' as const,
      id: row.id,
      text: `${weekdayName(language, row.weekday)}, ${hours(row.from, row.to)}`,
      note: row.given ? say.given : '',
    })),
    ...absences.map(row => ({ table: 'absences' as const, id: row.id, ...absenceSaid(language, row.during, zone) })),
  ]
}

export function absenceSaid(language: Language, during: Span, zone: string): { text: string; note: string } {
  const [from, to] = [wallOf(during.from, zone), wallOf(during.to, zone)]
  if (!wholeDays(during, zone))
    return { text: `${dateSaid(language, from.day)}, ${timesSaid(from.minute, to.minute)}`, note: '' }
  const last = plusDays(to.day, -1)
  if (last === from.day) return { text: dateSaid(language, last), note: words[language].wholeDay }
  return {
    text: `${dateWithoutWeekday(language, from.day)} – ${dateWithoutWeekday(language, last)}`,
    note: words[language].wholeDay,
  }
}

/** The days that one tap closes: today and the six after it. */
export function quickDays(
  language: Language,
  today: Day,
  absences: Awaited<ReturnType<typeof absencesOf>>,
  startOf: (day: Day) => DateTime,
) {
  const say = words[language]
  return Array.from({ length: 7 }, (_, ahead) => {
    const day = plusDays(today, ahead)
    const [from, to] = [startOf(day), startOf(plusDays(day, 1))]
    const named =
      ahead === 0
        ? `${say.today}, ${dateShort(language, day)}`
        : ahead === 1
          ? `${say.tomorrow}, ${dateShort(language, day)}`
          : dateShort(language, day)
    return { day, text: named, closed: absences.some(({ during }) => during.from <= from && during.to >= to) }
  })
}

export const weekdayChoices = (language: Language, chosen: string[]) =>
  Array.from({ length: 7 }, (_, at) => ({
    value: String(at + 1),
    text: weekdayName(language, at + 1),
    chosen: chosen.includes(String(at + 1)),
  }))

export const clashLines = (language: Language, rows: Awaited<ReturnType<typeof talksInBusyTimes>>) =>
  rows.map(row => ({ href: `/me/talks/${row.id}`, text: `${dateSaid(language, row.day)}, ${row.from}, ${row.host}` }))

/** What coordinators keep about a speaker, as label and text. */
export function factsOf(
  language: Language,
  profile: Profile,
  tongues: Record<string, string>,
): { label: string; text: string }[] {
  const say = words[language]
  const phone = ownWords[language]
  const pause = profile.paused_from
    ? [profile.paused_from, profile.paused_to].map(day => (day ? dateWithoutWeekday(language, day) : '…')).join(' – ')
    : ''
  return [
    { label: say.email, text: profile.email },
    { label: say.professions, text: profile.professions.join(', ') },
    { label: say.languages, text: profile.languages.map(code => tongues[code] ?? code).join(', ') },
    { label: say.topics, text: profile.topics.join('; ') || say.allTopics },
    { label: say.groups, text: profile.groups.join('; ') },
    { label: say.home, text: profile.home },
    { label: phone.ownDistricts, text: profile.ownDistricts.join(', ') },
    { label: say.paused, text: pause },
  ].filter(({ text }) => text !== '')
}

export const valuesOf = (profile: Profile): ProfileValues => ({
  phone: profile.phone ?? '',
  day: String(profile.limit_day),
  week: String(profile.limit_week),
  month: String(profile.limit_month),
  days: profile.reminder_days === null ? '' : String(profile.reminder_days),
  at: profile.reminder_day_before_at ?? '',
  hours: profile.reminder_hours === null ? '' : String(profile.reminder_hours),
  sunday: profile.digest_week_at ?? '',
})
