import type { FieldPart } from '../base/http/pages.ts'
import { weekdayName } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import { type Language, languages } from '../base/i18n/language.ts'
import {
  type Choice,
  type FormPage,
  fieldsInThree,
  formPage,
  kindChoices,
  type ThreeFields,
} from '../houses/field-pages.ts'
import { inThree, type Problem } from '../houses/field-rules.ts'
import { words as common } from '../houses/field-words.ts'
import { type ChannelPart, channelPart } from '../messages/channel-pages.ts'
import { channelOf } from '../messages/channel-rules.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { words as contactWords } from './contact-words.ts'
import {
  contactField,
  contactRows,
  hallIdField,
  hallName,
  hallRows,
  hallSeatsField,
  hostLanguages,
  hoursField,
  shiftField,
  shiftRows,
  weekdays,
} from './edit-rules.ts'
import { type HostFilled, hostLabels } from './edit-text-pages.ts'
import { type HostEditWords, words } from './edit-words.ts'
import { type HostLine, hostLines } from './pages.ts'
import type { HostRow } from './store.ts'
import { words as hostWords } from './words.ts'

type Select = { id: string; name: string; label: string; error: string | undefined; first: string; choices: Choice[] }
type Long = { id: string; label: string; hint: string; error: string | undefined; value: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/long': Long
    'hosts/begin': {
      title: string
      say: HostEditWords
      back: { href: string; text: string }
      name: string
      kinds: Choice[]
    }
    'hosts/edit': FormPage & {
      say: HostEditWords
      fresh: boolean
      names: ThreeFields
      kinds: Choice[]
      place: { addresses: FieldPart[]; district: Select; point: FieldPart }
      halls: { legend: string; id: { name: string; value: string }; names: ThreeFields; seats: FieldPart }[]
      ticks: { id: string; text: string; checked: boolean }[]
      givenIn: Choice[]
      weekType: Choice[]
      shifts: { legend: string; name: FieldPart; grades: FieldPart; lessons: Long; languages: Choice[]; id: string }[]
      classHour: { day: Select; lesson: FieldPart }
      hours: FieldPart[]
      lunch: FieldPart
      windows: FieldPart
      contacts: {
        legend: string
        id: { name: string; value: string }
        fields: FieldPart[]
        language: Select
        channel: ChannelPart | undefined
        reminders: { title: string; hint: string; open: boolean; fields: FieldPart[] }
      }[]
      known: HostLine[]
    }
  }
}

const back = (language: Language) => ({ href: '/app/hosts', text: hostWords[language].hosts })

/** The first question of a new host: what kind of place it is. */
export const hostBegin = (language: Language, name: string) => ({
  title: words[language].add,
  say: words[language],
  back: back(language),
  name,
  kinds: kindChoices(language, []),
})

type District = { kato: string; name_kk: string; name_ru: string; name_en: string }

export function hostForm(
  language: Language,
  { id, districts, gateway }: { id: string | undefined; districts: District[]; gateway: boolean },
  { texts, lists }: HostFilled,
  problems: Problem[] = [],
  known: HostRow[] = [],
) {
  const say = words[language]
  const labels = hostLabels(language)
  const page = formPage(
    language,
    {
      heading: id === undefined ? say.add : texts[`name_${language}`] || hostWords[language].edit,
      action: id === undefined ? '/app/hosts/new' : `/app/hosts/${id}/edit`,
      back: id === undefined ? back(language) : { href: `/app/hosts/${id}`, text: texts[`name_${language}`] ?? '' },
      here: 'hosts',
    },
    problems,
    labels,
  )
  const base = (name: string, label = labels[name] ?? '') => ({
    id: name,
    name,
    label,
    error: page.wrong[name],
    value: texts[name] ?? '',
  })
  const field = (name: string, more: Partial<FieldPart> = {}): FieldPart => ({ ...base(name), ...more })
  const narrow = { narrow: true, inputmode: 'numeric' } as const
  const select = (name: string, choices: { value: string; text: string }[], label?: string): Select => ({
    ...base(name, label),
    first: common[language].choose,
    choices: choices.map(each => ({ ...each, checked: texts[name] === each.value })),
  })
  const inLanguages = hostLanguages.map(value => ({ value, text: languageSaid(topicWords[language], value) }))
  const givenIn = (name: string) =>
    inLanguages.map(it => ({ ...it, checked: lists[name]?.includes(it.value) ?? false }))
  const channel = (name: string): ChannelPart => ({
    ...channelPart(language, channelOf(texts[name]) ?? 'mail'),
    ...{ id: name, name, legend: contactWords[language].parts.channel },
  })
  const reminders = (row: number) => {
    const { parts, reminders: title, remindersHint: hint } = contactWords[language]
    const fields = [
      field(contactField('days', row), { label: parts.days, ...narrow }),
      field(contactField('at', row), { label: parts.at, type: 'time', narrow: true }),
      field(contactField('hours', row), { label: parts.hours, ...narrow }),
    ]
    return { title, hint, open: fields.some(({ value, error }) => value || error), fields }
  }
  const rows = (all: number[], of: (row: number) => string[]) =>
    all.filter(row => row <= (all.findLast(each => of(each).some(name => texts[name])) ?? 0) + 1)
  return {
    ...page,
    say,
    fresh: id === undefined,
    known: hostLines(language, known),
    names: fieldsInThree(language, 'name', say.name, texts, page.wrong),
    kinds: kindChoices(language, [texts['kind'] ?? '']),
    place: {
      addresses: [field('addressKk'), field('addressRu')],
      district: select(
        'district',
        districts.map(it => ({ value: it.kato, text: it[`name_${language}`] })).sort((a, b) => byName(a.text, b.text)),
      ),
      point: field('point', { hint: say.pointHint }),
    },
    halls: rows(hallRows, row => [...inThree(hallName(row)), hallSeatsField(row), hallIdField(row)]).map(row => ({
      legend: say.hall(row),
      id: { name: hallIdField(row), value: texts[hallIdField(row)] ?? '' },
      names: fieldsInThree(language, hallName(row), say.hallName, texts, page.wrong),
      seats: field(hallSeatsField(row), { label: say.hallSeats, ...narrow }),
    })),
    ticks: (['online', 'visitorList'] as const).map(name => ({
      id: name,
      text: say[name],
      checked: texts[name] === '1',
    })),
    givenIn: givenIn('languages'),
    weekType: ([5, 6] as const).map(days => ({
      value: String(days),
      text: say.days[days],
      checked: texts['weekType'] === String(days),
    })),
    shifts: rows(shiftRows, row => [shiftField('name', row), shiftField('lessons', row)]).map(row => ({
      legend: say.shift(row),
      id: shiftField('languages', row),
      name: field(shiftField('name', row), { label: say.shiftName, narrow: true }),
      grades: field(shiftField('grades', row), { label: say.grades, hint: say.gradesHint }),
      lessons: { ...base(shiftField('lessons', row), say.lessons), hint: say.lessonsHint },
      languages: givenIn(shiftField('languages', row)),
    })),
    classHour: {
      day: select(
        'classDay',
        weekdays.map(weekday => ({ value: String(weekday), text: weekdayName(language, weekday) })),
      ),
      lesson: field('classLesson', narrow),
    },
    hours: weekdays.map(weekday => field(hoursField(weekday), { label: weekdayName(language, weekday) })),
    lunch: field('lunch', { narrow: true }),
    windows: field('windows', { hint: say.windowsHint }),
    contacts: rows(contactRows, row => [
      contactField('id', row),
      contactField('name', row),
      contactField('phone', row),
    ]).map(row => ({
      legend: say.contact(row),
      id: { name: contactField('id', row), value: texts[contactField('id', row)] ?? '' },
      fields: [
        field(contactField('name', row), { label: say.parts.name }),
        field(contactField('position', row), { label: say.parts.position }),
        field(contactField('email', row), { label: say.parts.email, type: 'email', inputmode: 'email' }),
        field(contactField('phone', row), { label: say.parts.phone, type: 'tel', inputmode: 'tel' }),
      ],
      language: select(
        contactField('language', row),
        languages.map(value => ({ value, text: languageSaid(topicWords[language], value) })),
        say.parts.language,
      ),
      channel: gateway ? channel(contactField('channel', row)) : undefined,
      reminders: reminders(row),
    })),
  }
}
