import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'
import type { HelpLine } from '../houses/public-pages.ts'
import { approvalState } from './rules.ts'
import type { AudienceRow, ProfessionRow, TopicRow } from './store.ts'
import { languageSaid, type TopicWords, words } from './words.ts'

export type { AudienceRow, TopicRow } from './store.ts'

export type Seat = { text: string; hue: string }
/** One place of the team: any of these professions. */
export type SeatsSaid = { any: Seat[]; count: number }
export type TopicCard = {
  href: string
  title: string
  summary: string
  facts: string
  seats: SeatsSaid[]
  or: string
  and: string
}
export type Filter = { href: string; text: string; here: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/topic-card': TopicCard
    'parts/audience-filter': { label: string; filters: Filter[]; more: string }
    'topics/list': {
      title: string
      description: string
      say: TopicWords
      filters: Filter[]
      bands: Filter[]
      topics: TopicCard[]
    }
    'topics/show': {
      title: string
      description: string
      say: TopicWords
      ask: string
      all: string
      rows: { label: string; text: string }[]
      seats: SeatsSaid[]
      needs: string[]
      materials: { title: string; link: string; approved: string }[]
      help: HelpLine[]
    }
    'topics/staff': {
      title: string
      here: 'topics'
      say: TopicWords
      mayEdit: boolean
      add: string
      topics: (TopicCard & {
        open: boolean
        stale: string | undefined
        approval: { text: string; over: boolean } | undefined
        rows: string[]
      })[]
    }
  }
}

const hues: Record<string, string> = {
  historian: 'his',
  academic: 'his',
  psychologist: 'psy',
  teacher: 'psy',
  'social-worker': 'psy',
  doctor: 'psy',
  lawyer: 'law',
  inspector: 'law',
  mediator: 'law',
  mentor: 'men',
  theologian: 'men',
  'religious-scholar': 'men',
}
export const hueOf = (profession: string): string => hues[profession] ?? 'his'

export function cardOf(
  language: Language,
  topic: TopicRow,
  audiences: AudienceRow[],
  professions: ProfessionRow[],
  href: string,
): TopicCard {
  const say = words[language]
  return {
    href,
    title: topic.title[language],
    summary: topic.summary[language],
    seats: seatsOf(language, topic, professions),
    or: say.or,
    and: say.and,
    facts: `${say.minutes(topic.minutes)} · ${forWhom(language, topic, audiences)}`,
  }
}

/** Those who may ask for it; pupils by their grades. */
export const forWhom = (language: Language, topic: TopicRow, audiences: AudienceRow[]): string =>
  topic.audiences
    .map(slug =>
      slug === 'pupils' && topic.grades
        ? words[language].grades(topic.grades.from, topic.grades.to)
        : audienceSaid(language, slug, audiences),
    )
    .join(', ')

export const audienceSaid = (language: Language, slug: string, audiences: AudienceRow[]): string =>
  audiences.find(audience => audience.slug === slug)?.name[language] ?? slug

export const seatsOf = (
  language: Language,
  topic: Pick<TopicRow, 'places'>,
  professions: ProfessionRow[],
): SeatsSaid[] =>
  topic.places.map(({ anyOf, count }) => ({
    count,
    any: anyOf.map(slug => ({
      text: professions.find(each => each.slug === slug)?.name[language] ?? slug,
      hue: hueOf(slug),
    })),
  }))

/** Links that keep the topics of one audience. */
export function filtersOf(
  language: Language,
  topics: TopicRow[],
  audiences: AudienceRow[],
  chosen: string | undefined,
  path: string,
): Filter[] {
  const used = audiences.filter(audience => topics.some(topic => topic.audiences.includes(audience.slug)))
  return [
    { href: path, text: words[language].all, here: chosen === undefined },
    ...used.map(({ slug, name }) => ({
      href: `${path}?audience=${slug}`,
      text: capital(name[language]),
      here: chosen === slug,
    })),
  ]
}

/** The ages of a school, as it speaks of them: primary, middle, before the exams, the oldest. */
const bands = [
  { from: 1, to: 4 },
  { from: 5, to: 7 },
  { from: 8, to: 9 },
  { from: 10, to: 11 },
]
export type Band = (typeof bands)[number]
export const bandOf = (text: unknown): Band | undefined => bands.find(({ from, to }) => text === `${from}-${to}`)

/** Whether a topic is for pupils of these grades. */
export const isFor = ({ audiences, grades }: TopicRow, band: Band): boolean =>
  audiences.includes('pupils') && grades !== undefined && grades.from <= band.to && grades.to >= band.from

/** Links that keep the topics for pupils of some grades; none where pupils are not meant. */
export function bandsOf(
  language: Language,
  topics: TopicRow[],
  chosen: { audience: string | undefined; band: Band | undefined },
  path: string,
): Filter[] {
  if (chosen.audience !== undefined && chosen.audience !== 'pupils') return []
  return bands
    .filter(band => topics.some(topic => isFor(topic, band)))
    .map(band => ({
      href: `${path}?audience=pupils&grades=${band.from}-${band.to}`,
      text: words[language].grades(band.from, band.to),
      here: band === chosen.band,
    }))
}

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('kk') + text.slice(1)

/** One topic with all that a host asks before asking for it. */
export function topicRows(
  language: Language,
  topic: TopicRow,
  audiences: AudienceRow[],
): { label: string; text: string }[] {
  const say = words[language]
  return [
    { label: say.forWhom, text: forWhom(language, topic, audiences) },
    {
      label: say.length,
      text: [say.minutes(topic.minutes), ...(topic.rules.includes('fits-lesson') ? [say.lessons] : [])].join('. '),
    },
    { label: say.languages, text: topic.languages.map(code => languageSaid(say, code)).join(', ') },
    { label: say.heads, text: `${topic.least}–${topic.most}` },
    ...(topic.quotesLaw ? [{ label: '', text: lawSaid(language, topic) }] : []),
  ]
}

/** That the approval of a topic's materials has ended or ends within a month. */
export function approvalSaid(
  language: Language,
  { approvedUntil }: Pick<TopicRow, 'approvedUntil'>,
  today: Day,
): { text: string; over: boolean } | undefined {
  const state = approvalState(approvedUntil, today)
  if (!state || !approvedUntil) return
  return { text: words[language].approval[state](dateDigits(approvedUntil)), over: state === 'over' }
}

/** When the law that the topic quotes was last read through, if it ever was. */
export const lawSaid = (language: Language, { lawAsOf }: Pick<TopicRow, 'lawAsOf'>): string =>
  lawAsOf ? words[language].lawAsOf(dateDigits(lawAsOf)) : words[language].lawUnchecked
