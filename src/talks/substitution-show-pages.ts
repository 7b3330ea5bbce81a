import type { Html } from '../base/http/html.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Reason } from '../matching/rules.ts'
import { reasonSaid, type Say } from '../matching/words.ts'
import { capital, instantSaid, knownAs } from './shown-pages.ts'
import type { AskRow, findStandings, SearchRow } from './substitution-show-store.ts'
import { type Words, words } from './substitution-words.ts'

/** The search for somebody on one place, as the talk's page shows it under the refusal. */
export type SearchShown = {
  seat: string
  title: string
  asked: {
    name: string
    why: string
    when: string
    tag: string
    tone: '' | 'ok' | 'bad' | 'wait'
    answered: string
  }[]
  notes: string[]
  help: string[]
  /** What a coordinator may press: the words of the button, or nothing. */
  ask: string | undefined
  stop: boolean
  without: boolean
}

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/substitution': { id: string; search: SearchShown; say: Words; fields: Html }
  }
}

type Seen = {
  zone: string
  /** The place is still open and the talk ahead. */
  open: boolean
  help: { lines: string[]; smaller: boolean } | undefined
}

export function searchShown(
  language: Language,
  seat: string,
  search: SearchRow | undefined,
  asks: AskRow[],
  { zone, open, help }: Seen,
  say: Say,
  now: DateTime,
): SearchShown {
  const said = words[language]
  const running = search !== undefined && search.endedAs === null
  const live = open && (running || search?.endedAs === 'escalated')
  const waiting = asks.filter(
    ({ answer, until, searchId }) => answer === null && until > now && searchId === search?.id,
  )
  const at = (instant: DateTime) => instantSaid(language, instant, zone, now)
  return {
    seat,
    title: titleOf(said, search, waiting.length),
    asked: asks.map(ask => ({
      name: knownAs(ask.name),
      why: whyOf(language, ask, say),
      when: [said.asked(at(ask.askedAt)), ...(ask.namedBy === null ? [] : [said.suggested(knownAs(ask.namedBy))])].join(
        ' · ',
      ),
      ...tagOf(said, ask, live && ask.searchId === search?.id, now),
      answered: ask.answeredAt ? at(ask.answeredAt) : live && ask.until > now ? said.until(at(ask.until)) : '',
    })),
    notes: [...(running && waiting.length === 0 && search.nextAt > now ? [said.resting(at(search.nextAt))] : [])],
    help: open ? (help?.lines ?? []) : [],
    ask: open ? (asks.length > 0 ? said.askNow : said.askFirst) : undefined,
    stop: open && running,
    without: open && help?.smaller === true,
  }
}

function titleOf(said: Words, search: SearchRow | undefined, waiting: number): string {
  if (!search) return ''
  if (search.endedAs !== null) return said.ends[search.endedAs]
  return waiting > 0 ? said.asking(waiting) : said.starting
}

function whyOf(language: Language, ask: AskRow, say: Say): string {
  const reasons = Array.isArray(ask.reasons) ? (ask.reasons as Reason[]) : []
  // the engine praises the whole team; here one person is spoken of
  const own = reasons.map(reason => ('people' in reason ? { ...reason, people: 1 } : reason))
  return capital(own.map(reason => reasonSaid(language, reason, say).replace(/^[^:]+: /, '')).join(', '))
}

function tagOf(said: Words, { answer, until }: AskRow, live: boolean, now: DateTime) {
  const { answers } = said
  if (answer === 'yes') return { tag: answers.yes, tone: 'ok' as const }
  if (answer === 'no') return { tag: answers.no, tone: 'bad' as const }
  if (!live) return { tag: answers.closed, tone: '' as const }
  return until > now ? { tag: answers.waits, tone: 'wait' as const } : { tag: answers.late, tone: '' as const }
}

type Standing = Awaited<ReturnType<typeof findStandings>>[number]

/** What the inbox says of a search at an open place. */
export function standingSaid(
  language: Language,
  standing: Standing | undefined,
  zone: string,
  now: DateTime,
): string | undefined {
  const { inbox } = words[language]
  if (!standing) return
  if (standing.endedAs === 'escalated') return inbox.escalated
  if (standing.endedAs !== null) return
  return standing.until
    ? inbox.asking(standing.asked, instantSaid(language, standing.until, zone, now))
    : inbox.starting
}
