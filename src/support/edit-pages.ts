import type { Language } from '../base/i18n/language.ts'
import {
  type Choice,
  type FormPage,
  fieldsInThree,
  formPage,
  labelsInThree,
  type ThreeFields,
  textsInThree,
} from '../houses/field-pages.ts'
import type { Problem } from '../houses/field-rules.ts'
import { type LineSent, lineAudiences, lineDays, lineFields, lineKinds, lineLanguages } from './edit-rules.ts'
import type { KeptSaid } from './keep-pages.ts'
import type { KeptLine } from './keep-store.ts'
import { type KeepWords, words } from './keep-words.ts'
import { hoursSaid, listSaid, numberSaid } from './said-pages.ts'
import { words as publicWords } from './words.ts'

type Select = { id: string; name: string; label: string; error: string | undefined; first: string; choices: Choice[] }
type Field = { id: string; label: string; hint?: string; value: string; error: string | undefined }

declare module '../base/http/pages.ts' {
  interface Views {
    'support/line': Omit<FormPage, 'here'> & {
      here: 'support'
      say: KeepWords
      /** What the line is now: undefined for one that is being added. */
      line: KeptSaid | undefined
      history: { what: string; by: string }[]
      /** What somebody else saved meanwhile. */
      meanwhile: string[]
      version: string
      names: ThreeFields
      kind: Select
      phone: Field
      url: Field
      always: boolean
      days: Select
      times: Field[]
      spoken: Choice[]
      audience: Choice[]
      selects: Select[]
    }
  }
}

type Typed = Pick<LineSent, 'texts' | 'lists'>

const none = Object.fromEntries(lineFields.map(field => [field, ''])) as LineSent['texts']
/** What stands in the form of a new line. */
export const lineBlank: Typed = {
  texts: { ...none, days: '1-5' },
  lists: { languages: ['kk', 'ru'], audience: ['everyone'] },
}

const answer = (value: boolean | null) => (value === null ? '' : value ? 'yes' : 'no')

/** A line as the fields of its form. */
export function lineTexts(line: KeptLine): Typed {
  const [, days = '1-5', from = '', to = ''] = /^(\S+) (\S+)-(\S+)$/.exec(line.hours ?? '') ?? []
  return {
    texts: {
      ...none,
      ...textsInThree('name', line.names),
      ...{ kind: line.kind, phone: numberSaid(line), url: line.url ?? '' },
      ...{ always: line.hours === '24/7' ? '1' : '', days, from, to },
      ...{ free: answer(line.free), anonymous: answer(line.anonymous), version: String(line.version) },
    },
    lists: { languages: line.languages, audience: line.audience },
  }
}

/** One local line, to be added or changed; what is done to it stands beside. */
export function linePage(
  language: Language,
  its: { id?: string; line?: KeptSaid; history?: { what: string; by: string }[]; meanwhile?: KeptLine | undefined },
  { texts, lists }: Typed,
  problems: Problem[] = [],
) {
  const say = words[language]
  const said = publicWords[language]
  const labels = {
    ...labelsInThree(language, 'name', say.name),
    ...{ kind: say.kind, phone: say.phone, url: say.url, days: say.days, from: say.from, to: say.to },
    ...{ languages: say.languages, audience: say.audience, free: say.free, anonymous: say.anonymous },
  }
  const page = formPage(
    language,
    {
      heading: its.line?.name ?? say.add,
      action: `/app/support/${its.id ?? 'new'}`,
      back: { href: '/app/support', text: say.back },
      here: 'admin',
    },
    problems,
    labels,
  )
  const field = (id: 'phone' | 'url' | 'from' | 'to', hint?: string): Field => ({
    ...{ id, label: labels[id], value: texts[id], error: page.wrong[id] },
    ...(hint === undefined ? {} : { hint }),
  })
  const select = (
    id: 'kind' | 'days' | 'free' | 'anonymous',
    options: (readonly [value: string, text: string])[],
    first = page.common.choose,
  ): Select => ({
    ...{ id, name: id, label: labels[id], error: page.wrong[id], first },
    choices: options.map(([value, text]) => ({ value, text, checked: texts[id] === value })),
  })
  const ticked = (codes: readonly string[], names: Record<string, string>, chosen: string[]): Choice[] =>
    codes.map(value => ({ value, text: names[value] ?? value, checked: chosen.includes(value) }))
  const yesOrNo = [['yes', say.yes] as const, ['no', say.no] as const]
  return {
    ...page,
    here: 'support' as const,
    say,
    line: its.line,
    history: its.history ?? [],
    meanwhile: its.meanwhile ? saidNow(language, its.meanwhile) : [],
    version: texts.version,
    names: fieldsInThree(language, 'name', say.name, texts, page.wrong),
    kind: select(
      'kind',
      lineKinds.map(kind => [kind, say.kinds[kind]] as const),
    ),
    phone: field('phone', say.phoneHint),
    url: field('url', say.urlHint),
    always: texts.always === '1',
    days: select(
      'days',
      lineDays.map(days => [days, said.days[days] ?? days] as const),
    ),
    times: [field('from'), field('to')],
    spoken: ticked(lineLanguages, said.language, lists.languages),
    audience: ticked(lineAudiences, said.audience, lists.audience),
    selects: [select('free', yesOrNo, say.unknown), select('anonymous', yesOrNo, say.unknown)],
  }
}

const saidNow = (language: Language, line: KeptLine): string[] =>
  [
    ...Object.values(line.names),
    words[language].kinds[line.kind as keyof KeepWords['kinds']],
    ...[numberSaid(line), line.url ?? '', hoursSaid(language, line.hours)],
    listSaid(publicWords[language].language, line.languages),
    listSaid(publicWords[language].audience, line.audience),
  ].filter(text => text !== '')
