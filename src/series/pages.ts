import type { Language } from '../base/i18n/language.ts'
import type { Say } from '../matching/words.ts'
import { toneOf } from '../talks/request-pages.ts'
import { terms } from '../talks/words.ts'
import { headOf, whatOf, whenOf } from './date-pages.ts'
import { progressOf } from './rules.ts'
import type { DateRow, SeriesRow } from './store.ts'
import type { SeriesWords } from './words.ts'

type ShownDate = {
  position: number
  when: string
  href: string
  what: string
  number: number
  request: string
  state: string
  tone: string
  team: { name: string; state: string; tone: string }[]
  heads: string
  change: string | undefined
}

declare module '../base/http/pages.ts' {
  interface Views {
    'series/show': {
      say: SeriesWords
      id: string
      title: string
      crumb: string
      tags: string[]
      progress: string[]
      done: { held: number; booked: number; of: number }
      plan: boolean
      dates: ShownDate[]
    }
  }
}

const tones = { invited: 'wait', accepted: 'ok', declined: 'bad' } as const

/** A series with all its dates: how far it has come, who comes, who answered, what became of it. */
export function seriesPage(language: Language, series: SeriesRow, rows: DateRow[], say: Say) {
  const head = headOf(language, series, rows)
  const term = terms[language]
  const progress = progressOf(rows.map(({ state, headsCounted }) => ({ state, heads: headsCounted })))
  return {
    ...head,
    progress: [
      head.say.progress(progress.held, progress.dates),
      ...(progress.heads > 0 ? [head.say.reached(progress.heads)] : []),
      ...(progress.booked > 0 ? [head.say.bookedCount(progress.booked)] : []),
      ...(progress.waiting > 0 ? [head.say.waitingCount(progress.waiting)] : []),
    ],
    done: { held: progress.held, booked: progress.held + progress.booked, of: progress.dates },
    plan: progress.waiting > 0,
    dates: rows.map(row => {
      const stands = row.talkId !== null && row.talkState !== 'cancelled'
      return {
        position: row.position,
        when: whenOf(language, row),
        href: stands ? `/app/talks/${row.talkId}` : `/app/requests/${row.number}`,
        what: whatOf(language, series.kind, row),
        number: row.number,
        request: `/app/requests/${row.number}`,
        state: stands && row.talkState ? term.talk[row.talkState] : term.request[row.state],
        tone: toneOf(row.state),
        team: (stands ? row.seats : []).map(({ speakerId, state }) => ({
          name: say.speaker(speakerId),
          state: term.seat[state],
          tone: tones[state],
        })),
        heads: row.headsCounted === null ? '' : String(row.headsCounted),
        change: row.talkState === 'booked' ? `/app/series/${series.id}/change?from=${row.position}` : undefined,
      }
    }),
  }
}
