import type { Html } from '../base/http/html.ts'
import { qr } from '../base/http/qr.ts'
import { dateDigits, dateWithoutWeekday, numberSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, minuteOf, wallOf } from '../base/time.ts'
import type { HelpLine } from '../houses/public-pages.ts'
import { capital } from '../topics/pages.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { classesLine } from './class-words.ts'
import { lessonSaid, wishSaid } from './pages.ts'
import { doneSaid, toldOf } from './status-news-pages.ts'
import type { TalkNews } from './status-news-store.ts'
import { type NewsWords, words as newsWords } from './status-news-words.ts'
import { linkEnds, stageOf } from './status-rules.ts'
import type { StatusRow, TalkRow, TeamRow } from './status-store.ts'
import { type TalkSaid, talkSaid } from './status-talk-pages.ts'
import { type StatusWords, words } from './status-words.ts'
import { words as wishWords } from './wishes-words.ts'
import { words as formWords, named } from './words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'requests/status': {
      title: string
      say: StatusWords
      news: NewsWords
      /** What the reader has just done and nothing else on the page shows. */
      done: string
      /** What became of the talk, in sentences: moved, cancelled, put off, online, not held. */
      told: string[]
      ends: string
      token: string
      caption: string
      state: StatusRow['state']
      line: { text: string; note: string; state: 'ok' | 'now' | '' }[]
      text: string
      reason: string
      topic: string
      audience: string
      spoken: string
      wishes: { said: string; lesson: string }[]
      talk: TalkSaid | undefined
      mayWithdraw: boolean
      /** The way to other times, where they are the host's to choose. */
      wishesLink: { text: string; means: string } | undefined
      again: string
      /** Of this very page, for the screen alone: it opens all that the contact may do. */
      qr: Html
      /** Of the help page, for the sheet on the notice board. */
      boardQr: Html
      help: HelpLine[]
    }
  }
}

/** A school's own page: where the request stands, who comes and when, what to do next. */
export function statusPage(
  language: Language,
  request: StatusRow,
  talk: TalkRow | undefined,
  news: TalkNews | undefined,
  team: TeamRow[],
  help: HelpLine[],
  link: { token: string; publicUrl: string; front: string },
  now: DateTime,
  lessons: (number | undefined)[] = [],
  done = '',
) {
  const say = words[language]
  const { state } = request
  const standing =
    talk && (talk.state === 'booked' || talk.state === 'held') && (state === 'booked' || state === 'held')
      ? talk
      : undefined
  const heads = standing?.heads
  const ends = linkEnds(request, talk)
  return {
    title: say.title[state],
    say,
    news: newsWords[language],
    done: doneSaid(language, done),
    told: toldOf(language, request, talk, news, now),
    ends: ends ? newsWords[language].ends(dateDigits(wallOf(ends, request.zone).day)) : '',
    state,
    token: link.token,
    caption: say.request(String(request.number), request.host.name[language]),
    line: lineOf(language, request, standing, team),
    text: textOf(say, state, heads ? say.heads(numberSaid(language, heads)) : ''),
    reason: state === 'declined' ? named(say.reasons, request.declineReason ?? 'other') : '',
    topic: request.topic.title[language],
    audience: say.people(
      [
        capital(request.audience[language]),
        ...request.grades.map(formWords[language].topic.grade),
        withSmallLetter(classesLine(language, request.classes)),
      ]
        .filter(Boolean)
        .join(', '),
      numberSaid(language, request.heads),
    ),
    spoken: request.languages.map(code => languageSaid(topicWords[language], code)).join(', '),
    wishes: standing
      ? []
      : request.wishes.map((wish, at) => {
          const times = { fromMinute: minuteOf(wish.fromTime) ?? 0, toMinute: minuteOf(wish.toTime) ?? 0 }
          return { said: wishSaid(language, { ...wish, ...times }), lesson: lessonSaid(language, lessons[at]) }
        }),
    talk: standing && talkSaid(language, request, standing, team, now),
    mayWithdraw: state === 'waiting',
    wishesLink:
      state === 'waiting' && !request.series
        ? { text: wishWords[language].link, means: wishWords[language].means }
        : undefined,
    again: `/r/${link.token}/again`,
    qr: qr(`${link.publicUrl}/r/${link.token}`, say.qr),
    // whoever scans the board must not be able to call the talk off
    boardQr: qr(`${link.publicUrl}/${language}${link.front}/help`, say.boardQr),
    help,
  }
}

const withSmallLetter = (text: string): string => text.charAt(0).toLocaleLowerCase('kk') + text.slice(1)

const textOf = (say: StatusWords, state: StatusRow['state'], heads: string): string =>
  ({
    unconfirmed: say.confirmText,
    waiting: say.waiting,
    booked: '',
    held: [say.held, heads].filter(Boolean).join(' '),
    declined: say.declined,
    withdrawn: say.withdrawn,
    expired: say.expired,
  })[state]

function lineOf(language: Language, request: StatusRow, talk: TalkRow | undefined, team: TeamRow[]) {
  const say = words[language]
  const news = newsWords[language]
  const stage = stageOf(request.state)
  if (stage === undefined) return []
  const day = (at: DateTime | undefined) => (at ? dateWithoutWeekday(language, wallOf(at, request.zone).day) : '')
  const yes = team.filter(({ state }) => state === 'accepted').length
  // booked means a time and a team: who has not answered yet is said beside it
  const found =
    request.state === 'waiting' ? news.seeking : talk && request.state === 'booked' ? news.agreed(yes, team.length) : ''
  const notes = [
    request.state === 'unconfirmed' ? news.confirming : day(request.askedAt),
    found,
    talk ? day(talk.createdAt) : '',
    request.state === 'held' && talk ? dateWithoutWeekday(language, talk.day) : '',
  ]
  const at = request.state === 'unconfirmed' ? 0 : stage
  return say.line.map((text, step) => {
    const state: 'ok' | 'now' | '' = step < at || request.state === 'held' ? 'ok' : step === at ? 'now' : ''
    return { text, note: notes[step] ?? '', state }
  })
}
