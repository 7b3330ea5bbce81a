import type { Day } from '../base/time.ts'
import { inThree, type Problem, reading, type Said } from '../houses/field-rules.ts'
import type { Place } from './rules.ts'

export type Material = {
  title: string
  approvedBy: string
  approvalNumber: string
  approvedOn: Day
  validUntil: Day | undefined
  version: string
  link: string | undefined
}
export type TopicValue = {
  titles: Said
  summaries: Said
  equipment: Said
  minutes: number
  grades: { from: number; to: number } | undefined
  least: number
  most: number
  quotesLaw: boolean
  lawAsOf: Day | undefined
  open: boolean
  audiences: string[]
  languages: string[]
  places: Place[]
  materials: Material[]
}

export const topicLanguages = ['kk', 'ru', 'en', 'uz', 'ug', 'tg']
/** Rows of a form that can't grow by itself: those that are filled and two more, up to these. */
export const placeRows = Array.from({ length: 8 }, (_, at) => at + 1)
export const materialRows = Array.from({ length: 20 }, (_, at) => at + 1)
export const materialParts = ['title', 'by', 'number', 'on', 'until', 'version', 'link'] as const
export const materialField = (part: (typeof materialParts)[number], row: number): string => `material-${part}-${row}`

export const topicFields: string[] = [
  ...inThree('title'),
  ...inThree('summary'),
  ...inThree('equipment'),
  'minutes',
  'gradeFrom',
  'gradeTo',
  'least',
  'most',
  'quotesLaw',
  'lawAsOf',
  'open',
  ...placeRows.map(row => `count-${row}`),
  ...materialRows.flatMap(row => materialParts.map(part => materialField(part, row))),
]
export const topicLists: string[] = ['audiences', 'languages', ...placeRows.map(row => `place-${row}`)]
export type TopicSent = { texts: Record<string, string>; lists: Record<string, string[]>; repeated: string[] }

const longestTitle = 200
const longestText = 600
const highestGrade = 12
const mostHeads = 5000
const longestLink = 500

export function readTopicForm(
  sent: TopicSent,
  known: { audiences: string[]; professions: string[]; today: Day },
): { value: TopicValue | undefined; problems: Problem[] } {
  const form = reading(sent)
  const text = (field: string) => sent.texts[field] ?? ''
  const value: TopicValue = {
    titles: form.said('title_kk', 'title_ru', 'title_en', longestTitle),
    summaries: form.said('summary_kk', 'summary_ru', 'summary_en', longestText),
    minutes: form.whole('minutes', 10, 240),
    ...headsOf(),
    open: text('open') === '1',
    audiences: form.some('audiences', known.audiences, 1),
    grades: gradesOf(),
    languages: form.some('languages', topicLanguages, 1),
    equipment: {
      kk: form.long('equipment_kk', longestText),
      ru: form.long('equipment_ru', longestText),
      en: form.long('equipment_en', longestText),
    },
    places: placesOf(),
    quotesLaw: text('quotesLaw') === '1',
    lawAsOf: pastDay('lawAsOf', form.dayOrNone('lawAsOf')),
    materials: materialsOf(),
  }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }

  /** Pupils are asked for by grades, so a topic for them names its own. */
  function gradesOf(): TopicValue['grades'] {
    const forPupils = sent.lists['audiences']?.includes('pupils') ?? false
    if (text('gradeFrom') === '' && text('gradeTo') === '' && !forPupils) return
    const [from, to] = [form.whole('gradeFrom', 0, highestGrade), form.whole('gradeTo', 0, highestGrade)]
    const read = !form.problems.some(({ field }) => field === 'gradeFrom' || field === 'gradeTo')
    if (read && from > to) form.wrong({ field: 'gradeTo', code: 'downwards' })
    return { from, to }
  }

  function headsOf(): { least: number; most: number } {
    const [least, most] = [form.whole('least', 1, mostHeads), form.whole('most', 1, mostHeads)]
    const read = !form.problems.some(({ field }) => field === 'least' || field === 'most')
    if (read && least > most) form.wrong({ field: 'most', code: 'downwards' })
    return { least, most }
  }

  /** A row without professions is no place: so a place is taken away by clearing its boxes. */
  function placesOf(): Place[] {
    const places = placeRows.flatMap(row => {
      const anyOf = form.some(`place-${row}`, known.professions)
      if (anyOf.length === 0) return []
      return [{ anyOf, count: text(`count-${row}`) === '' ? 1 : form.whole(`count-${row}`, 1, 10) }]
    })
    if (places.length === 0) form.wrong({ field: 'place-1', code: 'none' })
    return places
  }

  function materialsOf(): Material[] {
    return materialRows.flatMap(row => {
      const field = (part: (typeof materialParts)[number]) => materialField(part, row)
      if (materialParts.every(part => text(field(part)) === '')) return []
      const [title, approvedBy, approvalNumber] = [
        form.line(field('title'), longestTitle),
        form.line(field('by'), longestTitle),
        form.line(field('number'), 60),
      ]
      const approvedOn = pastDay(field('on'), form.day(field('on')))
      const validUntil = form.dayOrNone(field('until'))
      if (approvedOn && validUntil && validUntil < approvedOn)
        form.wrong({ field: field('until'), code: 'ends-before' })
      const version = form.long(field('version'), 40)
      const link =
        text(field('link')) === ''
          ? undefined
          : form.like(field('link'), linkOf(field('link')), 'https://example.kz/film')
      return approvedOn ? [{ title, approvedBy, approvalNumber, approvedOn, validUntil, version, link }] : []
    })
  }

  /** Where a material is read: https alone, as in a letter nobody sees where a link leads. */
  function linkOf(field: string): string | undefined {
    const link = text(field)
    return link.length <= longestLink && URL.canParse(link) && link.startsWith('https://') ? link : undefined
  }

  function pastDay(field: string, day: Day | undefined): Day | undefined {
    if (day && day > known.today) form.wrong({ field, code: 'future' })
    return day
  }
}

/** A short name for addresses, out of the English title; `new` is an address of its own. */
export function slugFor(title: string, taken: string[]): string {
  const plain =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-|-$/g, '') || 'topic'
  for (let n = 1; ; n++) {
    const slug = n === 1 ? plain : `${plain}-${n}`
    if (slug !== 'new' && !taken.includes(slug)) return slug
  }
}
