import { dateSaid, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'
import type { Closure } from '../hosts/rules.ts'
import { spanSaid } from '../houses/calendar-pages.ts'
import { type ClosureSent, type ClosureValue, closureLists, touched } from '../houses/closure-rules.ts'
import { type ClosureWords, words } from '../houses/closure-words.ts'
import { type Choice, gradesSaid, kindsSaid } from '../houses/field-pages.ts'
import { words as common, type FieldWords } from '../houses/field-words.ts'
import { fatesFor, proposalFor } from './closing-rules.ts'
import { type ClosurePageWords, words as pageWords } from './closure-page-words.ts'
import type { ClosureShown, DistrictNamed, TalkTouched } from './closure-progress-store.ts'

export type Row = { label: string; text: string }
export type State = 'stands' | 'over' | 'lifted'
type Line = {
  href: string
  name: string
  where: string
  forWhom: string
  when: string
  outcome: string
  state: State
  changed: number
}
/** A talk that would be touched, with what may become of it. */
export type TouchedTalk = {
  href: string
  when: string
  host: string
  topic: string
  noScreen: boolean
  fate: { name: string; choices: Choice[]; error: string | undefined }
  link: { name: string; value: string; error: string | undefined } | undefined
}
/** What was chosen on the page, by the names of its fields, and what of it is wrong. */
export type Chosen = { typed: Record<string, string>; wrong: Record<string, 'fate' | 'link'> }

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/closures': { title: string; here: 'admin'; say: ClosureWords; common: FieldWords; closures: Line[] }
    'talks/closure-check': {
      title: string
      here: 'admin'
      say: ClosureWords
      its: ClosurePageWords
      mistakes: string
      errors: { href: string; text: string }[]
      rows: Row[]
      heading: string
      talks: TouchedTalk[]
      tells: string
      change: string
      hidden: { name: string; value: string }[]
    }
  }
}

export function closureList(
  language: Language,
  closures: ClosureShown[],
  districts: DistrictNamed[],
  changed: Map<string, number>,
  today: Day,
) {
  const say = words[language]
  const lines = closures.map(it => ({
    href: `/app/closures/${it.id}`,
    name: it.names[language] || say.one,
    where: districtsSaid(language, it, districts),
    forWhom: forWhom(language, it),
    when: spanSaid(it.from, it.to),
    outcome: say.outcomes[it.outcome],
    state: stateOf(it, today),
    changed: changed.get(it.id) ?? 0,
  }))
  return {
    title: say.title,
    here: 'admin' as const,
    say,
    common: common[language],
    closures: [...lines.filter(it => it.state === 'stands'), ...lines.filter(it => it.state !== 'stands')],
  }
}

/** What will be closed, which talks stand there and what becomes of each, before anything is written. */
export function closureCheck(
  language: Language,
  value: ClosureValue,
  { texts, lists }: Pick<ClosureSent, 'texts' | 'lists'>,
  districts: DistrictNamed[],
  standing: TalkTouched[],
  concerned: Map<string, { speakers: number; hosts: number }>,
  { typed, wrong }: Chosen = { typed: {}, wrong: {} },
) {
  const say = words[language]
  const its = pageWords[language]
  const hidden = [
    ...Object.entries(texts),
    ...closureLists.flatMap(name => lists[name].map(each => [name, each] as const)),
  ].map(([name = '', text = '']) => ({ name, value: text }))
  const query = new URLSearchParams([
    ...hidden.map(({ name, value: text }) => [name, text] as [string, string]),
    ['edit', '1'],
  ])
  const found = touched(value, standing)
  const said = { fate: its.notAFate, link: its.notALink }
  const errors = found.flatMap(talk =>
    [`fate_${talk.id}`, `link_${talk.id}`].flatMap(name => {
      const what = wrong[name]
      return what ? [{ href: `#${name}`, text: `${talk.hostNames[language]}: ${said[what]}` }] : []
    }),
  )
  const counts = found.flatMap(talk => concerned.get(talk.id) ?? [])
  const sum = (of: 'speakers' | 'hosts') => counts.reduce((all, each) => all + each[of], 0)
  return {
    title: errors.length > 0 ? `${common[language].error}: ${say.checkTitle}` : say.checkTitle,
    here: 'admin' as const,
    say,
    its,
    mistakes: common[language].mistakes(errors.length),
    errors,
    rows: rowsOf(language, value, districts),
    hidden,
    change: `/app/closures/new?${query}`,
    heading: say.touched(found.length),
    tells: its.tells(sum('speakers'), sum('hosts')),
    talks: found.map((talk): TouchedTalk => {
      const [fate, link] = [`fate_${talk.id}`, `link_${talk.id}`]
      const chosen = typed[fate] ?? proposalFor(value.outcome, talk)
      return {
        ...lineOf(language, talk),
        noScreen: !talk.mayGoOnline,
        fate: {
          name: fate,
          error: wrong[fate] && said[wrong[fate]],
          choices: fatesFor(talk).map(each => ({ value: each, text: its.fates[each], checked: each === chosen })),
        },
        link: talk.online
          ? undefined
          : { name: link, value: typed[link] ?? '', error: wrong[link] && said[wrong[link]] },
      }
    }),
  }
}

const lineOf = (language: Language, it: TalkTouched) => ({
  href: `/app/talks/${it.id}`,
  when: `${dateSaid(language, it.moment.day)}, ${timesSaid(it.moment.from, it.moment.to)}`,
  host: it.hostNames[language],
  topic: it.titles[language],
})

export const stateOf = (it: ClosureShown, today: Day): State =>
  it.lifted ? 'lifted' : it.to < today ? 'over' : 'stands'

/** What is closed, for whom, when and why. */
export function rowsOf(language: Language, it: ClosureValue, districts: DistrictNamed[]): Row[] {
  const say = words[language]
  return [
    {
      label: say.when,
      text:
        it.from === it.to
          ? dateSaid(language, it.from)
          : `${dateSaid(language, it.from)} – ${dateSaid(language, it.to)}`,
    },
    { label: say.where, text: districtsSaid(language, it, districts) },
    { label: common[language].kinds, text: kindsSaid(language, it.hostKinds) },
    { label: say.shifts, text: it.shifts.length === 0 ? say.allShifts : it.shifts.map(say.shift).join(', ') },
    { label: common[language].grades, text: gradesSaid(language, it.grades) },
    { label: say.outcome, text: say.outcomes[it.outcome] },
    { label: say.cause, text: [say.causes[it.cause], it.names[language]].filter(text => text !== '').join('. ') },
    ...(it.link ? [{ label: say.linkShort, text: it.link }] : []),
  ]
}

const districtsSaid = (language: Language, it: Closure, districts: DistrictNamed[]): string =>
  it.districts.length === districts.length
    ? words[language].allDistricts
    : districts
        .filter(row => it.districts.includes(row.kato))
        .map(row => row[`name_${language}`])
        .join(', ')

const forWhom = (language: Language, it: Closure): string =>
  [
    kindsSaid(language, it.hostKinds),
    ...it.shifts.map(words[language].shift),
    ...(it.grades.length > 0 ? [gradesSaid(language, it.grades)] : []),
  ].join(' · ')
