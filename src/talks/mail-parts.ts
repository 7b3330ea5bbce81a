import { dateSaid, dateWithoutWeekday, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { zoneSaid } from '../base/i18n/zones.ts'
import { capital, type Half } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import { share } from '../messages/short-rules.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import { words } from './mail-words.ts'

/** What a closure means for a talk, finished in one language. */
export type ClosureNews = { subject: string; lines: string[]; stays: string[] }

/** More is cut in lists of letters. */
const longestSubject = 119

/** `25 қараша, 10:00 – «Тақырып», № 25 мектеп`: enough to act on without opening; long names give way to the rest. */
export function headline(facts: TalkFacts, language: Language, kind: string): string {
  const when = `${kind}: ${dateWithoutWeekday(language, facts.day)}, ${clock(facts.from)}`
  const rest = longestSubject - `${when} – ${formulas[language].quoted('')}, `.length
  const [topic, host] = share(facts.topic[language], facts.host.names[language], rest)
  return `${when} – ${formulas[language].quoted(topic)}, ${host}`
}

export const titleOf = (facts: TalkFacts, language: Language): string =>
  formulas[language].quoted(facts.topic[language])

export const whenOf = (facts: TalkFacts, language: Language): NonNullable<Half['when']> => ({
  date: capital(dateSaid(language, facts.day)),
  times: timesSaid(facts.from, facts.to),
  zone: zoneSaid(language, facts.zone),
})

/** `24 қараша, 12:00` of an instant on the talk's wall clock. */
export function momentSaid(language: Language, instant: DateTime, zone: string): string {
  const { day, minute } = wallOf(instant, zone)
  return `${dateWithoutWeekday(language, day)}, ${clock(minute)}`
}

export function placeOf(facts: TalkFacts, language: Language): string {
  const say = words[language]
  const host = facts.host.names[language]
  if (facts.mode !== 'onsite') return `${say.place[facts.mode]}, ${host}`
  const address = language === 'kk' ? facts.host.address.kk : facts.host.address.ru
  return [host, facts.hall?.[language] ?? '', address || facts.host.district[language]]
    .filter(part => part !== '')
    .join(', ')
}

export function audienceOf(facts: TalkFacts, language: Language): string {
  const say = words[language]
  const sorted = facts.grades.toSorted((a, b) => a - b)
  const [first, last] = [sorted[0], sorted.at(-1)]
  const grades = first !== undefined && last !== undefined ? say.grades(first, last) : facts.audience?.names[language]
  const who = facts.className || (grades ?? '')
  const tongues = facts.languages.map(code => say.inLanguages[code] ?? code).join(', ')
  return [who, say.heads(facts.heads), tongues].filter(part => part !== '').join(', ')
}

export const mateSaid = (mate: Mate, language: Language): string =>
  `${mate.names[language]}, ${mate.profession[language].toLocaleLowerCase('kk')}`

export const onlineLine = (facts: TalkFacts, language: Language): string[] => {
  if (facts.mode === 'onsite') return []
  return [facts.link ? words[language].online(facts.link) : words[language].onlineSoon]
}
