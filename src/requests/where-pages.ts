import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import type { HostRow } from '../hosts/pages.ts'
import { capital } from '../topics/pages.ts'
import type { District, Resolved } from './draft-store.ts'
import { kinds } from './draft-store.ts'
import { askPage, type Choice } from './pages.ts'
import type { Problem, TypedHost } from './rules.ts'
import { named, words } from './words.ts'

/** So many hosts are listed; a longer list asks for a fuller name. */
const mostShown = 12

/** Where the talk is: the hosts that were found, or a new one in the visitor's words. */
export function wherePage(
  language: Language,
  { districts, chosen }: Resolved,
  typed: TypedHost,
  hits: HostRow[],
  problems: Problem[],
) {
  const say = words[language]
  const suitable = chosen?.audience.hostKinds ?? []
  const hosts = hits
    .filter(host => suitable.includes(host.kind) || host.id === typed.host)
    .sort((a, b) => byName(a.name[language], b.name[language]))
  return {
    ...askPage(language, 'when', say.where.heading, problems),
    enter: 'find',
    typed,
    searched: typed.q !== '' && !problems.some(({ field }) => field === 'q'),
    hosts: hosts.slice(0, mostShown).map(host => ({ ...hostChoice(language, host), checked: host.id === typed.host })),
    more: hosts.length > mostShown,
    open:
      typed.host === 'new' ||
      problems.some(({ field }) => ['kind', 'name', 'district'].includes(field)) ||
      (typed.q !== '' && hosts.length === 0),
    kinds: kinds
      .filter(kind => suitable.includes(kind))
      .map(kind => ({ value: kind, text: capital(named(say.kinds, kind)), checked: kind === typed.kind })),
    districts: districtChoices(language, districts, typed.district),
  }
}

export const hostChoice = (language: Language, host: HostRow): Choice => ({
  value: host.id,
  text: host.name[language],
  checked: false,
  note: `${host.districtName[language]} · ${named(words[language].kinds, host.kind)}`,
})

export const districtChoices = (language: Language, districts: District[], chosen: string): Choice[] =>
  districts
    .map(district => ({
      value: district.kato,
      text: { kk: district.name_kk, ru: district.name_ru, en: district.name_en }[language],
      checked: district.kato === chosen,
    }))
    .sort((a, b) => byName(a.text, b.text))
