import { dateDigits, dateSaid, dateWithoutWeekday, weekdayShort } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Day, wallOf } from '../base/time.ts'
import { isConfirmed, moved } from './calendar-rules.ts'
import type { BanRow, HolidayRow, SchoolYearRow, SwapRow } from './calendar-store.ts'
import { type CalendarWords, words } from './calendar-words.ts'
import { gradesSaid, kindsSaid } from './field-pages.ts'
import { words as common, type FieldWords } from './field-words.ts'
import { type Calendar, daysOff } from './rules.ts'
import { quartersOf } from './school-year-rules.ts'
import { type SchoolYearWords, words as yearWords } from './school-year-words.ts'

type BanLine = {
  name: string
  said: string
  forWhom: string
  kind: string
  strong: boolean
  strength: string
  href: string
  /** Talks that are to come there. */
  talks: { href: string; text: string } | undefined
}
type Link = { href: string; text: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/calendar-bans': { say: CalendarWords; edit: string; bans: BanLine[] }
    'houses/calendar': {
      title: string
      here: 'admin'
      say: CalendarWords
      common: FieldWords
      year: string
      before: Link | undefined
      after: Link | undefined
      national: boolean
      total: string
      holidays: {
        name: string
        said: string
        five: string
        six: string
        mayShift: boolean
        unconfirmed: boolean
        href: string
      }[]
      swaps: { name: string; off: string; work: string; source: string; href: string }[]
      schoolYears: {
        id: string
        heading: string
        lessons: string
        guess: boolean
        confirmed: string
        confirm: string
        source: string
        quarters: string
        edit: string
        bans: BanLine[]
      }[]
      own: BanLine[]
      years: SchoolYearWords
      /** Breaks and bans in which talks lie. */
      touched: BanLine[]
    }
  }
}

export type CalendarRows = {
  year: number
  national: boolean
  zone: string
  holidays: HolidayRow[]
  swaps: SwapRow[]
  schoolYears: SchoolYearRow[]
  bans: BanRow[]
  touched: Map<string, number>
}

export function calendarPage(
  language: Language,
  { year, national, zone, holidays, swaps, schoolYears, bans, touched }: CalendarRows,
) {
  const say = words[language]
  const calendar: Calendar = {
    holidays: holidays.map(it => ({
      day: it.on_date,
      names: { kk: it.name_kk, ru: it.name_ru, en: it.name_en },
      transferable: it.transferable,
      movable: it.may_shift,
    })),
    swaps: swaps.map(it => ({ off: it.off_on, work: it.work_on })),
  }
  const five = moved(calendar, year, 5)
  const six = moved(calendar, year, 6)
  const address = `/app/calendar?year=${year}`
  const its = (day: Day) => day.startsWith(`${year}-`)
  const lines = (chosen: BanRow[]) => chosen.map(ban => banLine(language, ban, national, touched.get(ban.id) ?? 0))
  const inSchool = (ban: BanRow) => ban.house_id === null && schoolYears.some(({ id }) => id === ban.school_year)
  const yearLink = (other: number) => ({ href: `/app/calendar?year=${other}`, text: String(other) })
  return {
    title: `${say.title} ${year}`,
    here: 'admin' as const,
    say,
    common: common[language],
    year: String(year),
    national,
    before: year > 2000 ? yearLink(year - 1) : undefined,
    after: year < 2100 ? yearLink(year + 1) : undefined,
    total: say.total(daysOff(calendar, year, 5).length, daysOff(calendar, year, 6).length),
    holidays: holidays
      .filter(it => its(it.on_date))
      .map(it => ({
        name: it[`name_${language}`],
        said: dateSaid(language, it.on_date),
        five: daySaid(language, five.get(it.on_date)),
        six: daySaid(language, six.get(it.on_date)),
        mayShift: it.may_shift,
        unconfirmed: it.status !== 'confirmed',
        href: national ? `/app/calendar/holidays/${it.on_date}/${encodeURIComponent(it.slug)}` : '',
      })),
    swaps: swaps
      .filter(it => its(it.off_on) || its(it.work_on))
      .map(it => ({
        name: it[`name_${language}`],
        off: dateSaid(language, it.off_on),
        work: dateSaid(language, it.work_on),
        source: it.source,
        href: national ? `/app/calendar/swaps/${it.off_on}` : '',
      })),
    schoolYears: schoolYears.map(it => ({
      id: it.id.replaceAll(/[^\w-]/g, ''),
      heading: say.schoolYear(it.id),
      lessons: `${say.lessons}: ${spanSaid(it.from_on, it.to_on)}`,
      guess: !isConfirmed({ status: it.status, confirmedOn: it.confirmed_at }),
      confirmed: it.confirmed_at ? say.confirmedOn(dateDigits(wallOf(it.confirmed_at, zone).day)) : '',
      confirm: `/app/calendar/years/${encodeURIComponent(it.id)}/confirmation${address.slice('/app/calendar'.length)}`,
      source: it.source,
      quarters: quartersSaid(it, bans),
      edit: national ? `/app/calendar/years/${encodeURIComponent(it.id)}` : '',
      bans: lines(bans.filter(ban => inSchool(ban) && ban.school_year === it.id)),
    })),
    own: lines(bans.filter(ban => !inSchool(ban))),
    years: yearWords[language],
    touched: lines(bans.filter(ban => touched.has(ban.id))),
  }
}

export const spanSaid = (from: Day, to: Day): string =>
  from === to ? dateDigits(from) : `${dateDigits(from)} – ${dateDigits(to)}`

const daySaid = (language: Language, day: Day | undefined): string =>
  day ? `${weekdayShort(language, day)}, ${dateWithoutWeekday(language, day)}` : '–'

/** `1: 1 қыркүйек – 25 қазан` and so on, where all breaks between them are known. */
const quartersSaid = (year: SchoolYearRow, bans: BanRow[]): string =>
  quartersOf(
    { from: year.from_on, to: year.to_on },
    bans
      .filter(ban => ban.school_year === year.id)
      .map(({ part, from_on, to_on }) => ({ part, from: from_on, to: to_on })),
  )
    .map(({ from, to }, at) => `${at + 1}: ${spanSaid(from, to)}`)
    .join('; ')

function banLine(language: Language, ban: BanRow, national: boolean, talks: number): BanLine {
  const say = words[language]
  return {
    name: ban[`name_${language}`],
    said: spanSaid(ban.from_on, ban.to_on),
    kind: say.kinds[ban.kind],
    talks:
      talks === 0 ? undefined : { href: `/app/calendar/bans/${ban.id}/talks`, text: yearWords[language].count(talks) },
    forWhom:
      ban[`host_${language}`] ??
      [
        ...(ban.house_id === null && !ban.school_year ? [say.country] : []),
        kindsSaid(language, ban.host_kinds),
        ...(ban.grades.length > 0 ? [gradesSaid(language, ban.grades)] : []),
      ].join(' · '),
    strong: ban.strength === 'ban',
    strength: say.strengths[ban.strength],
    href: ban.house_id !== null || national ? `/app/calendar/bans/${ban.id}` : '',
  }
}
