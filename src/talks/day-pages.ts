import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, type DateTime } from '../base/time.ts'
import { namesOf } from '../matching/page-words.ts'
import { quoted } from '../matching/pages.ts'
import type { DayTalkRow, GoerRow } from './day-store.ts'
import type { DayList } from './inbox-pages.ts'
import type { KeyWords } from './key-words.ts'
import { hueOf, knownAs } from './shown-pages.ts'
import { momentOf } from './store.ts'
import type { Board } from './week-pages.ts'
import { type Said, terms, words } from './words.ts'

export type Goer = { name: string; does: string; hue: string; phone: string; order: string }
export type DayTalk = {
  href: string
  from: string
  to: string
  host: string
  address: string
  contact: string
  phone: string | undefined
  phoneSaid: string
  topic: string
  about: string
  goers: Goer[]
  held: string | undefined
  waiting: string | undefined
  /** The coordinators' own note. */
  note: string
  next: boolean
}

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/week': {
      say: Said
      sayKeys: KeyWords
      title: string
      board: Board
      list: DayList
      before: string
      after: string
      now: string
      printed: string
    }
    'talks/day': {
      say: Said
      title: string
      sum: string
      talks: DayTalk[]
      before: string
      after: string
      now: string
      week: string
      pdf: string
      printed: string
    }
  }
}

/** The sheet of a day; `order` numbers the places of somebody who goes to several, with the way to each. */
export function dayShown(language: Language, rows: DayTalkRow[], goers: GoerRow[], now: DateTime): DayTalk[] {
  const said = words[language]
  const term = terms[language]
  const next = rows.find(row => row.state === 'booked' && row.during.from > now)
  const ofSpeaker = Map.groupBy(goers, ({ speakerId }) => speakerId)
  const goerOf = (goer: GoerRow): Goer => {
    const day = ofSpeaker.get(goer.speakerId) ?? []
    const place = day.findIndex(({ talkId }) => talkId === goer.talkId) + 1
    const way = goer.travel_minutes > 0 ? said.way(term.minutes(goer.travel_minutes)) : ''
    return {
      name: knownAs(goer.name),
      does: goer.does.toLocaleLowerCase('kk'),
      hue: hueOf(goer.profession),
      phone: goer.phone ? phoneSaid(goer.phone) : '',
      order: [day.length > 1 ? `${place}/${day.length}` : '', way].filter(Boolean).join(' · '),
    }
  }
  return rows.map(row => {
    const { from, to } = momentOf(row)
    const its = goers.filter(({ talkId }) => talkId === row.id)
    const silent = its.filter(({ state }) => state === 'invited').map(({ name }) => knownAs(name).split(' ')[0] ?? '')
    const listeners =
      row.grades && row.grades.length > 0
        ? term.grades(row.grades.join(', '))
        : (row.audience ?? '').toLocaleLowerCase('kk')
    return {
      href: `/app/talks/${row.id}`,
      from: clock(from),
      to: clock(to),
      host: row.host,
      address: [row.hall, row.address, row.district].filter(Boolean).join(' · '),
      contact: [row.contact, row.position].filter(Boolean).join(', '),
      phone: row.phone ?? undefined,
      phoneSaid: row.phone ? phoneSaid(row.phone) : '',
      topic: quoted(row.topic),
      about: [
        listeners,
        term.people(row.heads_planned),
        row.languages.map(each => namesOf[language].shortLanguages[each] ?? each).join(' + '),
        row.mode === 'onsite' ? '' : term.mode[row.mode],
      ]
        .filter(Boolean)
        .join(' · '),
      goers: its.map(goerOf),
      next: row === next,
      note: row.note,
      held:
        row.state === 'held'
          ? said.heldFor(term.people(row.heads_counted ?? 0))
          : row.state === 'not-held'
            ? term.talk['not-held']
            : undefined,
      waiting: row.state === 'booked' && silent.length > 0 ? said.waitingAnswer(silent.join(', ')) : undefined,
    }
  })
}
