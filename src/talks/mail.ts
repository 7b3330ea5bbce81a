import type { Language, Said } from '../base/i18n/language.ts'
import { capital, ending, type Half, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { changeLine } from './invitation-mail.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import { audienceOf, type ClosureNews, headline, mateSaid, onlineLine, placeOf, titleOf, whenOf } from './mail-parts.ts'
import { words } from './mail-words.ts'
import { words as phoneWords } from './phone-words.ts'
import { proposedSaid } from './proposal-pages.ts'
import { isStanding } from './rules.ts'

export type HostLinks = { page: string; calendar: string }

export const talkBooked = (facts: TalkFacts, language: Language, links: HostLinks | undefined): Letter =>
  toHost(facts, language, it => ({
    subject: headline(facts, it, words[it].subject.booked),
    lines: [words[it].booked],
    stays: onlineLine(facts, it),
    links,
  }))

/** `before` gives the old time in each language when the talk has moved. */
export const talkChanged = (
  facts: TalkFacts,
  language: Language,
  links: HostLinks | undefined,
  before: ((language: Language) => string) | undefined,
): Letter =>
  toHost(facts, language, it => ({
    subject: headline(facts, it, words[it].subject.changed),
    lines: [changeLine(facts, it, before?.(it))],
    stays: onlineLine(facts, it),
    links,
  }))

export const talkCancelled = (facts: TalkFacts, language: Language, links: HostLinks | undefined): Letter =>
  toHost(facts, language, it => ({
    subject: headline(facts, it, words[it].subject.cancelled),
    lines: [words[it].cancelled(cancelWords[it][facts.cancelReason ?? 'other'])],
    stays: facts.request?.waits ? [words[it].waitsAgain] : [],
    links,
  }))

export const hostReminder = (facts: TalkFacts, language: Language, links: HostLinks | undefined): Letter =>
  toHost(facts, language, it => ({
    subject: headline(facts, it, words[it].subject.reminder),
    lines: [words[it].reminder],
    stays: onlineLine(facts, it),
    links,
  }))

export const hostOutcome = (facts: TalkFacts, language: Language, links: HostLinks | undefined): Letter =>
  toHost(facts, language, it => ({
    subject: headline(facts, it, words[it].subject.outcome),
    lines: [words[it].thanks],
    links,
    over: true,
  }))

/** Once after a talk: four questions, and how many came. */
export const hostFeedback = (facts: TalkFacts, language: Language, links: HostLinks | undefined): Letter =>
  toHost(facts, language, it => ({
    subject: headline(facts, it, words[it].subject.feedback),
    lines: [words[it].feedback],
    stays: [words[it].listeners],
    links: links && { ...links, page: `${links.page}/feedback` },
    over: true,
    button: words[it].buttons.feedback,
  }))

/** `news` says in each language what is closed and what becomes of the talk. */
export const hostClosure = (
  facts: TalkFacts,
  language: Language,
  links: HostLinks | undefined,
  news: (language: Language) => ClosureNews,
): Letter =>
  toHost(facts, language, it => ({
    subject: headline(facts, it, news(it).subject),
    lines: news(it).lines,
    stays: news(it).stays,
    links,
    over: true,
  }))

/** To a coordinator: a place on a team is open again. */
export function answerDeclined(facts: TalkFacts, mate: Mate, language: Language, reader: Said, link: string): Letter {
  const say = words[language]
  const news = mate.reason
    ? say.declined(mate.names[language], say.answers[mate.reason])
    : say.declinedBare(mate.names[language])
  const proposed = proposedSaid(language, {
    proposedOn: mate.proposedOn ?? null,
    proposedFrom: mate.proposedFrom ?? null,
  })
  return {
    subject: headline(facts, language, say.subject.declined),
    preheader: news,
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(reader[language]),
        lines: proposed ? [news, `${capital(phoneWords[language].proposed(proposed))}.`] : [news],
        when: whenOf(facts, language),
        title: titleOf(facts, language),
        facts: [
          { label: say.labels.place, text: placeOf(facts, language) },
          ...(facts.request ? [{ label: say.labels.number, text: `№ ${facts.request.number}` }] : []),
        ],
        buttons: [{ text: say.buttons.replace, href: link }],
        notes: [],
        closing: formulas[language].closing(facts.house.names[language]),
      },
    ],
  }
}

type Content = {
  subject: string
  lines: string[]
  stays?: string[]
  links: HostLinks | undefined
  over?: boolean
  button?: string
}

/** Letters to hosts are in Kazakh with the reader's other language below it (domain.md section 7). */
function toHost(facts: TalkFacts, language: Language, content: (language: Language) => Content): Letter {
  const second = language === 'kk' ? 'ru' : language
  const first = content('kk')
  const { subject, lines, stays = [] } = content(language)
  return {
    subject,
    preheader: [...lines, ...stays].join(' '),
    house: inLanguage(facts.house, 'kk'),
    halves: [hostHalf(facts, 'kk', first), hostHalf(facts, second, content(second))],
  }
}

function hostHalf(
  facts: TalkFacts,
  language: Language,
  { lines, stays = [], links, over = false, button }: Content,
): Half {
  const say = words[language]
  const team = facts.team.filter(isStanding)
  const name = facts.request?.contactName
  return {
    language,
    greeting: name ? formulas[language].dear(name) : formulas[language].colleagues,
    lines,
    stays,
    when: whenOf(facts, language),
    title: titleOf(facts, language),
    facts: [
      { label: say.labels.place, text: placeOf(facts, language) },
      { label: say.labels.audience, text: audienceOf(facts, language) },
      ...(team.length > 0 && facts.state !== 'cancelled'
        ? [{ label: say.labels.team, text: team.map(mate => mateSaid(mate, language)).join('; ') }]
        : []),
      ...(facts.request ? [{ label: say.labels.number, text: `№ ${facts.request.number}` }] : []),
    ],
    buttons: links
      ? [
          { text: button ?? say.buttons.page, href: links.page },
          ...(facts.state === 'booked' && !over
            ? [{ text: say.buttons.calendar, href: links.calendar, quiet: true }]
            : []),
        ]
      : [],
    notes: [],
    ...ending(language, facts.house),
  }
}
