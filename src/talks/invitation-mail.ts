import type { Language } from '../base/i18n/language.ts'
import { ending, type Half, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import type { Mate, TalkFacts } from './letter-store.ts'
import type { ClosureNews } from './mail-parts.ts'
import { audienceOf, headline, mateSaid, momentSaid, onlineLine, placeOf, titleOf, whenOf } from './mail-parts.ts'
import { words } from './mail-words.ts'
import { isStanding } from './rules.ts'

export type SpeakerLinks = { answer: string; talk: string; profile: string }

export function invitation(facts: TalkFacts, mate: Mate, language: Language, links: SpeakerLinks): Letter {
  const say = words[language]
  const by = answerBy(facts, mate, language)
  return toSpeaker(facts, mate, language, {
    subject: headline(facts, language, say.subject.invitation),
    preheader: say.canYouCome(by),
    lines: [say.invite],
    stays: onlineLine(facts, language),
    buttons: answers(language, links),
    notes: [say.answerBy(by), say.attached],
    links,
  })
}

/** To who stays on a team whose talk has changed; `before` is the old time in words when it is known. */
export function invitationUpdate(
  facts: TalkFacts,
  mate: Mate,
  language: Language,
  links: SpeakerLinks,
  before: string | undefined,
): Letter {
  const say = words[language]
  const asked = mate.state === 'invited'
  const news = changeLine(facts, language, before)
  const come = facts.clocks ? say.confirm : say.stillCome
  return toSpeaker(facts, mate, language, {
    subject: headline(facts, language, say.subject.update),
    preheader: asked && !facts.clocks ? say.stillCome : news,
    lines: [news],
    stays: [...(asked ? [come] : []), ...onlineLine(facts, language)],
    buttons: asked ? answers(language, links) : [{ text: say.buttons.page, href: links.talk }],
    notes: [...(asked ? [say.answerBy(answerBy(facts, mate, language))] : []), say.attached],
    links,
  })
}

export function invitationCancellation(facts: TalkFacts, mate: Mate, language: Language, links: SpeakerLinks): Letter {
  const say = words[language]
  const news =
    facts.state === 'cancelled' && facts.cancelReason
      ? say.cancelled(cancelWords[language][facts.cancelReason])
      : say.callOff
  return {
    ...toSpeaker(facts, mate, language, {
      subject: headline(facts, language, say.subject.cancellation),
      preheader: news,
      lines: [news],
      buttons: [],
      notes: [],
      links,
      over: true,
    }),
  }
}

export function speakerReminder(facts: TalkFacts, mate: Mate, language: Language, links: SpeakerLinks): Letter {
  const say = words[language]
  const asked = mate.state === 'invited'
  return toSpeaker(facts, mate, language, {
    subject: headline(facts, language, say.subject.reminder),
    preheader: asked ? say.confirm : say.reminder,
    lines: [say.reminder],
    stays: [...(asked ? [say.confirm] : []), ...onlineLine(facts, language)],
    buttons: asked ? answers(language, links) : [{ text: say.buttons.page, href: links.talk }],
    notes: [],
    links,
  })
}

export function speakerOutcome(facts: TalkFacts, mate: Mate, language: Language, links: SpeakerLinks): Letter {
  const say = words[language]
  return toSpeaker(facts, mate, language, {
    subject: headline(facts, language, say.subject.outcome),
    preheader: say.thanks,
    lines: [say.thanks],
    buttons: [{ text: say.buttons.report, href: links.talk }],
    notes: [],
    links,
    over: true,
  })
}

export function speakerClosure(
  facts: TalkFacts,
  mate: Mate,
  language: Language,
  links: SpeakerLinks,
  news: ClosureNews,
): Letter {
  const say = words[language]
  const stands = facts.state === 'booked'
  const asked = stands && mate.state === 'invited'
  return toSpeaker(facts, mate, language, {
    subject: headline(facts, language, news.subject),
    preheader: [...news.lines, ...news.stays].join(' '),
    lines: news.lines,
    stays: [...news.stays, ...(asked ? [say.confirm] : [])],
    buttons: asked ? answers(language, links) : stands ? [{ text: say.buttons.page, href: links.talk }] : [],
    notes: [],
    links,
  })
}

export function changeLine(facts: TalkFacts, language: Language, before: string | undefined): string {
  const say = words[language]
  const now = momentSaid(language, facts.startsAt, facts.zone)
  if (before !== undefined) return say.moved(before, now)
  return facts.clocks ? say.clocks(now) : say.changed
}

type Content = Pick<Letter, 'subject' | 'preheader'> &
  Pick<Half, 'lines' | 'stays' | 'buttons' | 'notes'> & {
    links: SpeakerLinks
    /** Nobody has to go there any more. */
    over?: boolean
  }

/** A letter about a talk to somebody who stands in its team. */
export function toSpeaker(
  facts: TalkFacts,
  mate: Mate,
  language: Language,
  { subject, preheader, links, over = false, ...content }: Content,
): Letter {
  const say = words[language]
  const others = facts.team.filter(other => other.assignmentId !== mate.assignmentId && isStanding(other))
  return {
    subject,
    preheader,
    house: inLanguage(facts.house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(mate.addresses[language]),
        when: whenOf(facts, language),
        title: titleOf(facts, language),
        facts: [
          { label: say.labels.place, text: placeOf(facts, language) },
          { label: say.labels.audience, text: audienceOf(facts, language) },
          ...(others.length > 0
            ? [{ label: say.labels.with, text: others.map(other => mateSaid(other, language)).join('; ') }]
            : []),
          ...(mate.travelMinutes > 0 && facts.mode === 'onsite' && facts.state === 'booked' && !over
            ? [{ label: say.labels.road, text: say.road(mate.travelMinutes) }]
            : []),
        ],
        settings: { text: say.settings, href: links.profile },
        ...content,
        ...ending(language, facts.house),
      },
    ],
  }
}

const answers = (language: Language, links: SpeakerLinks): Half['buttons'] => [
  { text: words[language].buttons.accept, href: `${links.answer}?response=accept` },
  { text: words[language].buttons.decline, href: `${links.answer}?response=decline`, quiet: true },
]

export const answerBy = (facts: TalkFacts, mate: Mate, language: Language): string =>
  momentSaid(language, mate.answerBy ?? facts.startsAt, facts.zone)
