import type { Language } from '../base/i18n/language.ts'
import { isConfirmed } from './calendar-rules.ts'
import { type CalendarWords, words as calendarWords } from './calendar-words.ts'
import { type FormPage, formPage } from './field-pages.ts'
import type { Problem, Said } from './field-rules.ts'
import { words as common } from './field-words.ts'
import { type Part, partField, parts } from './school-year-rules.ts'
import type { SchoolYear } from './school-year-store.ts'
import { type SchoolYearWords, words } from './school-year-words.ts'

type DayField = { id: string; label: string; value: string; error: string | undefined }
declare module '../base/http/pages.ts' {
  interface Views {
    'houses/school-year': FormPage & {
      say: SchoolYearWords
      its: CalendarWords
      typed: Record<string, string>
      lessons: DayField[]
      breaks: { legend: string; days: DayField[] }[]
      removal: string
    }
  }
}

/** What a break that is new is called. */
export const breakNames = Object.fromEntries(
  parts.map((part): [Part, Said] => [
    part,
    { kk: words.kk.breaks[part], ru: words.ru.breaks[part], en: words.en.breaks[part] },
  ]),
) as Record<Part, Said>

export const schoolYearTexts = (row: SchoolYear): Record<string, string> => ({
  from: row.from_on,
  to: row.to_on,
  source: row.source,
  confirmed: isConfirmed({ status: row.status, confirmedOn: row.confirmed_at }) ? '1' : '',
  ...Object.assign(
    {},
    ...row.breaks.map(({ part, from_on, to_on }) => ({
      [partField(part as Part, 'from')]: from_on,
      [partField(part as Part, 'to')]: to_on,
    })),
  ),
})

export function schoolYearPage(
  language: Language,
  id: string | undefined,
  texts: Record<string, string>,
  problems: Problem[] = [],
) {
  const [say, its, fields] = [words[language], calendarWords[language], common[language]]
  const labels: Record<string, string> = { from: fields.from, to: fields.to, source: its.source }
  for (const part of parts) {
    labels[partField(part, 'from')] = `${say.breaks[part]}, ${fields.from}`
    labels[partField(part, 'to')] = `${say.breaks[part]}, ${fields.to}`
  }
  const action = `/app/calendar/years/${id ?? 'new'}`
  const heading = id === undefined ? say.add : its.schoolYear(id)
  const page = formPage(
    language,
    { heading, action, back: { href: '/app/calendar', text: its.title }, here: 'admin' },
    problems,
    labels,
  )
  const day = (name: string, label: string): DayField => ({
    id: name,
    label,
    value: texts[name] ?? '',
    error: page.wrong[name],
  })
  return {
    ...page,
    say,
    its,
    typed: texts,
    lessons: [day('from', fields.from), day('to', fields.to)],
    breaks: parts.map(part => ({
      legend: say.breaks[part],
      days: [day(partField(part, 'from'), fields.from), day(partField(part, 'to'), fields.to)],
    })),
    removal: id === undefined ? '' : `${action}/removal`,
  }
}
