import { dateSaid, dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, type Day, dayNumber, plusDays, wallOf } from '../base/time.ts'
import { namesOf } from '../matching/page-words.ts'
import { type ObstacleShown, type OfferCard, quoted } from '../matching/pages.ts'
import type { TellWords } from '../messages/tell-words.ts'
import { classesLine } from '../requests/class-words.ts'
import { words as pageWords } from './closure-page-words.ts'
import type { WaitingRow } from './inbox-store.ts'
import type { KeyWords } from './key-words.ts'
import type { ReplyTask } from './reply-pages.ts'
import { classesOf } from './request-pages.ts'
import { words as seriesWords } from './series-words.ts'
import { instantSaid } from './shown-pages.ts'
import type { Board } from './week-pages.ts'
import { type Said, terms, words } from './words.ts'

export type Waiting = {
  number: number
  href: string
  since: string
  host: string
  about: string
  tags: string[]
  /** A closure took its talk. */
  postponed: string | undefined
  deadline: { text: string; near: boolean } | undefined
  selected: boolean
  /** A series stands as one line: the way to plan all its dates. */
  plan: { href: string; text: string } | undefined
}
export type Gap = {
  talkId: string
  host: string
  about: string
  gap: string
  /** How the search for somebody stands. */
  asking: string | undefined
  substitute: { version: number; out: string; in: string; text: string; why: string; tells: string } | undefined
}
export type LitCard = OfferCard & { value: string | undefined }
export type DayList = {
  title: string
  day: Day
  before: { href: string; said: string }
  after: { href: string; said: string }
  strip: {
    href: string
    weekday: string
    date: string
    count: number
    countSaid: string
    today: boolean
    here: boolean
  }[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/inbox': {
      say: Said
      sayKeys: KeyWords
      title: string
      count: number
      /** Letters do not leave: in red, with a way to the ledger. */
      mailWaits: { text: string; link: string } | undefined
      gaps: Gap[]
      sayTells: TellWords
      replies: ReplyTask[]
      waiting: Waiting[]
      offers: OfferCard[]
      /** With those that the board shows besides; `value` where one form serves them all. */
      onBoard: LitCard[]
      obstacles: ObstacleShown[]
      selected: number | undefined
      board: Board
      /** Where the offers of the board are booked. */
      booking: string | undefined
      list: DayList
      weekBefore: string
      weekAfter: string
      weekNow: string
    }
    'parts/keys': { say: KeyWords }
    'parts/board': { board: Board; say: Said }
    'parts/day-list': { board: Board; list: DayList; offers: LitCard[]; say: Said; forRequest: string | undefined }
  }
}

/** A last date this near comes first, whatever waits longer. */
const nearDays = 7

/** Whose talk a closure took comes first, then nearest last dates, then whoever waits longest. */
export function inOrder(rows: WaitingRow[], today: Day): WaitingRow[] {
  const near = (row: WaitingRow) => {
    const day = deadlineOf(row)
    return day !== undefined && dayNumber(day) - dayNumber(today) <= nearDays ? day : undefined
  }
  const since = (row: WaitingRow) => +(row.confirmed_at ?? row.asked_at)
  return [...rows].sort((a, b) => {
    const [put, off] = [a.postponed_from !== null, b.postponed_from !== null]
    if (put !== off) return put ? -1 : 1
    const [first, second] = [near(a), near(b)]
    if (first !== undefined && second !== undefined)
      return first < second ? -1 : first > second ? 1 : since(a) - since(b)
    if (first !== undefined || second !== undefined) return first !== undefined ? -1 : 1
    return since(a) - since(b) || a.number - b.number
  })
}

export type InboxLine = WaitingRow & { dates: number }

/** Dates of one series that wait are one line, where the first of them in order would stand. */
export function oneLineASeries(rows: WaitingRow[]): InboxLine[] {
  const series = Map.groupBy(rows, row => row.series_id ?? row.id)
  return [...series.values()].flatMap(dates => {
    const first = dates.toSorted((a, b) => (a.series_position ?? 0) - (b.series_position ?? 0))[0]
    return first ? [{ ...first, dates: dates.length }] : []
  })
}

const deadlineOf = (row: WaitingRow): Day | undefined => row.latest_on ?? row.lastWish ?? undefined

export function waitingShown(
  language: Language,
  row: InboxLine,
  selected: number | undefined,
  zone: string,
  now: DateTime,
): Waiting {
  const said = words[language]
  const term = terms[language]
  const today = wallOf(now, zone).day
  const since = row.confirmed_at ?? row.asked_at
  const days = dayNumber(today) - dayNumber(wallOf(since, zone).day)
  const deadline = deadlineOf(row)
  return {
    number: row.number,
    href: `/app?request=${row.number}`,
    host: row.host,
    selected: row.number === selected,
    since: days > 1 ? said.waits(term.days(days)) : instantSaid(language, since, zone, now),
    about: `${quoted(row.topic)} · ${row.grades.length > 0 ? term.grades(row.grades.join(', ')) : row.audience.toLocaleLowerCase('kk')}`,
    plan:
      row.series_id === null
        ? undefined
        : { href: `/app/series/${row.series_id}/plan`, text: seriesWords[language].plan },
    tags: [
      ...(row.series_id === null ? [] : [seriesWords[language].count(row.dates)]),
      // each date of a series is for a class of its own
      ...(row.series_id === null ? [classesLine(language, classesOf(row))].filter(Boolean) : []),
      row.district,
      term.people(row.heads),
      row.languages.map(each => namesOf[language].shortLanguages[each] ?? each).join(' + '),
    ],
    postponed: row.postponed_from === null ? undefined : pageWords[language].postponed,
    deadline:
      deadline === undefined
        ? undefined
        : {
            text: said.deadline(dateWithoutWeekday(language, deadline)),
            near: dayNumber(deadline) - dayNumber(today) <= nearDays,
          },
  }
}

/** The days of the board one by one, for a phone; the addresses keep the request and the week. */
export function dayListOf(language: Language, board: Board, day: Day, address: (day: Day) => string): DayList {
  const term = terms[language]
  const link = (to: Day) => ({ href: `${address(to)}#day`, said: dateSaid(language, to) })
  return {
    title: dateSaid(language, day),
    day,
    before: link(plusDays(day, -1)),
    after: link(plusDays(day, 1)),
    strip: board.days.map(each => ({
      href: `${address(each.day)}#day`,
      weekday: each.weekday,
      date: each.date,
      count: each.count,
      countSaid: term.talks(each.count),
      today: each.today,
      here: each.day === day,
    })),
  }
}
