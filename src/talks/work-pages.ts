import type { Language } from '../base/i18n/language.ts'
import type { Choice } from '../houses/field-pages.ts'
import type { UnfitLine } from '../speakers/edit-pages.ts'
import { words as topicWords } from '../topics/words.ts'
import { placesOf, type Work, type WorkMistake } from './work-rules.ts'
import type { WorkRow } from './work-store.ts'
import { type WorkWords, words } from './work-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/work': {
      title: string
      say: WorkWords
      invitations: number
      saved: boolean
      wished: boolean
      unfit: UnfitLine[]
      summary: { href: string; text: string }[]
      wrong: Partial<Record<WorkMistake, string>>
      tongues: Choice[]
      homes: Choice[]
      places: Choice[]
      topics: Choice[]
    }
  }
}

/** What a speaker gives, as it stands or as it was sent. */
export function workPage(
  language: Language,
  row: WorkRow,
  sent: Work | undefined,
  { mistakes = [], unfit = [], saved = false }: { mistakes?: WorkMistake[]; unfit?: UnfitLine[]; saved?: boolean },
) {
  const say = words[language]
  const wished = row.wishes.length > 0 ? row.wishes : row.topics
  const its: Work = sent ?? {
    languages: row.languages,
    home: row.home,
    districts: row.own,
    // none of one's own: all of the profession
    topics: wished.length > 0 ? wished : row.known.topics,
  }
  const places = placesOf(row.known)
  const tongues: Record<string, string> = topicWords[language].language
  const marked = (choices: { value: string; text: string }[], chosen: string[]): Choice[] =>
    choices.map(choice => ({ ...choice, checked: chosen.includes(choice.value) }))
  return {
    title: say.title,
    say,
    saved,
    wished: row.wishes.length > 0,
    unfit,
    summary: mistakes.map(mistake => ({ href: `#${mistake}`, text: say.mistakes[mistake] })),
    wrong: Object.fromEntries(mistakes.map(mistake => [mistake, say.mistakes[mistake]])),
    tongues: marked(
      row.known.languages.map(value => ({ value, text: tongues[value] ?? value })),
      its.languages,
    ),
    homes: marked(row.districts, [its.home]),
    places: marked(
      row.districts.filter(({ value }) => places.includes(value)),
      its.districts,
    ),
    topics: marked(row.catalogue, its.topics),
  }
}
