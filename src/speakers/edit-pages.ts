import type { FieldPart } from '../base/http/pages.ts'
import { weekdayName } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import { type Language, languages } from '../base/i18n/language.ts'
import {
  type Choice,
  type DateField,
  type FormPage,
  fieldsInThree,
  formPage,
  type ThreeFields,
} from '../houses/field-pages.ts'
import type { Problem } from '../houses/field-rules.ts'
import { words as common } from '../houses/field-words.ts'
import { topicLanguages } from '../topics/edit-rules.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { words as directory } from './directory-words.ts'
import {
  busyField,
  credentialField,
  credentialParts,
  credentialRows,
  givenField,
  transports,
  weekdays,
} from './edit-rules.ts'
import type { SpeakerChoices } from './edit-store.ts'
import { labelsOf, type SpeakerFilled } from './edit-text-pages.ts'
import { type SpeakerWords, words } from './edit-words.ts'

/** A booked talk that the change would leave without this person. */
export type UnfitLine = { href: string; text: string; why: string[] }
type Select = { id: string; name: string; label: string; error: string | undefined; first: string; choices: Choice[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/unfit': { title: string; text: string; lines: UnfitLine[] }
    'speakers/edit': FormPage & {
      say: SpeakerWords
      names: ThreeFields
      addresses: ThreeFields
      contact: FieldPart[]
      writes: Choice[]
      ticks: Record<'professions' | 'languages' | 'topics' | 'audiences' | 'groups', Choice[]>
      district: Select
      point: FieldPart
      transport: Choice[]
      limits: FieldPart[]
      hours: FieldPart
      week: { name: string; fields: FieldPart[] }[]
      papers: { legend: string; kind: Select; days: DateField[]; note: FieldPart }[]
      consent: { on: DateField; version: FieldPart }
      pause: DateField[]
      leftOn: DateField
      unfit: UnfitLine[]
    }
  }
}

export function speakerPage(
  language: Language,
  { id, ...known }: SpeakerChoices & { id: string | undefined },
  { texts, lists }: SpeakerFilled,
  problems: Problem[] = [],
  unfit: UnfitLine[] = [],
) {
  const say = words[language]
  const labels = labelsOf(language)
  const page = formPage(
    language,
    {
      heading: id === undefined ? say.add : texts[`name_${language}`] || directory[language].title,
      action: id === undefined ? '/app/speakers/new' : `/app/speakers/${id}/edit`,
      back:
        id === undefined
          ? { href: '/app/speakers', text: directory[language].back }
          : { href: `/app/speakers/${id}`, text: texts[`name_${language}`] || directory[language].back },
      here: 'speakers',
    },
    problems,
    labels,
  )
  const base = (name: string) => ({
    id: name,
    name,
    label: labels[name] ?? '',
    error: page.wrong[name],
    value: texts[name] ?? '',
  })
  const field = (name: string, more: Partial<FieldPart> = {}): FieldPart => ({ ...base(name), ...more })
  const day = (name: string, hint?: string): DateField => ({ ...base(name), ...(hint ? { hint } : {}) })
  const option = (name: string, value: string, text: string): Choice => ({
    value,
    text,
    checked: texts[name] === value,
  })
  const select = (name: string, choices: Choice[]): Select => ({
    ...base(name),
    first: common[language].choose,
    choices,
  })
  const ticks = (name: keyof typeof lists, all: { value: string; text: string }[]): Choice[] =>
    all.map(each => ({ ...each, checked: lists[name].includes(each.value) }))
  const last = credentialRows.findLast(row => credentialParts.some(part => texts[credentialField(part, row)])) ?? 0
  const named = (row: { name_kk: string; name_ru: string; name_en: string }) => row[`name_${language}`]
  return {
    ...page,
    say,
    unfit,
    names: fieldsInThree(language, 'name', say.name, texts, page.wrong),
    addresses: fieldsInThree(language, 'address', say.address, texts, page.wrong),
    contact: [
      field('email', { type: 'email', inputmode: 'email', hint: say.emailHint }),
      field('phone', { type: 'tel', inputmode: 'tel' }),
    ],
    writes: languages.map(each => option('language', each, languageSaid(topicWords[language], each))),
    ticks: {
      professions: ticks(
        'professions',
        known.professions
          .map(it => ({ value: it.slug, text: it.name[language] }))
          .sort((a, b) => byName(a.text, b.text)),
      ),
      languages: ticks(
        'languages',
        topicLanguages.map(value => ({ value, text: languageSaid(topicWords[language], value) })),
      ),
      topics: ticks(
        'topics',
        known.topics.map(it => ({ value: it.id, text: it.title[language] })),
      ),
      audiences: ticks(
        'audiences',
        known.audiences.map(it => ({ value: it.slug, text: it.name[language] })),
      ),
      groups: ticks(
        'groups',
        known.groups.map(it => ({ value: it.id, text: named(it) })).sort((a, b) => byName(a.text, b.text)),
      ),
    },
    district: select(
      'district',
      known.districts.map(it => option('district', it.kato, named(it))).sort((a, b) => byName(a.text, b.text)),
    ),
    point: field('point', { hint: say.pointHint }),
    transport: transports.map(value => option('transport', value, directory[language].transports[value])),
    limits: (['day', 'week', 'month'] as const).map(name => field(name, { inputmode: 'numeric', narrow: true })),
    hours: field('hours', { inputmode: 'numeric', narrow: true }),
    week: weekdays.map(weekday => ({
      name: weekdayName(language, weekday),
      fields: [field(givenField(weekday), { label: say.given }), field(busyField(weekday), { label: say.busy })],
    })),
    papers: credentialRows
      .filter(row => row <= last + 1)
      .map(row => ({
        legend: say.paper(row),
        kind: {
          ...select(
            credentialField('kind', row),
            known.credentials.map(kind => option(credentialField('kind', row), kind, say.kinds[kind] ?? kind)),
          ),
          label: say.kind,
        },
        days: [
          { ...day(credentialField('from', row)), label: say.from },
          { ...day(credentialField('until', row)), label: say.until },
        ],
        note: field(credentialField('note', row), { label: say.note }),
      })),
    consent: { on: day('consentOn'), version: field('consentVersion', { narrow: true }) },
    pause: [day('pausedFrom'), day('pausedTo')],
    leftOn: day('leftOn', say.leftHint),
  }
}
