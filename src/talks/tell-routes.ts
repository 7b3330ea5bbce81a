import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { NewMessage } from '../messages/rules.ts'
import { decliningNotices } from '../requests/decline-rules.ts'
import type { RequestRow } from './request-store.ts'
import { isStanding, teamChange } from './rules.ts'
import type { SeatRow, TalkRow } from './show-store.ts'
import { tellsSaid } from './tell-pages.ts'
import { foretell } from './tell-store.ts'

/** Who asks, how the House calls its speakers, and when. */
type Asked = { db: Db; houseId: string; language: Language; speakers: ReadonlyMap<string, string>; now: DateTime }

/** Whether somebody has or had a seat that is still theirs, or open. */
export const counts = (seat: SeatRow): boolean =>
  isStanding(seat) || (seat.state === 'declined' && seat.ended_at === null)

/** Whom each form on the page of a talk would tell if it were sent now; `out` is who would be replaced. */
export async function talkTells(asked: Asked, row: TalkRow, seats: SeatRow[], out: string | undefined) {
  const { db, houseId, language, speakers, now } = asked
  const people = seats.filter(counts).map(seat => ({ ...seat, assignmentId: seat.id }))
  const without = people.filter(({ speakerId }) => speakerId !== out)
  const { id, contactId, zone, version, during } = row
  const about = { id, houseId, contactId, zone, version, startsAt: during.from, endsAt: during.to }
  const [move = [], team = [], cancellation = []] = await foretell(
    db,
    about,
    people,
    [
      { event: 'moved', change: teamChange(people, people) },
      { event: 'team', change: teamChange(people, without) },
      { event: 'cancelled', change: teamChange(people, []) },
    ],
    now,
  )
  const said = (letters: NewMessage[], unnamed?: 'substitute') =>
    tellsSaid(language, letters, each => speakers.get(each), row, unnamed)
  return { move: said(move), team: said(team, 'substitute'), cancellation: said(cancellation) }
}

/** Whom a booking by hand and a refusal of a request would tell if they were made now. */
export async function requestTells({ db, houseId, language, speakers, now }: Asked, row: RequestRow) {
  const { id, contactId, zone, email, contactLanguage } = row
  const booked = { id: '', houseId, contactId, zone, version: 0, startsAt: now, endsAt: now }
  const [letters = []] = await foretell(db, booked, [], [{ event: 'booked', change: { stay: [], leave: [] } }], now)
  const contact = { id: contactId, email, language: contactLanguage }
  const declined = decliningNotices({ id, houseId, version: 0, contact, dueAt: now })
  const nameOf = (each: string) => speakers.get(each)
  return {
    booking: tellsSaid(language, letters, nameOf, row, 'team'),
    declining: tellsSaid(language, declined, nameOf, row),
  }
}
