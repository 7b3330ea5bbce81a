import { dateSaid, dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, type Day, dayNumber, plusDays, wallOf } from '../base/time.ts'
import { namesOf } from '../matching/page-words.ts'
import { type ObstacleShown, type OfferCard, quoted } from '../matching/pages.ts'
import type { TellWords } from '../messages/tell-words.ts'
import type { WaitingRow } from './inbox-store.ts'
import type { ReplyTask } from './reply-pages.ts'
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
  deadline: { text: string; near: boolean } | undefined
  selected: boolean
}
export type Gap = {
  talkId: string
  host: string
  about: string
  gap: string
  substitute: { out: string; in: string; text: string; why: string; tells: string } | undefined
}
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
      title: string
      count: number
      /** Letters do not leave: in red, with a way to the ledger. */
      mailWaits: { text: string; link: string } | undefined
      gaps: Gap[]
      sayTells: TellWords
      replies: ReplyTask[]
      waiting: Waiting[]
      offers: OfferCard[]
      obstacles: ObstacleShown[]
      selected: number | undefined
      board: Board
      list: DayList
      weekBefore: string
      weekAfter: string
      weekNow: string
    }
    'parts/board': { board: Board; say: Said }
    'parts/day-list': { board: Board; list: DayList; offers: OfferCard[]; say: Said; forRequest: string | undefined }
  }
}

/** A last date this near comes first, whatever waits longer. */
const nearDays = 7

/** Nearest last dates first, then whoever waits longest. */
export function inOrder(rows: WaitingRow[], today: Day): WaitingRow[] {
  const near = (row: WaitingRow) => {
    const day = deadlineOf(row)
    return day !== undefined && dayNumber(day) - dayNumber(today) <= nearDays ? day : undefined
  }
  const since = (row: WaitingRow) => +(row.confirmed_at ?? row.asked_at)
  return [...rows].sort((a, b) => {
    const [first, second] = [near(a), near(b)]
    if (first !== undefined && second !== undefined)
      return first < second ? -1 : first > second ? 1 : since(a) - since(b)
    if (first !== undefined || second !== undefined) return first !== undefined ? -1 : 1
    return since(a) - since(b) || a.number - b.number
  })
}

const deadlineOf = (row: WaitingRow): Day | undefined => row.latest_on ?? row.lastWish ?? undefined

export function waitingShown(
  language: Language,
  row: WaitingRow,
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
    tags: [
      row.district,
      term.people(row.heads),
      row.languages.map(each => namesOf[language].shortLanguages[each] ?? each).join(' + '),
    ],
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
