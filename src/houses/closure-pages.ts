import { dateSaid, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'
import type { Closure } from '../hosts/rules.ts'
import { spanSaid } from './calendar-pages.ts'
import { type ClosureSent, type ClosureValue, closureLists, touched } from './closure-rules.ts'
import type { ClosureRow, StandingRow } from './closure-store.ts'
import { type ClosureWords, words } from './closure-words.ts'
import { gradesSaid, kindsSaid } from './field-pages.ts'
import { words as common, type FieldWords } from './field-words.ts'
import type { DistrictRow } from './travel-store.ts'

export type TouchedTalk = { href: string; when: string; host: string; topic: string }
type Line = {
  href: string
  name: string
  where: string
  forWhom: string
  when: string
  outcome: string
  state: 'stands' | 'over' | 'lifted'
  touched: number
}

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/closure-talks': { say: ClosureWords; heading: string; talks: TouchedTalk[] }
    'houses/closures': { title: string; here: 'admin'; say: ClosureWords; common: FieldWords; closures: Line[] }
    'houses/closure-check': {
      title: string
      here: 'admin'
      say: ClosureWords
      common: FieldWords
      rows: Row[]
      talks: TouchedTalk[]
      heading: string
      change: string
      hidden: { name: string; value: string }[]
    }
    'houses/closure': {
      title: string
      here: 'admin'
      say: ClosureWords
      rows: Row[]
      talks: TouchedTalk[]
      heading: string
      state: Line['state']
      lift: string
    }
  }
}
type Row = { label: string; text: string }

export function closureList(
  language: Language,
  closures: ClosureRow[],
  districts: DistrictRow[],
  standing: StandingRow[],
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
    touched: stateOf(it, today) === 'stands' ? touched(it, standing).length : 0,
  }))
  return {
    title: say.title,
    here: 'admin' as const,
    say,
    common: common[language],
    closures: [...lines.filter(it => it.state === 'stands'), ...lines.filter(it => it.state !== 'stands')],
  }
}

/** What will be closed and which talks stand there, before anything is written. */
export function closureCheck(
  language: Language,
  value: ClosureValue,
  { texts, lists }: Pick<ClosureSent, 'texts' | 'lists'>,
  districts: DistrictRow[],
  standing: StandingRow[],
) {
  const say = words[language]
  const hidden = [
    ...Object.entries(texts),
    ...closureLists.flatMap(name => lists[name].map(each => [name, each] as const)),
  ].map(([name = '', text = '']) => ({ name, value: text }))
  const query = new URLSearchParams([
    ...hidden.map(({ name, value: text }) => [name, text] as [string, string]),
    ['edit', '1'],
  ])
  return {
    title: say.checkTitle,
    here: 'admin' as const,
    say,
    common: common[language],
    rows: rowsOf(language, value, districts),
    hidden,
    change: `/app/closures/new?${query}`,
    ...talksOf(language, value, standing),
  }
}

export function closurePage(
  language: Language,
  row: ClosureRow,
  districts: DistrictRow[],
  standing: StandingRow[],
  today: Day,
) {
  const say = words[language]
  const state = stateOf(row, today)
  return {
    title: row.names[language] || say.one,
    here: 'admin' as const,
    say,
    rows: rowsOf(language, row, districts),
    state,
    ...talksOf(language, row, state === 'stands' ? standing : []),
    lift: state === 'stands' ? `/app/closures/${row.id}/lifting` : '',
  }
}

const stateOf = (it: ClosureRow, today: Day): Line['state'] =>
  it.lifted ? 'lifted' : it.to < today ? 'over' : 'stands'

function talksOf(
  language: Language,
  closure: Closure,
  standing: StandingRow[],
): { heading: string; talks: TouchedTalk[] } {
  const found = touched(closure, standing)
  return {
    heading: words[language].touched(found.length),
    talks: found.map(it => ({
      href: `/app/talks/${it.id}`,
      when: `${dateSaid(language, it.moment.day)}, ${timesSaid(it.moment.from, it.moment.to)}`,
      host: it.hostNames[language],
      topic: it.titles[language],
    })),
  }
}

function rowsOf(language: Language, it: ClosureValue, districts: DistrictRow[]): Row[] {
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
    ...(it.names[language] ? [{ label: say.cause, text: it.names[language] }] : []),
  ]
}

const districtsSaid = (language: Language, it: Closure, districts: DistrictRow[]): string =>
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
