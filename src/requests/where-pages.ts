import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import type { HostRow } from '../hosts/pages.ts'
import { type AudienceRow, capital } from '../topics/pages.ts'
import type { District, Resolved } from './draft-store.ts'
import { kinds } from './draft-store.ts'
import { askPage, type Choice, type HostsPart } from './pages.ts'
import type { Problem, TypedHost } from './rules.ts'
import { named, words } from './words.ts'

/** So many hosts are listed; a longer list asks for a fuller name. */
const mostShown = 12

/** Where the talk is: the hosts that were found, or a new one in the visitor's words. */
export function wherePage(
  language: Language,
  resolved: Resolved,
  typed: TypedHost,
  hits: HostRow[],
  problems: Problem[],
) {
  const say = words[language]
  const audience = resolved.chosen?.audience
  const page = askPage(language, 'when', say.where.heading, problems)
  const part = hostsPart(language, resolved, audience, typed, hits, page.wrong)
  return {
    ...page,
    enter: 'find',
    typed,
    searched: typed.q !== '' && !problems.some(({ field }) => field === 'q'),
    open: part.open,
    part,
    live: `/request/hosts?audience=${audience?.slug ?? ''}&q=`,
  }
}

/** The list of hosts that were found, and the fields of a new one. */
export function hostsPart(
  language: Language,
  { districts }: Pick<Resolved, 'districts'>,
  audience: AudienceRow | undefined,
  typed: TypedHost,
  hits: HostRow[],
  wrong: Record<string, string>,
): HostsPart {
  const say = words[language]
  const suitable = audience?.hostKinds ?? []
  const hosts = hits
    .filter(host => suitable.includes(host.kind) || host.id === typed.host)
    .sort((a, b) => byName(a.name[language], b.name[language]))
  return {
    say,
    wrong,
    said: say.where.count(hosts.length),
    hosts: hosts.slice(0, mostShown).map(host => ({ ...hostChoice(language, host), checked: host.id === typed.host })),
    more: hosts.length > mostShown,
    fresh: typed.host === 'new',
    open:
      typed.host === 'new' ||
      ['kind', 'name', 'district'].some(field => wrong[field]) ||
      (typed.q !== '' && hosts.length === 0),
    // whoever is not in the list has typed its name already
    name: typed.name || (hosts.length === 0 && /\p{L}/u.test(typed.q) ? typed.q : ''),
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
