import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { NewMessage } from '../messages/rules.ts'
import { tellsSaid } from '../messages/tell-pages.ts'
import { decliningNotices } from '../requests/decline-rules.ts'
import type { RequestRow } from './request-store.ts'
import { isStanding, type Seat, teamChange } from './rules.ts'
import type { SeatRow, TalkRow } from './show-store.ts'
import { findConcerned, foretell, foretellAll } from './tell-store.ts'

/** Who asks, how the House calls its speakers, and when. */
export type Asked = {
  db: Db
  houseId: string
  language: Language
  speakers: ReadonlyMap<string, string>
  now: DateTime
}

/** Whether somebody has or had a seat that is still theirs, or open. */
export const counts = (seat: SeatRow): boolean =>
  isStanding(seat) || (seat.state === 'declined' && seat.ended_at === null)

/** Whom each form on the page of a talk would tell if it were sent now; `out` is who would be replaced, by one of `candidates`. */
export async function talkTells(
  asked: Asked,
  row: TalkRow,
  seats: SeatRow[],
  out: string | undefined,
  candidates: string[],
) {
  const { db, houseId, language, speakers, now } = asked
  const people = seats.filter(counts).map(seat => ({ ...seat, assignmentId: seat.id }))
  const without = people.filter(({ speakerId }) => speakerId !== out)
  const { id, contactId, zone, version, during } = row
  const about = { id, contactId, zone, version, startsAt: during.from, endsAt: during.to }
  const [move = [], team = [], cancellation = [], ...swaps] = await foretell(
    db,
    houseId,
    about,
    people,
    [
      { event: 'moved', change: teamChange(people, people) },
      { event: 'team', change: teamChange(people, without) },
      { event: 'cancelled', change: teamChange(people, []) },
      ...candidates.map(candidate => swapOf(people, out, candidate)),
    ],
    now,
  )
  const said = (letters: NewMessage[], unnamed?: 'substitute') =>
    tellsSaid(language, letters, each => speakers.get(each), row, unnamed)
  return {
    move: said(move),
    team: said(team, 'substitute'),
    cancellation: said(cancellation),
    /** For each candidate, in their order. */
    swaps: swaps.map(letters => said(letters)),
  }
}

/** Whom each of these replacements would tell, by talk and who leaves: as many queries for many talks as for one. */
export async function swapTells(
  { db, houseId, language, speakers, now }: Asked,
  swaps: { talkId: string; out: string; in: string }[],
): Promise<(string | undefined)[]> {
  if (swaps.length === 0) return []
  const found = await findConcerned(
    db,
    houseId,
    swaps.map(({ talkId }) => talkId),
    language,
  )
  const concerned = swaps.map(swap => found.find(({ about }) => about.id === swap.talkId))
  const letters = await foretellAll(
    db,
    houseId,
    swaps.flatMap((swap, at) => {
      const talk = concerned[at]
      return talk ? [{ ...talk, changes: [swapOf(talk.seats, swap.out, swap.in)] }] : []
    }),
    now,
  )
  return concerned.map(talk => {
    const [own] = talk ? (letters.shift() ?? []) : []
    return talk && own && tellsSaid(language, own, each => speakers.get(each), talk)
  })
}

const swapOf = (seats: Seat[], out: string | undefined, into: string) => {
  const without = seats.filter(({ speakerId }) => speakerId !== out)
  return { event: 'team' as const, change: teamChange(seats, without), joins: [into] }
}

/** Whom a booking by hand and a refusal of a request would tell if they were made now. */
export async function requestTells({ db, houseId, language, speakers, now }: Asked, row: RequestRow) {
  const { id, contactId, zone, email, phone, channel, contactLanguage } = row
  const booked = { id: '', contactId, zone, version: 0, startsAt: now, endsAt: now }
  const nobody = { event: 'booked' as const, change: { stay: [], leave: [] } }
  const [letters = []] = await foretell(db, houseId, booked, [], [nobody], now)
  const contact = { id: contactId, email, phone, channel, language: contactLanguage }
  const declined = decliningNotices({ id, houseId, version: 0, contact, dueAt: now })
  const nameOf = (each: string) => speakers.get(each)
  return {
    booking: tellsSaid(language, letters, nameOf, row, 'team'),
    declining: tellsSaid(language, declined, nameOf, row),
  }
}
