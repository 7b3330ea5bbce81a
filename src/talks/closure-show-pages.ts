import { dateSaid, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { type DateTime, type Day, wallOf } from '../base/time.ts'
import { type ClosureWords, words } from '../houses/closure-words.ts'
import { words as common } from '../houses/field-words.ts'
import { refusalsShown } from '../matching/pages.ts'
import type { Say } from '../matching/words.ts'
import { ends } from './closing-rules.ts'
import { type ClosurePageWords, words as pageWords } from './closure-page-words.ts'
import { type Row, rowsOf, type State, stateOf } from './closure-pages.ts'
import type { ClosureShown, DistrictNamed, Progress, Titles, ToCall } from './closure-progress-store.ts'
import type { Obstacle, Verdict } from './lifting-rules.ts'
import type { ClosedTalk } from './lifting-store.ts'
import { instantSaid } from './shown-pages.ts'

type TalkLine = {
  id: string
  href: string
  when: string
  host: string
  topic: string
  what: string
  tone: 'ok' | 'bad' | 'wait'
  /** Why it is not as it was, and what to do about that. */
  lines: string[]
  todo: { href: string; text: string } | undefined
}

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/closure-talks': { say: ClosureWords; its: ClosurePageWords; heading: string; id: string; talks: TalkLine[] }
    'talks/closure': {
      title: string
      here: 'admin'
      refresh: number | undefined
      say: ClosureWords
      its: ClosurePageWords
      rows: Row[]
      state: State
      lift: string
      plan: string
      progress: { told: string; share: number; waiting: string; failed: string; nobody: boolean; over: boolean }
      calls: { name: string; phone: string; tel: string; when: string; href: string; why: string }[]
      links: { id: string; action: string; talk: TalkLine; value: string; error: string | undefined }[]
      mistakes: string
      errors: { href: string; text: string }[]
      heading: string
      talks: TalkLine[]
    }
    'talks/closure-lifting': {
      title: string
      here: 'admin'
      say: ClosureWords
      its: ClosurePageWords
      name: string
      back: string
      action: string
      hear: string
      returns: { heading: string; talks: TalkLine[] }
      stays: { heading: string; talks: TalkLine[] }
    }
  }
}

const secondsToRefresh = 3

type Given = {
  row: ClosureShown
  talks: ClosedTalk[]
  titles: Titles
  say: Say
}

/** A closure as it goes on: who was told, who must be called, what became of each talk. */
export function closurePage(
  language: Language,
  { row, talks, titles, say: engine }: Given,
  districts: DistrictNamed[],
  { told, waiting, failed }: Progress,
  calls: ToCall[],
  { today, now }: { today: Day; now: DateTime },
  typed: { talkId: string; link: string } | undefined,
) {
  const say = words[language]
  const its = pageWords[language]
  const state = stateOf(row, today)
  const lines = talks.map(talk => talkLine(language, talk, titles, engine, talk.obstacle ?? undefined))
  const open = talks.filter(
    talk =>
      talk.fate === 'online' &&
      talk.restoredAt === null &&
      talk.state === 'booked' &&
      talk.mode === 'online' &&
      talk.startsAt > now,
  )
  const zone = talks[0]?.zone
  return {
    title: row.names[language] || say.causes[row.cause],
    here: 'admin' as const,
    refresh: waiting > 0 ? secondsToRefresh : undefined,
    say,
    its,
    rows: rowsOf(language, row, districts),
    state,
    lift: state === 'stands' ? `/app/closures/${row.id}/lifting` : '',
    plan: talks.some(waitsAgain) ? `/app/planner?closure=${row.id}` : '',
    progress: {
      told: its.told(told, told + waiting + failed),
      share: told + waiting + failed === 0 ? 0 : Math.round((told * 100) / (told + waiting + failed)),
      waiting: waiting > 0 ? its.waiting(waiting) : '',
      failed: failed > 0 ? its.failed(failed) : '',
      nobody: told + waiting + failed === 0,
      over: waiting === 0,
    },
    calls: calls.map(it => ({
      name: it.name,
      phone: it.phone ? phoneSaid(it.phone) : its.noPhone,
      tel: it.phone ? `tel:${it.phone}` : '',
      when: zone ? instantSaid(language, it.startsAt, zone, now) : '',
      href: `/app/talks/${it.talkId}`,
      why: its.callWhy[it.why],
    })),
    links: open
      .filter(talk => talk.link === null)
      .map(talk => ({
        id: `link_${talk.talkId}`,
        action: `/app/closures/${row.id}/links`,
        talk: talkLine(language, talk, titles, engine, undefined),
        value: typed?.talkId === talk.talkId ? typed.link : '',
        error: typed?.talkId === talk.talkId ? its.notALink : undefined,
      })),
    mistakes: common[language].mistakes(1),
    errors: typed ? [{ href: `#link_${typed.talkId}`, text: its.notALink }] : [],
    heading: say.touched(talks.length),
    talks: lines,
  }
}

/** A talk that was put off and has no other time yet. */
const waitsAgain = ({ fate, restoredAt, requestState }: ClosedTalk): boolean =>
  fate === 'postponed' && restoredAt === null && requestState === 'waiting'

/** What lifting would restore and what it could not, before it is done. */
export function liftingPage(
  language: Language,
  { row, talks, titles, say: engine }: Given,
  verdicts: Map<string, Verdict>,
  hear: number,
) {
  const say = words[language]
  const its = pageWords[language]
  const returns = talks.filter(({ talkId }) => verdicts.get(talkId)?.fate === 'restored')
  const stays = talks.flatMap(talk => {
    const verdict = verdicts.get(talk.talkId)
    return verdict?.fate === 'left' ? [talkLine(language, talk, titles, engine, verdict.obstacle)] : []
  })
  return {
    title: its.liftTitle,
    here: 'admin' as const,
    say,
    its,
    name: row.names[language] || say.causes[row.cause],
    back: `/app/closures/${row.id}`,
    action: `/app/closures/${row.id}/lifting`,
    hear: its.hear(hear),
    returns: {
      heading: its.willReturn(returns.length),
      talks: returns.map(talk => talkLine(language, talk, titles, engine, undefined)),
    },
    stays: { heading: its.willStay(stays.length), talks: stays },
  }
}

function talkLine(
  language: Language,
  talk: ClosedTalk,
  titles: Titles,
  say: Say,
  obstacle: Obstacle | undefined,
): TalkLine {
  const its = pageWords[language]
  const { day, minute } = wallOf(talk.startedAt, talk.zone)
  const length = talk.moment.to - talk.moment.from
  const title = titles.get(talk.talkId)
  return {
    id: talk.talkId,
    href: `/app/talks/${talk.talkId}`,
    when: `${dateSaid(language, day)}, ${timesSaid(minute, minute + length)}`,
    host: title?.host ?? '',
    topic: title?.topic ?? '',
    what: talk.restoredAt === null ? its.fates[talk.fate] : its.restored,
    tone: talk.restoredAt !== null || talk.fate === 'kept' ? 'ok' : ends(talk.fate) ? 'bad' : 'wait',
    lines: obstacle
      ? [
          its.obstacles[obstacle.code],
          ...(obstacle.code === 'impossible' ? refusalsShown(language, obstacle.refusals.slice(0, 3), say) : []),
        ]
      : [],
    todo: obstacle && todoFor(language, talk, obstacle),
  }
}

function todoFor(language: Language, talk: ClosedTalk, obstacle: Obstacle): TalkLine['todo'] {
  const { todo } = pageWords[language]
  if (obstacle.code === 'booked-anew') return { href: `/app/talks/${obstacle.talkId}`, text: todo.talk }
  if (talk.number !== null && talk.requestState === 'waiting')
    return { href: `/app/requests/${talk.number}/offers`, text: todo.time }
  if (talk.number !== null && ends(talk.fate)) return { href: `/app/requests/${talk.number}`, text: todo.request }
  return { href: `/app/talks/${talk.talkId}`, text: todo.talk }
}
