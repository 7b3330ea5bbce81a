import type { FieldPart } from '../base/http/pages.ts'
import { type Language, languages } from '../base/i18n/language.ts'
import { zoneSaid } from '../base/i18n/zones.ts'
import {
  type Choice,
  type FormPage,
  fieldsInThree,
  formPage,
  labelsInThree,
  type ThreeFields,
} from '../houses/field-pages.ts'
import type { Problem } from '../houses/field-rules.ts'
import { words as houseWords } from '../houses/policy-words.ts'
import { words as adminWords } from './admin-words.ts'
import type { HouseField } from './house-rules.ts'
import { type HouseWords, words } from './house-words.ts'

type Select = { id: string; name: string; label: string; error: string | undefined; first: string; choices: Choice[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'accounts/house': FormPage & {
      say: HouseWords
      names: ThreeFields
      slug: FieldPart
      region: Select
      zone: Select
      times: FieldPart[]
      phone: FieldPart
      person: ThreeFields
      email: FieldPart
      writes: Choice[]
    }
  }
}

/** The form of one more House, with what was typed and what is to be mended. */
export function housePage(
  language: Language,
  known: { regions: { kato: string; name: string }[]; zones: string[] },
  texts: Record<HouseField, string>,
  problems: Problem[] = [],
) {
  const say = words[language]
  const page = formPage(
    language,
    {
      heading: say.add,
      action: '/admin/houses/new',
      back: { href: '/admin/houses', text: houseWords[language].title },
      here: 'admin',
    },
    problems,
    {
      ...say.labels,
      ...labelsInThree(language, 'name', say.name),
      ...labelsInThree(language, 'person', say.person),
    },
  )
  const field = (id: keyof typeof say.labels, more: Partial<FieldPart> = {}): FieldPart => ({
    id,
    name: id,
    label: say.labels[id],
    error: page.wrong[id],
    value: texts[id],
    ...more,
  })
  const select = (id: 'region' | 'zone', first: string, choices: { value: string; text: string }[]): Select => ({
    ...field(id),
    error: page.wrong[id],
    first,
    choices: choices.map(each => ({ ...each, checked: texts[id] === each.value })),
  })
  return {
    ...page,
    say,
    names: fieldsInThree(language, 'name', say.name, texts, page.wrong),
    slug: field('slug', { hint: say.slugHint }),
    region: select(
      'region',
      say.choose,
      known.regions.map(({ kato, name }) => ({ value: kato, text: name })),
    ),
    zone: select(
      'zone',
      say.ofRegion,
      known.zones.map(zone => ({ value: zone, text: zoneSaid(language, zone) })),
    ),
    times: [field('opens_at', { type: 'time' }), field('closes_at', { type: 'time' })],
    phone: field('phone', { type: 'tel', inputmode: 'tel' }),
    person: fieldsInThree(language, 'person', say.person, texts, page.wrong),
    email: field('email', { type: 'email', inputmode: 'email' }),
    writes: languages.map(each => ({
      value: each,
      text: adminWords[language].languages[each],
      checked: texts.language === each,
    })),
  }
}
