import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { spanSaid } from './calendar-pages.ts'
import type { BanRow } from './calendar-store.ts'
import { words as calendarWords } from './calendar-words.ts'
import { type SchoolYearWords, words } from './school-year-words.ts'
import type { TouchedRow } from './touched-store.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/calendar-talks': {
      title: string
      here: 'admin'
      say: SchoolYearWords
      back: { href: string; text: string }
      heading: string
      count: string
      talks: { href: string; when: string; text: string }[]
    }
  }
}

/** The talks that lie in a break or ban, each with the way to its page. */
export function touchedPage(language: Language, ban: BanRow, rows: TouchedRow[]) {
  const say = words[language]
  const heading = `${ban[`name_${language}`]}, ${spanSaid(ban.from_on, ban.to_on)}`
  return {
    title: heading,
    here: 'admin' as const,
    say,
    back: { href: `/app/calendar?year=${ban.from_on.slice(0, 4)}`, text: calendarWords[language].title },
    heading,
    count: say.count(rows.length),
    talks: rows.map(row => ({
      href: `/app/talks/${row.id}`,
      when: `${dateSaid(language, row.held_on)}, ${row.from_time.slice(0, 5)}`,
      text: `${row[`host_${language}`]} · ${row[`title_${language}`]}`,
    })),
  }
}
