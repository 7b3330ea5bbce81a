import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import {
  type Choice,
  type DateField,
  type FormPage,
  fieldsInThree,
  formPage,
  labelsInThree,
  type ThreeFields,
  textsInThree,
} from '../houses/field-pages.ts'
import type { Problem } from '../houses/field-rules.ts'
import { materialField, materialParts, materialRows, placeRows, type TopicSent, topicLanguages } from './edit-rules.ts'
import { type TopicEditWords, words } from './edit-words.ts'
import { audienceSaid, capital } from './pages.ts'
import type { AudienceRow, findMaterials, ProfessionRow, TopicRow } from './store.ts'
import { languageSaid, words as topicWords } from './words.ts'

type Field = { id: string; label: string; value: string; error: string | undefined }

declare module '../base/http/pages.ts' {
  interface Views {
    'topics/edit': FormPage & {
      say: TopicEditWords
      said: { audiences: string; languages: string; team: string; unchecked: string }
      typed: Record<string, string>
      titles: ThreeFields
      summaries: ThreeFields
      equipment: ThreeFields
      numbers: Field[]
      grades: Field[]
      audiences: Choice[]
      givenIn: Choice[]
      places: { id: string; legend: string; choices: Choice[]; error: string | undefined; count: Field }[]
      materials: { legend: string; texts: Field[]; days: DateField[] }[]
      stale: boolean
      approval: { text: string; over: boolean } | undefined
    }
  }
}

/** A topic as the fields of its form. */
export function topicTexts(
  topic: TopicRow,
  materials: Awaited<ReturnType<typeof findMaterials>>,
): Pick<TopicSent, 'texts' | 'lists'> {
  return {
    texts: {
      ...textsInThree('title', topic.title),
      ...textsInThree('summary', topic.summary),
      ...textsInThree('equipment', topic.equipment),
      minutes: String(topic.minutes),
      gradeFrom: String(topic.grades?.from ?? ''),
      gradeTo: String(topic.grades?.to ?? ''),
      least: String(topic.least),
      most: String(topic.most),
      quotesLaw: topic.quotesLaw ? '1' : '',
      lawAsOf: topic.lawAsOf ?? '',
      open: topic.open ? '1' : '',
      ...Object.fromEntries(topic.places.map((place, at) => [`count-${at + 1}`, String(place.count)])),
      ...Object.fromEntries(
        materials.flatMap((it, at) => [
          [materialField('title', at + 1), it.title],
          [materialField('by', at + 1), it.approved_by],
          [materialField('number', at + 1), it.approval_number],
          [materialField('on', at + 1), it.approved_on],
          [materialField('until', at + 1), it.valid_until ?? ''],
          [materialField('version', at + 1), it.version],
          [materialField('link', at + 1), it.link ?? ''],
        ]),
      ),
    },
    lists: {
      audiences: topic.audiences,
      languages: topic.languages,
      ...Object.fromEntries(topic.places.map((place, at) => [`place-${at + 1}`, place.anyOf])),
    },
  }
}

/** `slug`: undefined for a new topic. */
type Known = {
  slug: string | undefined
  stale: boolean
  approval?: { text: string; over: boolean } | undefined
  audiences: AudienceRow[]
  professions: ProfessionRow[]
}

/** What stands in the form of a new topic. */
export const topicBlank: Pick<TopicSent, 'texts' | 'lists'> = { texts: { minutes: '45', open: '1' }, lists: {} }

export function topicPage(
  language: Language,
  { slug, stale, approval, audiences, professions }: Known,
  { texts, lists }: Pick<TopicSent, 'texts' | 'lists'>,
  problems: Problem[] = [],
) {
  const say = words[language]
  const its = topicWords[language]
  const partLabel = (row: number, part: (typeof materialParts)[number]) => `${say.row(row)}, ${say.material[part]}`
  const labels = {
    ...labelsInThree(language, 'title', say.name),
    ...labelsInThree(language, 'summary', say.summary),
    ...labelsInThree(language, 'equipment', say.equipment),
    minutes: say.minutes,
    gradeFrom: say.gradeFrom,
    gradeTo: say.gradeTo,
    least: say.least,
    most: say.most,
    lawAsOf: say.lawAsOf,
    audiences: its.audiences,
    languages: its.languages,
    ...Object.fromEntries(
      placeRows.flatMap(row => [
        [`place-${row}`, say.place(row)],
        [`count-${row}`, `${say.place(row)}, ${say.count}`],
      ]),
    ),
    ...Object.fromEntries(
      materialRows.flatMap(row => materialParts.map(part => [materialField(part, row), partLabel(row, part)])),
    ),
  }
  const heading = slug === undefined ? say.add : texts[`title_${language}`] || slug
  const page = formPage(
    language,
    {
      heading,
      action: `/app/topics/${slug ?? 'new'}`,
      back: { href: '/app/topics', text: its.topics },
      here: 'topics',
    },
    problems,
    labels,
  )
  const ticked = (name: string, value: string) => lists[name]?.includes(value) ?? false
  const field = (id: string, label: string): Field => ({ id, label, value: texts[id] ?? '', error: page.wrong[id] })
  return {
    ...page,
    say,
    typed: texts,
    stale,
    approval,
    said: { audiences: its.audiences, languages: its.languages, team: its.team, unchecked: its.lawUnchecked },
    titles: fieldsInThree(language, 'title', say.name, texts, page.wrong),
    summaries: fieldsInThree(language, 'summary', say.summary, texts, page.wrong, true),
    equipment: fieldsInThree(language, 'equipment', say.equipment, texts, page.wrong, true),
    numbers: [field('minutes', say.minutes), field('least', say.least), field('most', say.most)],
    grades: [field('gradeFrom', say.gradeFrom), field('gradeTo', say.gradeTo)],
    audiences: audiences.map(it => ({
      value: it.slug,
      text: capital(audienceSaid(language, it.slug, audiences)),
      checked: ticked('audiences', it.slug),
    })),
    givenIn: topicLanguages.map(value => ({
      value,
      text: languageSaid(its, value),
      checked: ticked('languages', value),
    })),
    places: shown(placeRows, row => (lists[`place-${row}`]?.length ?? 0) > 0).map(row => ({
      id: `place-${row}`,
      legend: say.place(row),
      error: page.wrong[`place-${row}`],
      count: field(`count-${row}`, say.count),
      choices: professions
        .map(it => ({ value: it.slug, text: it.name[language], checked: ticked(`place-${row}`, it.slug) }))
        .sort((a, b) => byName(a.text, b.text)),
    })),
    materials: shown(materialRows, row => materialParts.some(part => texts[materialField(part, row)])).map(row => ({
      legend: say.row(row),
      texts: (['title', 'version', 'link', 'by', 'number'] as const).map(part =>
        field(materialField(part, row), say.material[part]),
      ),
      days: (['on', 'until'] as const).map(part => field(materialField(part, row), say.material[part])),
    })),
  }
}

/** The rows that are filled and the next one. */
function shown(rows: number[], filled: (row: number) => boolean): number[] {
  const last = rows.findLast(filled) ?? 0
  return rows.filter(row => row <= last + 1)
}
