import type { Language } from '../base/i18n/language.ts'
import { type ChangeWords, words as changeWords } from './change-words.ts'
import type { TalkFacts } from './letter-store.ts'
import { placeOf, titleOf, whenOf } from './mail-parts.ts'
import { isStanding } from './rules.ts'
import { words } from './visitors-words.ts'

export type VisitorsHalf = {
  language: Language
  title: string
  facts: { name: string; text: string }[]
  columns: { name: string; does: string }
  people: { name: string; does: string }[]
  /** Why the list can't be shown at a door, when it can't. */
  nobody: string
  signature: string
}
declare module '../base/http/pages.ts' {
  interface Views {
    'talks/visitors': {
      say: ChangeWords['visitors']
      title: string
      halves: VisitorsHalf[]
      house: { name: string; lines: string[] }
      back: string
      sayBack: string
      print: string
    }
  }
}

/** One language of the list: who comes, when, where and why, with the request's number and the day it was made. */
export function visitorsShown(facts: TalkFacts, language: Language, made: string): VisitorsHalf {
  const say = words[language]
  const said = changeWords[language].visitors
  const when = whenOf(facts, language)
  const people = facts.team.filter(isStanding).map(mate => ({
    name: mate.names[language],
    does: mate.profession[language].toLocaleLowerCase('kk'),
  }))
  return {
    language,
    title: said.title,
    facts: [
      ...(facts.request ? [{ name: said.number, text: `№\u00a0${facts.request.number}` }] : []),
      { name: said.made, text: made },
      { name: say.from, text: facts.house.names[language] },
      { name: say.when, text: `${when.date}, ${when.times} (${when.zone})` },
      { name: say.where, text: placeOf(facts, language) },
      { name: say.topic, text: titleOf(facts, language) },
    ],
    columns: { name: said.name, does: said.does },
    people,
    nobody: facts.state === 'cancelled' ? said.off : people.length === 0 ? said.nobody : '',
    signature: said.signature,
  }
}
