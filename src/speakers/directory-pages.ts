import { dateDigits, dateShort, dateWithoutWeekday, weekdayName } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { words as common } from '../houses/field-words.ts'
import type { findBusyTimes, findPerson, PersonTalkRow } from './directory-store.ts'
import { words } from './directory-words.ts'
import type { UnfitLine } from './edit-pages.ts'
import type { SpeakerRow } from './edit-store.ts'
import { words as editWords } from './edit-words.ts'
import { ownCalendarSaid } from './own-calendar-pages.ts'
import { type PaperNote, paperNote } from './paper-pages.ts'
import { paperWarnings } from './paper-rules.ts'

export type PersonTalk = { href: string; when: string; host: string; topic: string; state: string }
type Person = Awaited<ReturnType<typeof findPerson>> & object

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/directory': {
      say: (typeof words)['kk']
      add: string
      rows: {
        href: string
        name: string
        does: string
        languages: string
        group: string
        month: string
        paper: { text: string; bad: boolean } | undefined
        paused: string | undefined
      }[]
    }
    'speakers/person': {
      say: (typeof words)['kk']
      edit: { href: string; text: string; weekly: string; week: string; away: string; planAgain: string }
      done: string
      unfit: { title: string; text: string; lines: UnfitLine[] }
      fairness: { href: string; text: string }
      papers: PaperNote
      name: string
      does: string
      email: string
      phone: string | undefined
      phoneSaid: string
      facts: { name: string; text: string }[]
      ahead: PersonTalk[]
      past: PersonTalk[]
    }
  }
}

type More = {
  kept: Pick<SpeakerRow, 'accountId' | 'credentials' | 'consent' | 'leftOn'>
  busy: Awaited<ReturnType<typeof findBusyTimes>>
  ahead: PersonTalkRow[]
  past: PersonTalkRow[]
  unfit: UnfitLine[]
  /** The figures that the page of fairness has and the engine weighs; undefined for who has left. */
  fair: { served: number; offered: number } | undefined
  saved: boolean
  now: DateTime
}

/** One speaker: what is kept of the person, and the talks ahead and behind. */
export function personPage(
  language: Language,
  person: Person,
  { kept, busy, ahead, past, unfit, fair, saved, now }: More,
) {
  const { calendarReadAt: readAt, calendarKind: kind, calendarFault: fault, zone } = person
  const said = words[language]
  const its = editWords[language]
  const fact = (name: string, text: string) => ({ name, text })
  return {
    say: said,
    edit: {
      href: `/app/speakers/${person.id}/edit`,
      text: common[language].edit,
      weekly: its.weekly,
      away: `/app/planner?speaker=${person.id}`,
      planAgain: its.planAgain,
      week: `/app/speakers/${person.id}/week`,
    },
    done: saved ? its.saved : '',
    unfit: { title: its.unfit, text: its.unfitText, lines: unfit },
    fairness: { href: `/app/fairness/${person.id}`, text: said.fairness },
    papers: paperNote(language, paperWarnings(kept.credentials, wallOf(now, zone).day)),
    name: person.name,
    does: person.professions.join(', ').toLocaleLowerCase('kk'),
    email: person.email,
    phone: person.phone ?? undefined,
    phoneSaid: person.phone ? phoneSaid(person.phone) : '',
    facts: [
      fact(said.languages, person.languages.map(each => words[language].shortLanguages[each] ?? each).join(', ')),
      fact(said.group, person.groups.join(', ')),
      fact(said.home, person.district),
      fact(said.transport, said.transports[person.transport]),
      fact(said.limits, `${person.limit_day} / ${person.limit_week} / ${person.limit_month}`),
      ...(fair === undefined
        ? []
        : [fact(said.quarter, said.hours(String(Math.round(fair.served)), String(Math.round(fair.offered))))]),
      fact(said.topics, person.topics.length > 0 ? person.topics.join('; ') : said.every),
      ...(person.wishes.length > 0 ? [fact(said.wishes, person.wishes.join('; '))] : []),
      ...(person.ownDistricts.length > 0 ? [fact(said.ownDistricts, person.ownDistricts.join(', '))] : []),
      fact(
        said.busy,
        busy.length > 0
          ? busy.map(it => `${weekdayName(language, it.weekday)} ${it.from_time}–${it.to_time}`).join('; ')
          : said.never,
      ),
      fact(
        its.papers,
        kept.credentials
          .map(({ kind, until, note }) => {
            const named = [its.kinds[kind] ?? kind, note].filter(Boolean).join(', ')
            return until ? its.validUntil(named, dateDigits(until)) : named
          })
          .join('; ') || its.none,
      ),
      fact(its.consent, kept.consent ? its.version(dateDigits(kept.consent.on), kept.consent.version) : its.none),
      fact(its.signsIn, kept.accountId === undefined ? its.signsInNo : its.signsInYes),
      ...(readAt === null ? [] : [fact(said.calendar, ownCalendarSaid(language, { readAt, kind, fault }, zone, now))]),
      ...(person.paused_from === null ? [] : [fact('', said.paused(dateWithoutWeekday(language, person.paused_from)))]),
      ...(kept.leftOn === undefined ? [] : [fact('', its.left(dateDigits(kept.leftOn)))]),
    ],
    ahead: ahead.map(row => talkShown(language, row)),
    past: past.map(row => talkShown(language, row)),
  }
}

const talkShown = (language: Language, row: PersonTalkRow): PersonTalk => ({
  href: `/app/talks/${row.id}`,
  when: `${dateShort(language, row.held_on)}.${row.held_on.slice(5, 7)}, ${row.from_time}`,
  host: row.host,
  topic: row.topic,
  state:
    row.state === 'booked'
      ? row.seat === 'invited'
        ? words[language].waits
        : words[language].agreed
      : row.heads_counted === null
        ? ''
        : String(row.heads_counted),
})
