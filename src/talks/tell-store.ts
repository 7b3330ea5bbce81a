import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'
import type { NewMessage } from '../messages/rules.ts'
import { type Notice, news, teamOf } from './notice-rules.ts'
import { findRecipients } from './recipient-store.ts'
import type { Seat, TeamChange } from './rules.ts'

type About = {
  id: string
  houseId: string
  contactId: string | null
  zone: string
  version: number
  startsAt: DateTime
  endsAt: DateTime
}
type Change = { event: Notice['event']; change: Pick<TeamChange, 'stay' | 'leave'> }

/** The letters that changes of a talk would write if they were made now, by the rule that writes them. */
export async function foretell(db: Db, about: About, seats: Seat[], changes: Change[], now: DateTime) {
  const speakerIds = seats.map(({ speakerId }) => speakerId)
  const { id, houseId, zone, startsAt, endsAt, contactId } = about
  const { speakers, contact } = await findRecipients(db, { houseId, talkId: id, contactId, speakerIds })
  const talk = { id, houseId, requestId: undefined, version: about.version + 1, zone, startsAt, endsAt }
  return changes.map(({ event, change }): NewMessage[] =>
    news({ talk, event, team: teamOf({ ...change, join: [] }, new Map(), speakers), contact, dueAt: now, now }),
  )
}
