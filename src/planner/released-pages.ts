import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { quoted, refusalsShown, teamSaid } from '../matching/pages.ts'
import type { Say } from '../matching/words.ts'
import { momentSaid } from '../series/date-pages.ts'
import { obstructionSaid } from '../talks/pages.ts'
import type { Obstruction } from '../talks/rules.ts'
import { instantSaid } from '../talks/shown-pages.ts'
import { words as backWords } from './back-words.ts'
import type { LineRow } from './line-store.ts'
import { type PlanHead, planHead } from './progress-pages.ts'
import type { PlanRow } from './store.ts'
import { type PlannerWords, words } from './words.ts'

type Result = { href: string; when: string; host: string; topic: string; who: string; kind: string; lines: string[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'planner/released': PlanHead & {
      say: PlannerWords
      booked: { count: string; rows: Result[] }
      missed: { count: string; rows: Result[] }
      again: string
      back: { say: BackWords; until: string; late: boolean; taken: string }
    }
  }
}

type BackWords = (typeof backWords)[Language]
type Asking = { now: DateTime; refused: boolean }

/** What a release has come to: what is booked, and what had become impossible, with the engine's own reasons. */
export function releasedPage(language: Language, plan: PlanRow, lines: LineRow[], say: Say, { now, refused }: Asking) {
  const said = words[language]
  const back = backWords[language]
  const inTheWay = (it: Obstruction): string[] =>
    it.code === 'missing'
      ? [said.notWaiting]
      : it.code === 'impossible'
        ? refusalsShown(language, it.refusals, say)
        : [obstructionSaid(language, it)]
  const proposed = lines.filter(({ kind, excluded }) => kind !== 'unplaced' && !excluded)
  const shown = (line: LineRow): Result => {
    const { outcome, moment, number, talk_id: talkId } = line
    const talk = outcome && 'talkId' in outcome ? outcome.talkId : talkId
    return {
      href: talk ? `/app/talks/${talk.split('?')[0]}` : `/app/requests/${number}`,
      when: moment ? momentSaid(language, moment) : '',
      ...{ host: line.host, topic: quoted(line.topic), who: teamSaid(line.team, say), kind: said.kind[line.kind] },
      lines:
        outcome === null
          ? [said.notReached]
          : 'talkId' in outcome
            ? outcome.kept === undefined
              ? []
              : (outcome.kept.code === 'stale' ? [back.changed] : inTheWay(outcome.kept)).map(back.stays)
            : 'back' in outcome
              ? []
              : inTheWay(outcome.refused),
    }
  }
  const isBooked = ({ outcome }: LineRow) => outcome !== null && 'talkId' in outcome
  const booked = proposed.filter(isBooked)
  const taken = proposed.filter(({ outcome }) => outcome !== null && 'back' in outcome)
  const missed = proposed.filter(line => !isBooked(line) && !taken.includes(line))
  const left = lines
    .filter(line => line.requestState === 'waiting' && !isBooked(line))
    .map(({ number }) => `requests=${number}`)
  return {
    ...planHead(language, plan),
    say: said,
    booked: { count: said.bookedCount(booked.length), rows: booked.map(shown) },
    missed: { count: said.missedCount(missed.length), rows: missed.map(shown) },
    back: {
      say: back,
      until: plan.back_until && plan.back_until > now ? instantSaid(language, plan.back_until, plan.zone, now) : '',
      late: refused,
      taken: taken.length > 0 ? back.taken(String(taken.length)) : '',
    },
    again: left.length > 0 ? `/app/planner?${left.join('&')}` : '',
  }
}
