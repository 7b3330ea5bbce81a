import type { Html } from '../base/http/html.ts'
import { qr } from '../base/http/qr.ts'
import { dateSaid, dateWithoutWeekday, numberSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, minuteOf, wallOf } from '../base/time.ts'
import type { HelpLine } from '../houses/public-pages.ts'
import { capital, hueOf } from '../topics/pages.ts'
import { languageSaid, words as topicWords } from '../topics/words.ts'
import { classesLine } from './class-words.ts'
import { wishSaid } from './pages.ts'
import { stageOf } from './status-rules.ts'
import type { StatusRow, TalkRow, TeamRow } from './status-store.ts'
import { type StatusWords, words } from './status-words.ts'
import { words as formWords, named } from './words.ts'

export type TalkSaid = {
  from: string
  until: string
  date: string
  place: string
  district: string
  link: string
  team: { name: string; letters: string; hue: string; text: string }[]
  prepare: string[]
  open: boolean
}

declare module '../base/http/pages.ts' {
  interface Views {
    'requests/status': {
      title: string
      say: StatusWords
      token: string
      caption: string
      state: StatusRow['state']
      line: { text: string; note: string; state: 'ok' | 'now' | '' }[]
      text: string
      reason: string
      topic: string
      audience: string
      spoken: string
      wishes: string[]
      talk: TalkSaid | undefined
      mayWithdraw: boolean
      again: string
      qr: Html
      help: HelpLine[]
    }
  }
}

/** A school's own page: where the request stands, who comes and when, what to do next. */
export function statusPage(
  language: Language,
  request: StatusRow,
  talk: TalkRow | undefined,
  team: TeamRow[],
  help: HelpLine[],
  link: { token: string; address: string },
  now: DateTime,
) {
  const say = words[language]
  const { state } = request
  const standing =
    talk && (talk.state === 'booked' || talk.state === 'held') && (state === 'booked' || state === 'held')
      ? talk
      : undefined
  const heads = standing?.heads
  return {
    title: say.title[state],
    say,
    state,
    token: link.token,
    caption: say.request(String(request.number), request.host.name[language]),
    line: lineOf(language, request, standing),
    text: textOf(say, state, heads ? say.heads(numberSaid(language, heads)) : ''),
    reason: state === 'declined' ? named(say.reasons, request.declineReason ?? 'other') : '',
    topic: request.topic.title[language],
    audience: say.people(
      [
        capital(request.audience[language]),
        ...request.grades.map(formWords[language].topic.grade),
        classesLine(language, request.classes),
      ]
        .filter(Boolean)
        .join(', '),
      numberSaid(language, request.heads),
    ),
    spoken: request.languages.map(code => languageSaid(topicWords[language], code)).join(', '),
    wishes: standing
      ? []
      : request.wishes.map(wish =>
          wishSaid(language, {
            ...wish,
            fromMinute: minuteOf(wish.fromTime) ?? 0,
            toMinute: minuteOf(wish.toTime) ?? 0,
          }),
        ),
    talk: standing && talkSaid(language, request, standing, team, now),
    mayWithdraw: state === 'waiting',
    again: `/r/${link.token}/again`,
    qr: qr(link.address, say.qr),
    help,
  }
}

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

function lineOf(language: Language, request: StatusRow, talk: TalkRow | undefined) {
  const say = words[language]
  const stage = stageOf(request.state)
  if (stage === undefined) return []
  const day = (at: DateTime | undefined) => (at ? dateWithoutWeekday(language, wallOf(at, request.zone).day) : '')
  const notes = [day(request.askedAt), '', day(talk?.createdAt), '']
  return say.line.map((text, at) => {
    const state: 'ok' | 'now' | '' = at < stage || request.state === 'held' ? 'ok' : at === stage ? 'now' : ''
    return { text, note: state === 'now' && at > 0 ? say.now : (notes[at] ?? ''), state }
  })
}

function talkSaid(language: Language, request: StatusRow, talk: TalkRow, team: TeamRow[], now: DateTime): TalkSaid {
  const say = words[language]
  const from = minuteOf(talk.from) ?? 0
  const onsite = talk.mode === 'onsite'
  return {
    from: clock(from),
    until: say.until(clock(from + talk.minutes)),
    date: dateSaid(language, talk.day),
    place: onsite ? request.host.address[language] || request.host.name[language] : say.online,
    district: onsite ? request.host.district[language] : '',
    link: talk.link ?? '',
    team: team.map(member => ({
      name: member.name[language],
      letters: initials(member.name[language]),
      hue: hueOf(member.profession),
      text: `${member.professionName[language]} · ${say.speaks} ${member.languages.map(code => languageSaid(topicWords[language], code)).join(', ')}`,
    })),
    prepare: [
      ...(onsite ? [say.prep.seats(numberSaid(language, request.heads))] : []),
      ...(request.topic.equipment[language] ? [request.topic.equipment[language]] : []),
      ...(onsite ? [say.prep.meet(clock(Math.max(0, from - 15)))] : []),
      ...(request.topic.rules.includes('staff-present') ? [say.prep.stay] : []),
    ],
    open: talk.state === 'booked' && talk.during.from > now,
  }
}

const initials = (name: string): string =>
  name
    .split(' ')
    .slice(0, 2)
    .map(part => part.charAt(0))
    .join('')
