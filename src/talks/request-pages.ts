import { dateWithoutWeekday, dayWithMonth } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { type DateTime, minuteOf } from '../base/time.ts'
import { namesOf } from '../matching/page-words.ts'
import { quoted, windowSaid } from '../matching/pages.ts'
import type { TellWords } from '../messages/tell-words.ts'
import type { Classes } from '../requests/class-rules.ts'
import { classesSaid, words as classWords } from '../requests/class-words.ts'
import type { ChangeWords } from './change-words.ts'
import type { Flash } from './flash-pages.ts'
import type { HistoryLine, LedgerLine } from './ledger-pages.ts'
import type { Choice, FieldError } from './pages.ts'
import type { findTalksOf, findWindows, RequestRow } from './request-store.ts'
import { declineReasons } from './rules.ts'
import type { SeriesLink } from './series-pages.ts'
import { instantSaid } from './shown-pages.ts'
import { type Said, terms, words } from './words.ts'

export type Fact = { name: string; text: string }
export type Person = { id: string; name: string; does: string; chosen: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/requests': {
      say: Said
      filters: { text: string; href: string; here: boolean }[]
      rows: {
        number: number
        host: string
        topic: string
        people: string
        state: string
        tone: string
        asked: string
      }[]
      more: string | undefined
    }
    'talks/request': {
      say: Said
      flash: Flash | undefined
      shown: string
      sayChange: ChangeWords
      number: number
      title: string
      crumb: string
      state: string
      tone: string
      tags: string[]
      facts: Fact[]
      contact:
        | { text: string; phone: string | undefined; phoneSaid: string | undefined; email: string | undefined }
        | undefined
      talks: { href: string; text: string }[]
      /** The series it is a date of, or where it may be made into one. */
      series: SeriesLink | undefined
      open: boolean
      reasons: Choice[]
      people: Person[]
      typed: { startsAt: string; minutes: string; note: string; reason: string }
      /** Whom a booking and a refusal would tell, while there is something to decide. */
      tells: { booking: string; declining: string } | undefined
      sayTells: TellWords
      ledger: LedgerLine[]
      history: HistoryLine[]
      errors: FieldError[]
      /** The same by field, for the message beside it. */
      wrong: Partial<Record<string, string>>
    }
  }
}

export const toneOf = (state: RequestRow['state']): string =>
  ({ unconfirmed: '', waiting: 'wait', booked: 'sky', held: 'ok', declined: '', withdrawn: '', expired: 'bad' })[state]

/** Parallel classes that were asked for at once. */
export const classesOf = (row: Pick<RequestRow, 'class_count' | 'class_names'>): Classes => ({
  count: row.class_count,
  names: row.class_names,
})

export function requestShown(
  language: Language,
  row: RequestRow,
  windows: Awaited<ReturnType<typeof findWindows>>,
  talks: Awaited<ReturnType<typeof findTalksOf>>,
  now: DateTime,
) {
  const said = words[language]
  const term = terms[language]
  const fact = (name: string, text: string): Fact[] => (text === '' ? [] : [{ name, text }])
  const wishes = windows.map(it =>
    windowSaid(language, {
      ...{ from: it.from_on, to: it.to_on, shift: it.shift ?? undefined },
      ...{ fromMinute: minuteOf(it.from_time) ?? 0, toMinute: minuteOf(it.to_time) ?? 0 },
    }),
  )
  return {
    number: row.number,
    title: said.request(row.number),
    crumb: `${row.host}, ${row.district}`,
    state: term.request[row.state],
    tone: toneOf(row.state),
    tags: [
      quoted(row.topic),
      term.people(row.heads),
      row.languages.map(each => namesOf[language].shortLanguages[each] ?? each).join(' + '),
    ],
    facts: [
      ...fact(
        said.audience,
        [row.audience, row.class_name || (row.grades.length > 0 ? term.grades(row.grades.join(', ')) : '')]
          .filter(Boolean)
          .join(', '),
      ),
      ...fact(classWords[language].label, row.series_id === null ? classesSaid(classesOf(row)) : ''),
      ...fact(said.languages, row.languages.map(each => namesOf[language].languages[each] ?? each).join(', ')),
      ...fact(said.mode, term.mode[row.mode]),
      ...fact(said.wishes, wishes.length > 0 ? wishes.join('; ') : said.anyTime),
      ...fact(said.latest, row.latest_on === null ? '' : dateWithoutWeekday(language, row.latest_on)),
      ...fact(said.note, row.note),
      ...fact(said.source, `${term.source[row.source]}, ${instantSaid(language, row.asked_at, row.zone, now)}`),
      ...fact(said.reason, row.decline_reason ? term.decline[row.decline_reason] : ''),
    ],
    contact: row.contact
      ? {
          text: [row.contact, row.position].filter(Boolean).join(', '),
          phone: row.phone ?? undefined,
          phoneSaid: row.phone ? phoneSaid(row.phone) : undefined,
          email: row.email ?? undefined,
        }
      : undefined,
    talks: talks.map(talk => ({
      href: `/app/talks/${talk.id}`,
      text: `${dayWithMonth(language, talk.held_on)}, ${talk.from_time}: ${term.talk[talk.state]}`,
    })),
    open: row.state === 'waiting',
    reasons: declineReasons.map(value => ({ value, text: term.decline[value] })),
  }
}
