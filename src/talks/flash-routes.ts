import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Names } from '../matching/names-store.ts'
import { whenSaid } from '../matching/pages.ts'
import { tellsSaid } from '../messages/tell-pages.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { findRefusalTold } from '../requests/declined-store.ts'
import { undecliningNotices } from '../requests/undo-rules.ts'
import { countLetters, findUndo, type Undo } from '../requests/undo-store.ts'
import { words } from './change-words.ts'
import { type Flash, lettersSaid } from './flash-pages.ts'
import { news, teamOf } from './notice-rules.ts'
import { findRecipients } from './recipient-store.ts'
import type { RequestRow } from './request-store.ts'
import { isStanding } from './rules.ts'
import type { HistoryRow, SeatRow, TalkRow } from './show-store.ts'
import { knownAs } from './shown-pages.ts'
import { momentOf } from './store.ts'
import { counts } from './tell-routes.ts'
import { apart, eventOf } from './undo-actions.ts'
import { type Before, undoing } from './undo-rules.ts'
import { findKnowledge } from './undo-store.ts'
import { terms } from './words.ts'

type Asking = { db: Db; houseId: string; language: Language; names: Pick<Names, 'speakers'>; now: DateTime }

/** The notice above a talk after a change, and while its letters wait. */
export async function talkFlash(
  asking: Asking,
  row: TalkRow,
  seats: SeatRow[],
  history: HistoryRow[],
  done: boolean,
): Promise<Flash | undefined> {
  const { db, language, names, now } = asking
  const last = await findUndo(db, { talkId: row.id })
  const said = words[language]
  if (!last || last.version !== row.version || last.kind === 'request-declined')
    return done ? undone(asking, `talk:${row.id}`, row.version, history, row.zone, said.done.undone) : undefined
  const possible = row.state === (last.kind === 'cancelled' ? 'cancelled' : 'booked') && row.during.from > now
  if (!possible || (!done && last.lettersAt <= now)) return
  const letters = await countLetters(db, `talk:${row.id}`, row.version)
  const before = last.before as Before
  const who = (id: string | undefined) => knownAs(names.speakers.get(id ?? '') ?? '–')
  const { back, gone } = apart(seats.filter(counts).map(seatOf), before)
  const text =
    last.kind === 'moved'
      ? said.done.moved(whenSaid(language, before), whenSaid(language, momentOf(row)))
      : last.kind === 'team-changed'
        ? said.done.team(who(back[0]?.speakerId), who(gone[0]?.speakerId))
        : said.done.cancelled(cancelWords[language][row.cancel_reason ?? 'other'])
  return {
    text,
    letters: lettersSaid(language, letters, last.lettersAt, row.zone, now),
    tell: `${said.ifUndone} ${await undoTells(asking, row, seats, last)}`,
    undo: `/app/talks/${row.id}/undo`,
    now: letters.waiting > 0 && last.lettersAt > now ? `/app/talks/${row.id}/letters-now` : undefined,
  }
}

/** The notice above a request that was declined, or is looked at again. */
export async function requestFlash(
  { db, language, now, ...asking }: Asking,
  row: RequestRow,
  history: HistoryRow[],
  done: boolean,
): Promise<Flash | undefined> {
  const said = words[language]
  const last = await findUndo(db, { requestId: row.id })
  if (!last || row.state !== 'declined' || last.version !== row.version)
    return done && row.state === 'waiting'
      ? undone(
          { db, language, now, ...asking },
          `request:${row.id}`,
          row.version,
          history,
          row.zone,
          said.done.reopened,
        )
      : undefined
  if (!done && last.lettersAt <= now) return
  const letters = await countLetters(db, `request:${row.id}`, row.version)
  const { heard, owed } = await findRefusalTold(db, row.id, row.version)
  const { email, phone, channel, contactLanguage } = row
  const contact = { id: row.contactId, email, phone, channel, language: contactLanguage }
  const { id } = row
  const told = undecliningNotices({ id, houseId: asking.houseId, version: 0, contact, heard, owed, dueAt: now })
  return {
    text: said.done.declined(terms[language].decline[row.decline_reason ?? 'other']),
    letters: lettersSaid(language, letters, last.lettersAt, row.zone, now),
    tell: `${said.ifUndone} ${told.length === 0 ? said.nobody : tellsSaid(language, told, () => undefined, row)}`,
    undo: `/app/requests/${row.number}/undo`,
    now: letters.waiting > 0 && last.lettersAt > now ? `/app/requests/${row.number}/letters-now` : undefined,
  }
}

/** After an undoing there is nothing more to take back. */
async function undone(
  { db, language, now }: Asking,
  cause: string,
  version: number,
  [last]: HistoryRow[],
  zone: string,
  text: string,
): Promise<Flash | undefined> {
  if (last?.kind !== 'undone') return
  const letters = await countLetters(db, cause, version)
  return { text, letters: lettersSaid(language, letters, now, zone, now), tell: '', undo: undefined, now: undefined }
}

/** Whom taking the last change back would tell, by the rule that writes the letters. */
async function undoTells(
  { db, houseId, language, names, now }: Asking,
  row: TalkRow,
  seats: SeatRow[],
  last: Undo,
): Promise<string> {
  if (last.kind === 'request-declined') return ''
  const event = eventOf[last.kind]
  const before = last.before as Before
  const { stay, back, gone } = apart(seats.filter(counts).map(seatOf), before)
  const change = { stay: stay.filter(isStanding), leave: gone.filter(isStanding), join: [] }
  const joined = new Map(back.filter(isStanding).map(seat => [seat.speakerId, seat.assignmentId]))
  const people = [...change.stay, ...change.leave, ...back].map(({ speakerId }) => speakerId)
  const of = { houseId, talkId: row.id, contactId: row.contactId, speakerIds: people }
  const { speakers, contact } = await findRecipients(db, of)
  const known = await findKnowledge(db, row.id, { version: row.version, event, at: last.at })
  const { id, zone, during } = row
  const talk = { id, houseId, requestId: undefined, version: 0, zone, startsAt: during.from, endsAt: during.to }
  const team = teamOf(change, joined, speakers)
  const told = news({ talk, event: 'undone', ...undoing(event, team, contact, known), dueAt: now, now })
  return told.length === 0 ? words[language].nobody : tellsSaid(language, told, each => names.speakers.get(each), row)
}

const seatOf = (seat: SeatRow) => ({ ...seat, assignmentId: seat.id })
