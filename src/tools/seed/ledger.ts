import type { Insertable } from 'kysely'
import type { Tables } from '../../base/db/tables.ts'
import type { Language } from '../../base/i18n/language.ts'
import type { DateTime } from '../../base/time.ts'
import { notices } from '../../talks/notice-rules.ts'
import { seedId } from './random.ts'
import type { Fated } from './rows.ts'

export type Reader = { address: string; language: Language }

// as houses are seeded: 21:00–07:00 is quiet, a week, the evening and two hours before
const wishes = { quiet: { from: 1260, until: 420 }, days: 7, dayBeforeAt: 1080, hours: 2 }

/** What was told about a talk, and what is still to be told; what was due has left already. */
export function ledgerOf(
  { talk, fate, contact }: Fated,
  houseId: string,
  zone: string,
  readers: Map<string, Reader>,
  now: DateTime,
): Insertable<Tables['messages']>[] {
  const { id, bookedAt, startsAt, endsAt } = talk
  const team = fate.seats.flatMap(seat => {
    const reader = readers.get(seat.speakerId)
    return reader
      ? [
          {
            ...reader,
            recipient: `speaker:${seat.speakerId}`,
            wishes,
            untold: [],
            assignmentId: seedId('assignment', id, seat.speakerId),
            news: 'joins' as const,
          },
        ]
      : []
  })
  const host = {
    recipient: `contact:${contact.id}`,
    address: contact.row.email,
    language: contact.language,
    wishes,
    untold: [],
  }
  const told = notices({
    talk: { id, houseId, requestId: talk.request.id, version: 1, zone, startsAt, endsAt },
    event: 'booked',
    team,
    contact: host,
    dueAt: bookedAt,
    now: bookedAt,
  })
  return told.map(it => {
    const past = it.dueAt <= now
    const declined = fate.seats.some(seat => seat.state === 'declined' && it.recipient === `speaker:${seat.speakerId}`)
    const state = past ? 'sent' : declined ? 'superseded' : 'waiting'
    return {
      house_id: houseId,
      kind: it.kind,
      cause: it.cause,
      version: it.version,
      recipient: it.recipient,
      request_id: talk.request.id,
      talk_id: id,
      assignment_id: it.assignmentId ?? null,
      address: it.address,
      language: it.language,
      state,
      reason: state === 'superseded' ? 'answered' : null,
      created_at: bookedAt,
      due_at: it.dueAt,
      not_after: it.notAfter ?? null,
      attempt: past ? 1 : 0,
      sent_at: past ? it.dueAt : null,
      smtp_reply: past ? '250 written to a file' : null,
    }
  })
}
