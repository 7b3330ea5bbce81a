import { byName } from '../base/i18n/fold.ts'
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
import { words as common, type FieldWords } from '../houses/field-words.ts'
import type { GroupRow, PersonRow } from './store.ts'
import { type GroupWords, words } from './words.ts'

type District = { kato: string; name_kk: string; name_ru: string; name_en: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'groups/list': {
      title: string
      here: 'admin'
      say: GroupWords
      common: FieldWords
      groups: { href: string; name: string; districts: string; members: string[]; count: string }[]
    }
    'groups/edit': FormPage & { say: GroupWords; names: ThreeFields; districts: Choice[]; members: Choice[] }
  }
}

export function groupList(language: Language, groups: GroupRow[], districts: District[], people: PersonRow[]) {
  const say = words[language]
  const lines = groups.map(group => {
    const members = people
      .filter(person => group.members.includes(person.id))
      .map(person => person[`name_${language}`])
      .sort(byName)
    return {
      href: `/app/groups/${group.id}`,
      name: group[`name_${language}`],
      members,
      count: say.people(members.length),
      districts:
        group.districts.length === 0 || group.districts.length === districts.length
          ? say.everywhere
          : districts
              .filter(it => group.districts.includes(it.kato))
              .map(it => it[`name_${language}`])
              .sort(byName)
              .join(', '),
    }
  })
  return {
    title: say.title,
    here: 'admin' as const,
    say,
    common: common[language],
    groups: lines.sort((a, b) => byName(a.name, b.name)),
  }
}

export type GroupFilled = {
  texts: Record<string, string>
  lists: { districts: string[]; members: string[] }
  problems: Problem[]
}
export const groupFilled = (group: GroupRow): GroupFilled => ({
  texts: textsInThree('name', { kk: group.name_kk, ru: group.name_ru, en: group.name_en }),
  lists: group,
  problems: [],
})

export function groupPage(
  language: Language,
  { texts, lists, problems }: GroupFilled,
  districts: District[],
  people: PersonRow[],
  id: string | undefined,
) {
  const say = words[language]
  const its = common[language]
  const labels = { districts: its.districts, members: say.members, ...labelsInThree(language, 'name', its.name) }
  const page = formPage(
    language,
    {
      heading: id ? say.group : say.add,
      action: `/app/groups/${id ?? 'new'}`,
      back: { href: '/app/groups', text: say.title },
      here: 'admin',
    },
    problems,
    labels,
  )
  const sorted = (choices: Choice[]) => choices.sort((a, b) => byName(a.text, b.text))
  return {
    ...page,
    say,
    names: fieldsInThree(language, 'name', its.name, texts, page.wrong),
    districts: sorted(
      districts.map(it => ({
        value: it.kato,
        text: it[`name_${language}`],
        checked: lists.districts.includes(it.kato),
      })),
    ),
    members: sorted(
      people.map(it => ({
        value: it.id,
        text: [it[`name_${language}`], ...it.professions.map(profession => profession[language])].join(', '),
        checked: lists.members.includes(it.id),
      })),
    ),
  }
}
