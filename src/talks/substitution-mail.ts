import { dateShort } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { ending, type Half, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import { clock } from '../base/time.ts'
import { words as texts } from '../messages/text-words.ts'
import type { Known } from '../messages/wording-rules.ts'
import { type SpeakerLinks, toSpeaker } from './invitation-mail.ts'
import { named, teamSaid } from './known-mail.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import { audienceOf, headline, mateSaid, momentSaid, onlineLine, placeOf, titleOf, whenOf } from './mail-parts.ts'
import { words as mailWords } from './mail-words.ts'
import { isStanding } from './rules.ts'
import type { Asked, findHelp, findSearchSaid } from './substitution-mail-store.ts'
import { words } from './substitution-words.ts'

export type AskLinks = { page: string; profile: string }

/** Whether somebody stands in for a speaker who can't come: no calendar part, for nothing is promised yet. */
export function substitutionAsked(facts: TalkFacts, asked: Asked, language: Language, links: AskLinks): Letter {
  const say = words[language]
  const by = momentSaid(language, asked.until, facts.zone)
  return toAsked(facts, asked, language, links, {
    subject: headline(facts, language, say.subject.asked),
    preheader: `${say.ask} ${say.deadline}: ${by}.`,
    lines: [say.ask],
    stays: [...(asked.namedBy ? [say.namedBy(asked.namedBy[language])] : []), ...onlineLine(facts, language)],
    buttons: [
      { text: say.buttons.yes, href: `${links.page}?response=yes` },
      { text: say.buttons.no, href: `${links.page}?response=no`, quiet: true },
    ],
    notes: [say.answerBy(by), say.first, say.afterYes],
  })
}

/** To somebody who was asked and need not answer any more: the place is taken, or nobody is looked for. */
export function substitutionFilled(facts: TalkFacts, asked: Asked, language: Language, links: AskLinks): Letter {
  const say = words[language]
  const over = asked.endedAs === 'changed' || asked.endedAs === 'stopped'
  const news = over ? say.ended : say.filled
  return toAsked(facts, asked, language, links, {
    subject: headline(facts, language, over ? say.subject.ended : say.subject.filled),
    preheader: news,
    lines: [news],
    buttons: [],
    notes: [],
  })
}

/** The invitation of somebody who has said yes: nothing is asked, and the calendar part is accepted. */
export function substituteInvitation(facts: TalkFacts, mate: Mate, language: Language, links: SpeakerLinks): Letter {
  const say = words[language]
  return toSpeaker(facts, mate, language, {
    subject: headline(facts, language, say.subject.taken),
    preheader: say.taken,
    lines: [say.taken],
    stays: onlineLine(facts, language),
    buttons: [
      { text: mailWords[language].buttons.page, href: links.talk },
      { text: mailWords[language].buttons.decline, href: `${links.answer}?response=decline`, quiet: true },
    ],
    notes: [],
    links,
  })
}

type Searched = NonNullable<Awaited<ReturnType<typeof findSearchSaid>>>
type Helping = NonNullable<Awaited<ReturnType<typeof findHelp>>>

/** To a coordinator: nobody is left to ask, and what would still help. */
export function substitutionEscalated(
  facts: TalkFacts,
  mate: Mate,
  search: Pick<Searched, 'asked'>,
  help: Helping | undefined,
  language: Language,
  reader: Said,
  link: string,
): Letter {
  const say = words[language]
  const news = say.escalated(mate.names[language])
  const helps = helpsOf(help, language)
  const answerOf = (answer: 'yes' | 'no' | null) => say.answers[answer ?? 'late']
  return {
    subject: headline(facts, language, say.subject.escalated),
    preheader: news,
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(reader[language]),
        lines: [news],
        stays: helps.length === 0 ? [`${say.nothingHelps}.`] : [],
        when: whenOf(facts, language),
        title: titleOf(facts, language),
        facts: [
          { label: mailWords[language].labels.place, text: placeOf(facts, language) },
          ...(facts.request ? [{ label: mailWords[language].labels.number, text: `№ ${facts.request.number}` }] : []),
          ...(search.asked.length > 0
            ? [
                {
                  label: say.labels.asked,
                  text: search.asked.map(each => `${each.names[language]}: ${answerOf(each.answer)}`).join('; '),
                },
              ]
            : []),
          ...(helps.length > 0 ? [{ label: say.wouldHelp, text: helps.join('; ') }] : []),
        ],
        buttons: [{ text: mailWords[language].buttons.page, href: link }],
        notes: [],
        closing: formulas[language].closing(facts.house.names[language]),
      },
    ],
  }
}

/** What would help, one thing a line; that nothing would is a line, too. */
export function helpLines(help: Helping | undefined, language: Language): string[] {
  const lines = helpsOf(help, language)
  return lines.length > 0 ? lines : [words[language].nothingHelps]
}

function helpsOf(help: Helping | undefined, language: Language): string[] {
  const say = words[language]
  const times = help?.times.map(({ day, from }) => `${dateShort(language, day)}, ${clock(from)}`) ?? []
  return [
    ...(times.length > 0 ? [say.otherTime(times.join(' · '))] : []),
    ...(help?.smaller ? [say.smaller] : []),
    ...(help?.online ? [say.online(help.online[language])] : []),
  ]
}

export const knownOfAsked = (facts: TalkFacts, asked: Asked): Known => ({
  key: 'substitution-asked.speaker',
  values: it => ({
    ...named(facts, it),
    address: asked.addresses[it],
    answerBy: momentSaid(it, asked.until, facts.zone),
    team: teamSaid(facts, it),
  }),
})

export const knownOfFilled = (facts: TalkFacts, asked: Asked): Known => ({
  key: 'substitution-filled.speaker',
  values: it => ({ ...named(facts, it), address: asked.addresses[it] }),
})

export const knownOfEscalated = (facts: TalkFacts, mate: Mate | undefined, reader: Said): Known => ({
  key: 'substitution-escalated.account',
  values: it => ({
    ...named(facts, it),
    address: reader[it],
    speaker: mate?.names[it] ?? texts[it].values.none,
  }),
})

type Content = Pick<Letter, 'subject' | 'preheader'> & Pick<Half, 'lines' | 'stays' | 'buttons' | 'notes'>

function toAsked(
  facts: TalkFacts,
  asked: Asked,
  language: Language,
  links: AskLinks,
  { subject, preheader, ...content }: Content,
): Letter {
  const say = mailWords[language]
  const team = facts.team.filter(isStanding)
  return {
    subject,
    preheader,
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(asked.addresses[language]),
        when: whenOf(facts, language),
        title: titleOf(facts, language),
        facts: [
          { label: say.labels.place, text: placeOf(facts, language) },
          { label: say.labels.audience, text: audienceOf(facts, language) },
          { label: words[language].labels.role, text: asked.profession[language].toLocaleLowerCase('kk') },
          ...(team.length > 0
            ? [{ label: say.labels.with, text: team.map(mate => mateSaid(mate, language)).join('; ') }]
            : []),
        ],
        settings: { text: say.settings, href: links.profile },
        ...content,
        ...ending(language, facts.house),
      },
    ],
  }
}
