import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Block, Paper } from '../base/paper.ts'
import { phoneSaid } from '../base/text.ts'
import { words as changeWords } from './change-words.ts'
import type { TalkFacts } from './letter-store.ts'
import { placeOf, titleOf, whenOf } from './mail-parts.ts'
import { isStanding } from './rules.ts'
import { words } from './visitors-words.ts'

/** The list for whoever keeps the door: names and professions and nothing else of a person; Kazakh left, Russian right. */
export function visitorsPaper(facts: TalkFacts, language: Language, made: string): Paper {
  const { house } = facts
  return {
    title: changeWords[language].visitors.title,
    file: 'visitors',
    size: 'A4',
    halves: [
      { language: 'kk', blocks: blocksIn(facts, 'kk', made) },
      { language: 'ru', blocks: blocksIn(facts, 'ru', made) },
    ],
    foot: [house.names.kk, house.names.ru, house.city.ru, house.phone ? phoneSaid(house.phone) : ''].filter(Boolean),
  }
}

/** One language of the list: who comes, when, where and why, with the request's number and the day it was made. */
function blocksIn(facts: TalkFacts, language: Language, made: string): Block[] {
  const say = words[language]
  const said = changeWords[language].visitors
  const when = whenOf(facts, language)
  const people = facts.team.filter(isStanding)
  // why the list can't be shown at a door, when it can't
  const nobody = facts.state === 'cancelled' ? said.off : people.length === 0 ? said.nobody : ''
  return [
    { is: 'title', text: said.title },
    {
      is: 'facts',
      facts: [
        ...(facts.request ? [{ name: said.number, text: `№\u00a0${facts.request.number}` }] : []),
        { name: said.made, text: made },
        { name: say.from, text: facts.house.names[language] },
        { name: say.when, text: `${dateSaid(language, facts.day)}, ${when.times} (${when.zone})` },
        { name: say.where, text: placeOf(facts, language) },
        { name: say.topic, text: titleOf(facts, language) },
      ],
    },
    ...(nobody
      ? [{ is: 'line' as const, as: 'strong' as const, text: nobody }]
      : [
          {
            is: 'table' as const,
            columns: ['№', said.name, said.does],
            rows: people.map((mate, at) => [
              String(at + 1),
              mate.names[language],
              mate.profession[language].toLocaleLowerCase('kk'),
            ]),
            widths: [1, 7, 5],
          },
          { is: 'sign' as const, lines: [said.signature] },
        ]),
  ]
}
