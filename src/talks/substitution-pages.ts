import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { formulas } from '../base/letter-words.ts'
import type { DateTime } from '../base/time.ts'
import type { TalkFacts } from './letter-store.ts'
import { audienceOf, mateSaid, momentSaid, placeOf, titleOf, whenOf } from './mail-parts.ts'
import { words as mailWords } from './mail-words.ts'
import { isStanding } from './rules.ts'
import type { QuestionLine, QuestionRow } from './substitution-answer-store.ts'
import { askClosed } from './substitution-rules.ts'
import { type Words, words } from './substitution-words.ts'

/** The talk of a question in finished words. */
export type QuestionTalk = {
  iso: string
  date: string
  times: string
  zone: string
  title: string
  facts: { label: string; text: string }[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'invitations/question': {
      title: string
      say: Words
      talk: QuestionTalk
      /** A sentence instead of the form: over, or taken by the reader. */
      over: string | undefined
      invitation: string | undefined
      problem: string | undefined
      why: string[]
      deadline: string
      late: boolean
      answered: boolean
      chosen: 'yes' | 'no'
      action: string
      named: string | undefined
      colleagues: { value: string; text: string; checked: boolean }[]
      wrong: string | undefined
      back: string | undefined
      backText: string
    }
  }
}

export function questionTalk(language: Language, facts: TalkFacts, profession: string): QuestionTalk {
  const say = mailWords[language]
  const { date, times, zone } = whenOf(facts, language)
  const team = facts.team.filter(isStanding)
  return {
    iso: facts.startsAt.setZone(facts.zone).toISO({ suppressMilliseconds: true }) ?? '',
    date,
    times,
    zone,
    title: titleOf(facts, language),
    facts: [
      { label: say.labels.place, text: placeOf(facts, language) },
      { label: say.labels.audience, text: audienceOf(facts, language) },
      { label: words[language].labels.role, text: profession.toLocaleLowerCase('kk') },
      ...(team.length > 0
        ? [{ label: say.labels.with, text: team.map(mate => mateSaid(mate, language)).join('; ') }]
        : []),
    ],
  }
}

/** How a question stands, for the page that asks it. */
export function questionShown(language: Language, question: QuestionRow, zone: string, now: DateTime) {
  const say = words[language]
  const closed = askClosed(question, now)
  return {
    over: question.answer === 'yes' ? say.saidYes : closed && say.closed[closed],
    answered: question.answer === 'no',
    deadline: momentSaid(language, question.until, zone),
    late: question.until <= now && question.answer === null,
  }
}

/** A question as a card of a speaker's first page. */
export type QuestionCard = {
  id: string
  date: string
  time: string
  host: string
  about: string
  until: string
  late: boolean
}

export const questionCard = (language: Language, line: QuestionLine, now: DateTime): QuestionCard => ({
  id: line.id,
  date: dateSaid(language, line.day),
  time: line.time,
  host: line.host,
  about: [formulas[language].quoted(line.topic), line.district, line.profession.toLocaleLowerCase('kk')].join(' · '),
  until: momentSaid(language, line.until, line.zone),
  late: line.until <= now,
})
