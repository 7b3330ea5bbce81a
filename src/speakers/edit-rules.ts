import { isLanguage, type Language } from '../base/i18n/language.ts'
import type { Day, Weekday } from '../base/time.ts'
import { hoursIn } from '../hosts/hours-text-rules.ts'
import type { Point } from '../hosts/rules.ts'
import { inThree, type Problem, reading, type Said } from '../houses/field-rules.ts'
import { topicLanguages } from '../topics/edit-rules.ts'
import type { Transport, Weekly } from './rules.ts'
import { mostWished } from './wish-rules.ts'

/** `note`: which training, or the number of the paper. */
export type Credential = { kind: string; from: Day; until: Day | undefined; note: string }
export type SpeakerValue = {
  names: Said
  /** How letters greet the person. */
  addresses: Said
  email: string
  phone: string | null
  language: Language
  professions: string[]
  languages: string[]
  topics: string[]
  audiences: string[]
  groups: string[]
  homeDistrict: string
  home: Point | undefined
  transport: Transport
  limits: { day: number; week: number; month: number }
  hoursOffered: number
  weekly: (Weekly & { given: boolean })[]
  credentials: Credential[]
  consent: { on: Day; version: string } | undefined
  pause: { from: Day; to: Day | undefined } | undefined
  leftOn: Day | undefined
}

export const weekdays: Weekday[] = [1, 2, 3, 4, 5, 6, 7]
export const transports = ['walk', 'transit', 'car'] as const satisfies Transport[]
export const credentialKinds = ['no-record', 'medical', 'training', 'volunteer-training']
/** Rows of a form that can't grow by itself: those that are filled and one more, up to these. */
export const credentialRows = [1, 2, 3, 4, 5, 6, 7, 8]
export const credentialParts = ['kind', 'from', 'until', 'note'] as const
export const credentialField = (part: (typeof credentialParts)[number], row: number): string =>
  `credential-${part}-${row}`
export const givenField = (weekday: Weekday): string => `given-${weekday}`
export const busyField = (weekday: Weekday): string => `busy-${weekday}`

export const speakerFields: string[] = [
  ...inThree('name'),
  ...inThree('address'),
  'email',
  'phone',
  'language',
  'district',
  'point',
  'transport',
  'day',
  'week',
  'month',
  'hours',
  ...weekdays.flatMap(weekday => [givenField(weekday), busyField(weekday)]),
  ...credentialRows.flatMap(row => credentialParts.map(part => credentialField(part, row))),
  'consentOn',
  'consentVersion',
  'pausedFrom',
  'pausedTo',
  'leftOn',
]
export const speakerLists = ['professions', 'languages', 'topics', 'audiences', 'groups'] as const
export type SpeakerSent = {
  texts: Record<string, string>
  lists: Record<(typeof speakerLists)[number], string[]>
  repeated: string[]
}
export type SpeakerKnown = Record<Exclude<(typeof speakerLists)[number], 'languages'>, string[]> & {
  districts: string[]
  credentials: string[]
}

type Listed = { id: string }[]
type Coded = { slug: string }[]
/** Of the choices of a form the codes that may come back. */
export const speakerKnown = (it: {
  professions: Coded
  audiences: Coded
  topics: Listed
  groups: Listed
  districts: { kato: string }[]
  credentials: string[]
}): SpeakerKnown => ({
  professions: it.professions.map(({ slug }) => slug),
  audiences: it.audiences.map(({ slug }) => slug),
  topics: it.topics.map(({ id }) => id),
  groups: it.groups.map(({ id }) => id),
  districts: it.districts.map(({ kato }) => kato),
  credentials: it.credentials,
})

const longestName = 150
const mostHours = 600
const longestNote = 120
const hoursExample = '09:00–13:00, 15:00–18:00'

/** A speaker as a coordinator wrote it down; a greeting left empty is the name. */
export function readSpeaker(
  sent: SpeakerSent,
  known: SpeakerKnown,
): { value: SpeakerValue | undefined; problems: Problem[] } {
  const form = reading(sent)
  const text = (field: string) => sent.texts[field] ?? ''
  const names = form.said('name_kk', 'name_ru', 'name_en', longestName)
  const greeting = (language: Language) => form.long(`address_${language}`, longestName) || names[language]
  const { language } = sent.texts
  if (!isLanguage(language)) form.wrong({ field: 'language', code: 'unknown' })
  const value: SpeakerValue = {
    names,
    addresses: { kk: greeting('kk'), ru: greeting('ru'), en: greeting('en') },
    email: form.email('email'),
    phone: form.phoneOrNone('phone'),
    language: isLanguage(language) ? language : 'kk',
    professions: form.some('professions', known.professions, 1),
    languages: form.some('languages', topicLanguages, 1),
    topics: form.some('topics', known.topics),
    audiences: form.some('audiences', known.audiences),
    groups: form.some('groups', known.groups),
    homeDistrict: form.one('district', known.districts) ?? '',
    home: form.pointOrNone('point'),
    transport: form.one('transport', transports) ?? 'transit',
    limits: {
      day: form.whole('day', 0, mostWished.day),
      week: form.whole('week', 0, mostWished.week),
      month: form.whole('month', 0, mostWished.month),
    },
    hoursOffered: form.decimal('hours', 0, mostHours),
    weekly: weekdays.flatMap(weekday => [...hours(weekday, true), ...hours(weekday, false)]),
    credentials: credentials(),
    consent: consent(),
    pause: pause(),
    leftOn: form.dayOrNone('leftOn'),
  }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }

  function hours(weekday: Weekday, given: boolean): SpeakerValue['weekly'] {
    const field = given ? givenField(weekday) : busyField(weekday)
    const parts = text(field) === '' ? [] : form.like(field, hoursIn(text(field)), hoursExample)
    return (parts ?? []).map(({ from, to }) => ({ weekday, from, to, given }))
  }

  /** A row without a kind and a date is no paper: so a paper is taken away by clearing its row. */
  function credentials(): Credential[] {
    const found: Credential[] = []
    for (const row of credentialRows) {
      const field = (part: (typeof credentialParts)[number]) => credentialField(part, row)
      if (credentialParts.every(part => text(field(part)) === '')) continue
      const [kind, from] = [form.one(field('kind'), known.credentials), form.day(field('from'))]
      const until = form.dayOrNone(field('until'))
      const note = form.long(field('note'), longestNote)
      if (!kind || !from) continue
      if (until && until < from) form.wrong({ field: field('until'), code: 'ends-before' })
      if (found.some(each => each.kind === kind && each.from === from))
        form.wrong({ field: field('from'), code: 'taken' })
      found.push({ kind, from, until, note })
    }
    return found
  }

  function consent(): SpeakerValue['consent'] {
    if (text('consentOn') === '' && text('consentVersion') === '') return
    const [on, version] = [form.day('consentOn'), form.line('consentVersion', 60)]
    return on ? { on, version } : undefined
  }

  function pause(): SpeakerValue['pause'] {
    if (text('pausedFrom') === '' && text('pausedTo') === '') return
    const [from, to] = [form.day('pausedFrom'), form.dayOrNone('pausedTo')]
    if (from && to && to < from) form.wrong({ field: 'pausedTo', code: 'ends-before' })
    return from ? { from, to } : undefined
  }
}
