import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { banKinds, banStrengths, reaches } from './calendar-rules.ts'
import type { BanRow, findAudienceNames, findHostNames, HolidayRow, SwapRow } from './calendar-store.ts'
import { type CalendarWords, words } from './calendar-words.ts'
import {
  type Choice,
  type FormPage,
  fieldsInThree,
  formPage,
  gradeChoices,
  kindChoices,
  labelsInThree,
  type ThreeFields,
  textsInThree,
} from './field-pages.ts'
import type { Problem } from './field-rules.ts'
import { words as common } from './field-words.ts'
import { words as yearWords } from './school-year-words.ts'

type Texts = Record<string, string>
type Lists = Record<string, string[]>
export type Filled = { texts: Texts; lists: Lists; problems: Problem[] }
type KeptForm = FormPage & { say: CalendarWords; typed: Texts; names: ThreeFields; removal: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/calendar-holiday': KeptForm
    'houses/calendar-swap': KeptForm
    'houses/calendar-ban': KeptForm & {
      kinds: Choice[]
      strengths: Choice[]
      hostKinds: Choice[]
      grades: Choice[]
      hosts: Choice[]
      except: Choice[]
      country: boolean
      reach: { legend: string; choices: Choice[] } | undefined
    }
  }
}

const named = (row: { name_kk: string; name_ru: string; name_en: string }) =>
  textsInThree('name', { kk: row.name_kk, ru: row.name_ru, en: row.name_en })
const ticked = (yes: boolean) => (yes ? '1' : '')
const back = (language: Language) => ({ href: '/app/calendar', text: words[language].title })

export const holidayTexts = (row: HolidayRow): Texts => ({
  on: row.on_date,
  ...named(row),
  source: row.source,
  transferable: ticked(row.transferable),
  mayShift: ticked(row.may_shift),
  confirmed: ticked(row.status === 'confirmed'),
})

export function holidayPage(language: Language, { texts, problems }: Filled, action: string, isNew: boolean) {
  const say = words[language]
  const labels = {
    on: common[language].date,
    source: say.source,
    ...labelsInThree(language, 'name', common[language].name),
  }
  const page = formPage(
    language,
    { heading: isNew ? say.newHoliday : say.holiday, action, back: back(language), here: 'admin' },
    problems,
    labels,
  )
  return {
    ...page,
    say,
    typed: texts,
    names: fieldsInThree(language, 'name', common[language].name, texts, page.wrong),
    removal: isNew ? '' : `${action}/removal`,
  }
}

export const swapTexts = (row: SwapRow): Texts => ({
  off: row.off_on,
  work: row.work_on,
  ...named(row),
  source: row.source,
})

export function swapPage(language: Language, { texts, problems }: Filled, action: string, isNew: boolean) {
  const say = words[language]
  const labels = {
    off: say.off,
    work: say.work,
    source: say.source,
    ...labelsInThree(language, 'name', common[language].name),
  }
  const page = formPage(
    language,
    { heading: isNew ? say.newSwap : say.swap, action, back: back(language), here: 'admin' },
    problems,
    labels,
  )
  return {
    ...page,
    say,
    typed: texts,
    names: fieldsInThree(language, 'name', common[language].name, texts, page.wrong),
    removal: isNew ? '' : `${action}/removal`,
  }
}

export const banTexts = (row: BanRow): Texts => ({
  kind: row.kind,
  strength: row.strength,
  from: row.from_on,
  to: row.to_on,
  host: row.host_id ?? '',
  ...named(row),
})
export const banLists = (row: BanRow): Lists => ({
  kinds: row.host_kinds,
  grades: row.grades.map(String),
  except: row.except_audiences,
})

export type BanOffers = {
  hosts: Awaited<ReturnType<typeof findHostNames>>
  audiences: Awaited<ReturnType<typeof findAudienceNames>>
}

export function banPage(
  language: Language,
  { texts, lists, problems }: Filled,
  { hosts, audiences }: BanOffers,
  action: string,
  row: { country: boolean } | undefined,
  national = false,
) {
  const say = words[language]
  const its = common[language]
  const labels = {
    kind: say.kind,
    strength: say.strength,
    from: its.from,
    to: its.to,
    kinds: its.kinds,
    grades: its.grades,
    host: say.host,
    except: say.except,
    ...labelsInThree(language, 'name', its.name),
  }
  const page = formPage(
    language,
    { heading: row ? say.ban : say.newBan, action, back: back(language), here: 'admin' },
    problems,
    labels,
  )
  const chosen = (name: string, value: string) => lists[name]?.includes(value) ?? false
  return {
    ...page,
    say,
    typed: texts,
    country: row?.country ?? false,
    reach:
      row || !national
        ? undefined
        : {
            legend: yearWords[language].reach,
            choices: reaches.map(value => ({
              value,
              text: yearWords[language].reaches[value],
              checked: (texts['reach'] || 'house') === value,
            })),
          },
    removal: row ? `${action}/removal` : '',
    names: fieldsInThree(language, 'name', its.name, texts, page.wrong),
    kinds: banKinds.map(value => ({ value, text: say.kinds[value], checked: texts['kind'] === value })),
    strengths: banStrengths.map(value => ({ value, text: say.strengths[value], checked: texts['strength'] === value })),
    hostKinds: kindChoices(language, lists['kinds'] ?? []),
    grades: gradeChoices(lists['grades'] ?? []),
    hosts: hosts
      .map(it => ({ value: it.id, text: it[`name_${language}`], checked: texts['host'] === it.id }))
      .sort((a, b) => byName(a.text, b.text)),
    except: audiences.map(it => ({ value: it.slug, text: it[`name_${language}`], checked: chosen('except', it.slug) })),
  }
}
