import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { type ClosureSent, causes, outcomes } from './closure-rules.ts'
import { type ClosureWords, words } from './closure-words.ts'
import {
  type Choice,
  type FormPage,
  fieldsInThree,
  formPage,
  gradeChoices,
  kindChoices,
  labelsInThree,
  type ThreeFields,
} from './field-pages.ts'
import type { Problem } from './field-rules.ts'
import { words as common } from './field-words.ts'
import type { DistrictRow } from './travel-store.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/closure-new': FormPage & {
      say: ClosureWords
      typed: Record<string, string>
      names: ThreeFields
      districts: Choice[]
      kinds: Choice[]
      shifts: Choice[]
      grades: Choice[]
      causes: Choice[]
      outcomes: Choice[]
    }
  }
}

export function closureForm(
  language: Language,
  known: { districts: DistrictRow[]; shifts: string[] },
  { texts, lists }: Pick<ClosureSent, 'texts' | 'lists'>,
  problems: Problem[],
) {
  const say = words[language]
  const its = common[language]
  const labels = {
    from: its.from,
    to: its.to,
    cause: say.cause,
    outcome: say.outcome,
    link: say.link,
    districts: its.districts,
    kinds: its.kinds,
    shifts: say.shifts,
    grades: its.grades,
    ...labelsInThree(language, 'name', say.reason),
  }
  const page = formPage(
    language,
    { heading: say.add, action: '/app/closures/new', back: { href: '/app/closures', text: say.title }, here: 'admin' },
    problems,
    labels,
  )
  return {
    ...page,
    say,
    typed: texts,
    names: fieldsInThree(language, 'name', say.reason, texts, page.wrong),
    districts: districtChoices(language, known.districts, lists.districts),
    kinds: kindChoices(language, lists.kinds),
    grades: gradeChoices(lists.grades),
    shifts: known.shifts.map(value => ({ value, text: say.shift(value), checked: lists.shifts.includes(value) })),
    causes: causes.map(value => ({ value, text: say.causes[value], checked: texts.cause === value })),
    outcomes: outcomes.map(value => ({ value, text: say.outcomes[value], checked: texts.outcome === value })),
  }
}

const districtChoices = (language: Language, districts: DistrictRow[], chosen: readonly string[]): Choice[] =>
  districts
    .map(row => ({ value: row.kato, text: row[`name_${language}`], checked: chosen.includes(row.kato) }))
    .sort((a, b) => byName(a.text, b.text))
