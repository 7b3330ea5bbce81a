import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, type DateTime } from '../base/time.ts'
import type { OpinionsShown } from '../feedback/pages.ts'
import { namesOf } from '../matching/page-words.ts'
import { type OfferCard, quoted, whenSaid } from '../matching/pages.ts'
import type { TellWords } from '../messages/tell-words.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { type ChangeWords, words as changeWords } from './change-words.ts'
import type { Flash } from './flash-pages.ts'
import type { HistoryLine, LedgerLine } from './ledger-pages.ts'
import { words as phoneWords } from './phone-words.ts'
import { proposedSaid } from './proposal-pages.ts'
import type { ReplyShown } from './reply-pages.ts'
import type { ReplyWords } from './reply-words.ts'
import { cancelReasons, type Obstruction } from './rules.ts'
import type { SeriesLink } from './series-pages.ts'
import type { SeatRow, TalkRow } from './show-store.ts'
import { capital, hueOf, initials, instantSaid, knownAs } from './shown-pages.ts'
import { momentOf } from './store.ts'
import type { SearchShown } from './substitution-show-pages.ts'
import type { Words as SearchWords } from './substitution-words.ts'
import { type Said, terms, words } from './words.ts'

export type Mate = {
  seatId: string
  speakerId: string
  hue: string
  initials: string
  name: string
  href: string
  does: string
  state: string
  tone: 'ok' | 'wait' | 'bad' | ''
  when: string
  open: boolean
  gone: boolean
  replace: string | undefined
}
export type Substitution = {
  out: string
  who: string
  people: { in: string; name: string; why: string; will: string }[]
}
export type Choice = { value: string; text: string }
/** Another time, why it is near, and what it would do to those who go. */
export type MoveChoice = Choice & { why: string; will: string; speakers: string[] }
/** What stood in the forms of a talk when they were sent. */
export type Typed = Record<'startsAt' | 'heads' | 'leaflets' | 'in' | 'reason' | 'note', string>
export type FieldError = { field: string; text: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/show': {
      say: Said
      title: string
      id: string
      crumb: string
      state: string
      tone: 'sky' | 'ok' | 'bad'
      tags: string[]
      open: boolean
      begun: boolean
      request: { number: number; text: string } | undefined
      series: SeriesLink | undefined
      seats: string
      team: Mate[]
      substitution: Substitution | undefined
      /** Who was asked to stand in, by the seat that was declined. */
      searches: Record<string, SearchShown>
      saySearch: SearchWords
      moves: MoveChoice[]
      typed: Typed
      /** Who else may report it, where the House has such bodies. */
      reporters: { id: string; name: string; checked: boolean }[]
      /** Whom each form would tell, while the talk may be changed. */
      tells: { move: string; team: string; cancellation: string; swaps: string[] } | undefined
      sayTells: TellWords
      reasons: Choice[]
      place: { lines: string[]; contact: string; phone: string | undefined; phoneSaid: string | undefined }
      replies: ReplyShown[]
      sayReplies: ReplyWords
      ledger: LedgerLine[]
      history: HistoryLine[]
      outcome: string | undefined
      errors: FieldError[]
      /** The same by field, for the message beside it. */
      wrong: Partial<Record<string, string>>
      opened: 'move' | 'team' | 'cancellation' | 'outcome' | 'own' | undefined
      /** What the page was shown with; each form carries it. */
      shown: string
      flash: Flash | undefined
      /** How listeners found it, once it has begun. */
      opinions: OpinionsShown | undefined
      own: { text: string; typed: string; error: string | undefined }
      sayChange: ChangeWords
    }
    'talks/conflict': {
      say: Said
      title: string
      chosen: string
      lines: string[]
      offers: OfferCard[]
      forms: {
        action: string
        fields: Choice[]
        text: string
        why: string
        /** Whom it would tell, the sentence that was typed for the letters, and the words for it. */
        tells: string
        note: string
        sayTells: TellWords
        button: string
      }[]
      talk: string | undefined
      back: string
    }
    'parts/note': { id: string; say: TellWords; value: string; error: string | undefined }
    'parts/ledger': { ledger: LedgerLine[]; say: Said }
    'parts/history': { history: HistoryLine[] }
  }
}

/** The facts of a talk that need no engine. */
export function talkShown(language: Language, row: TalkRow, seats: SeatRow[], now: DateTime) {
  const said = words[language]
  const term = terms[language]
  const { day, from, to } = momentOf(row)
  const listeners =
    row.grades && row.grades.length > 0
      ? term.grades(row.grades.join(', '))
      : (row.audience ?? '').toLocaleLowerCase('kk')
  const standing = seats.filter(({ state }) => state === 'invited' || state === 'accepted')
  const open = seats.filter(seat => seat.state === 'declined' && seat.ended_at === null)
  return {
    title: `${capital(dateSaid(language, day))}, ${clock(from)}–${clock(to)}`,
    crumb: `${row.host}, ${row.district}`,
    state: term.talk[row.state],
    tone: row.state === 'held' ? ('ok' as const) : row.state === 'booked' ? ('sky' as const) : ('bad' as const),
    tags: [
      ...(row.cancel_reason ? [cancelWords[language][row.cancel_reason]] : []),
      quoted(row.topic),
      term.minutes(row.minutes),
      term.people(row.heads_planned),
      listeners,
      row.languages.map(each => namesOf[language].shortLanguages[each] ?? each).join(' + '),
      row.mode === 'onsite' ? '' : term.mode[row.mode],
    ].filter(tag => tag !== ''),
    request: row.number === null ? undefined : { number: row.number, text: said.request(row.number) },
    seats: said.seats(standing.length, standing.length + open.length),
    reasons: cancelReasons.map(value => ({ value, text: cancelWords[language][value] })),
    outcome: row.heads_counted === null ? undefined : said.heldFor(term.people(row.heads_counted)),
    place: placeOf(row),
    team: seats.map(seat => mateOf(language, row, seat, now)),
  }
}

function mateOf(language: Language, row: TalkRow, seat: SeatRow, now: DateTime): Mate {
  const said = words[language]
  const term = terms[language]
  const standing = seat.state === 'invited' || seat.state === 'accepted'
  const open = seat.state === 'declined' && seat.ended_at === null && row.state === 'booked'
  const replaceable = row.state === 'booked' && (standing || open)
  const proposed = proposedSaid(language, seat)
  const reason = [
    ...(seat.reason ? [term.answer[seat.reason]] : []),
    ...(proposed ? [phoneWords[language].proposed(proposed)] : []),
  ]
    .map(said => `, ${said}`)
    .join('')
  const times = seat.answered_at ?? (seat.state === 'invited' ? seat.answer_by : seat.ended_at)
  return {
    seatId: seat.id,
    speakerId: seat.speakerId,
    hue: hueOf(seat.profession),
    initials: initials(seat.name),
    name: knownAs(seat.name),
    href: `/app/speakers/${seat.speakerId}`,
    does: `${seat.does.toLocaleLowerCase('kk')}${standing && seat.travel_minutes > 0 ? ` · ${said.way(term.minutes(seat.travel_minutes))}` : ''}`,
    state:
      row.state === 'cancelled' && seat.state === 'replaced' ? term.talk.cancelled : term.seat[seat.state] + reason,
    tone: seat.state === 'accepted' ? 'ok' : seat.state === 'invited' ? 'wait' : seat.state === 'declined' ? 'bad' : '',
    when: times
      ? seat.state === 'invited'
        ? said.until(instantSaid(language, times, row.zone, now))
        : instantSaid(language, times, row.zone, now)
      : '',
    open,
    gone: !standing,
    replace: replaceable ? `/app/talks/${row.id}?out=${seat.speakerId}#team` : undefined,
  }
}

function placeOf(row: TalkRow) {
  const contact = [row.contact, row.position].filter(Boolean).join(', ')
  const lines = [[row.host, row.hall, row.address].filter(Boolean).join(', '), row.equipment].filter(
    line => line !== '',
  )
  return { lines, contact, phone: row.phone ?? undefined, phoneSaid: row.phone ? phoneSaid(row.phone) : undefined }
}

/** An obstruction that needs no facts of the world, as one sentence. */
export function obstructionSaid(
  language: Language,
  obstruction: Exclude<Obstruction, { code: 'missing' } | { code: 'impossible' }>,
): string {
  const { conflict } = words[language]
  switch (obstruction.code) {
    case 'taken':
      return conflict.taken[obstruction.what]
    case 'request-ended':
      return conflict.requestEnded(terms[language].request[obstruction.state])
    case 'talk-ended':
      return conflict.talkEnded(terms[language].talk[obstruction.state])
    case 'stale':
      return changeWords[language].stale.unknown
    case 'not-in-team':
      return conflict.notInTeam
    case 'no-such-hour':
      return conflict[obstruction.hour]
  }
}

export const choiceOf = (language: Language, moment: { day: string; from: number }): Choice => ({
  value: `${moment.day}T${clock(moment.from)}`,
  text: whenSaid(language, moment),
})

export const byField = (errors: FieldError[]): Partial<Record<string, string>> =>
  Object.fromEntries(errors.map(({ field, text }) => [field, text]))
