import { dateDigits, weekdayName } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { channelOf } from '../messages/channel-rules.ts'
import { words as channelWords } from '../messages/channel-words.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { words as contactWords } from './contact-words.ts'
import type { HostPage } from './edit-store.ts'
import { words as editWords } from './edit-words.ts'
import type { MergesPart } from './merge-pages.ts'
import { words as mergeWords } from './merge-words.ts'
import type { HostRow } from './store.ts'
import type { VisitsPart } from './visit-pages.ts'
import { type HostWords, words } from './words.ts'

export type { HostRow } from './store.ts'

export type HostLine = {
  href: string
  name: string
  kind: string
  district: string
  shifts: string
  checked: boolean
  id: string
}
type Option = { value: string; text: string; checked: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'hosts/list': {
      title: string
      here: 'hosts'
      say: HostWords
      q: string
      add: { href: string; text: string }
      districts: Option[]
      hosts: HostLine[]
      count: string
    }
    'hosts/show': {
      title: string
      here: 'hosts'
      say: HostWords
      id: string
      done: string
      clash: string
      facts: { label: string; text: string }[]
      checked: boolean
      contacts: { name: string; position: string; email: string; phone: string; said: string; told: string }[]
      talks: { href: string; when: string; topic: string; state: string }[]
      visits: VisitsPart
      merges: MergesPart
      duplicates: HostLine[]
    }
  }
}

export const hostLine = (language: Language, host: HostRow): HostLine => ({
  id: host.id,
  href: `/app/hosts/${host.id}`,
  name: host.name[language],
  kind: words[language].kinds[host.kind],
  district: host.districtName[language],
  shifts: host.shifts.join(', '),
  checked: host.checked,
})

export const hostLines = (language: Language, hosts: HostRow[]): HostLine[] =>
  hosts.map(host => hostLine(language, host)).sort((a, b) => byName(a.name, b.name))

const span = (from: string | null, to: string | null) => (from && to ? `${from}–${to}` : '')

export function hostPage(
  language: Language,
  host: HostPage,
  more: { duplicates: HostRow[]; done: string; clash: boolean },
) {
  const say = words[language]
  return {
    title: { kk: host.name_kk, ru: host.name_ru, en: host.name_en }[language],
    here: 'hosts' as const,
    say,
    id: host.id,
    done:
      more.done === 'saved'
        ? say.saved
        : more.done === 'merged'
          ? say.merged
          : more.done === 'parted'
            ? mergeWords[language].done
            : '',
    clash: more.clash ? say.hallClash : '',
    facts: factsOf(language, host),
    checked: host.checked_at !== null,
    contacts: host.contacts.map(it => ({
      name: it.name,
      position: it.position,
      email: it.email ?? '',
      phone: it.phone ?? '',
      said: it.phone ? phoneSaid(it.phone) : '',
      told: toldSaid(language, it),
    })),
    talks: host.talks.map(talk => ({
      href: `/app/talks/${talk.id}`,
      when: `${dateDigits(talk.held_on)} ${talk.from_time}`,
      topic: { kk: talk.title_kk, ru: talk.title_ru, en: talk.title_en }[language],
      state: say.state[talk.state],
    })),
    duplicates: hostLines(language, more.duplicates),
  }
}

/** `Русский · Письма · Напоминания: накануне в 17:00`: how a contact person is told; the House's own reminders go without saying. */
function toldSaid(language: Language, it: HostPage['contacts'][number]): string {
  const { reminders, said } = contactWords[language]
  const own = [
    ...(it.reminder_days === null ? [] : [said.days(it.reminder_days)]),
    ...(it.reminder_day_before_at === null ? [] : [said.at(it.reminder_day_before_at)]),
    ...(it.reminder_hours === null ? [] : [said.hours(it.reminder_hours)]),
  ]
  return [
    languageSaid(topicWords[language], it.language),
    channelWords[language].channels[channelOf(it.channel) ?? 'mail'],
    ...(own.length > 0 ? [`${reminders}: ${own.join(', ')}`] : []),
  ].join(' · ')
}

/** `Дүйсенбі – жұма 09:00–18:00, сенбі 09:00–13:00`: days in a row with the same hours are said once. */
export function hoursSaid(language: Language, hours: string[]): string {
  const runs: { from: number; to: number; text: string }[] = []
  for (const [at, text] of hours.entries()) {
    const last = runs.at(-1)
    if (last && last.text === text) last.to = at
    else runs.push({ from: at, to: at, text })
  }
  const day = (at: number) => weekdayName(language, at + 1)
  return runs
    .filter(({ text }) => text !== '')
    .map(({ from, to, text }) => `${from === to ? day(from) : `${day(from)} – ${day(to)}`} ${text}`)
    .join(', ')
}

/** `Актовый зал (180), Библиотека (60)`. */
const hallsSaid = (language: Language, { halls }: HostPage): string =>
  halls.map(hall => hall[`name_${language}`] + (hall.seats ? ` (${hall.seats})` : '')).join(', ')

function factsOf(language: Language, host: HostPage): { label: string; text: string }[] {
  const say = words[language]
  const district = { kk: host.district_kk, ru: host.district_ru, en: host.district_en }[language]
  const onDay = (day: number) =>
    host.hours
      .filter(({ weekday }) => weekday === day)
      .map(({ from_time, to_time }) => span(from_time, to_time))
      .join(', ')
  const hours = hoursSaid(language, [1, 2, 3, 4, 5, 6, 7].map(onDay))
  const windows = host.hours.filter(each => each.talk_window).map(it => span(it.from_time, it.to_time))
  return [
    { label: say.kind, text: say.kinds[host.kind] },
    { label: say.district, text: district },
    { label: say.address, text: (language === 'kk' ? host.address_kk : host.address_ru) || host.address_kk },
    { label: say.week, text: say.weekOf(host.week_type) },
    {
      label: host.halls.length > 0 ? editWords[language].halls : say.seats,
      text: host.halls.length > 0 ? hallsSaid(language, host) : String(host.hall_seats ?? ''),
    },
    {
      label: say.classHour,
      text:
        host.class_hour_weekday && host.class_hour_lesson
          ? `${weekdayName(language, host.class_hour_weekday)}, ${say.lesson(host.class_hour_lesson)}`
          : '',
    },
    ...host.shifts.map(shift => ({
      label: say.shift(shift.shift),
      text: `${shift.grades.length > 0 ? shift.grades.join(', ') : say.allGrades} · ${shift.lessons.map(lesson => span(lesson.from_time, lesson.to_time)).join(', ')}`,
    })),
    { label: say.hours, text: hours },
    { label: say.lunch, text: span(host.lunch_from, host.lunch_to) },
    { label: editWords[language].windows, text: windows.join(', ') },
  ].filter(({ text }) => text !== '')
}
