import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'

export type Concerned = {
  talkId: string
  requestId: string | null
  assignmentId: string | null
  recipient: string
  address: string
  language: Language
  endsAt: DateTime
}

/** Whom a closure must reach: the standing team of each talk and the contact of its host, where there is an address. */
export async function findConcerned(trx: Trx, talkIds: string[]): Promise<Concerned[]> {
  if (talkIds.length === 0) return []
  const { rows } = await sql<Concerned>`
    select t.id as "talkId", t.request_id as "requestId", a.id as "assignmentId", 'speaker:' || s.id as recipient,
      s.email as address, s.language, upper(t.during) as "endsAt"
    from talks t join assignments a on a.talk_id = t.id join speakers s on s.id = a.speaker_id
    where t.id = any(${talkIds}::uuid[]) and a.state in ('invited', 'accepted')
    union all
    select t.id, t.request_id, null, 'contact:' || c.id, c.email, c.language, upper(t.during)
    from talks t join requests r on r.id = t.request_id join contacts c on c.id = r.contact_id
    where t.id = any(${talkIds}::uuid[]) and c.email is not null`.execute(trx)
  return rows
}

/** Whom this closure has reached, or may have: they must hear when it is lifted. */
export async function findTold(trx: Trx, closureId: string): Promise<Concerned[]> {
  const { rows } = await sql<Concerned>`
    select m.talk_id as "talkId", m.request_id as "requestId", m.assignment_id as "assignmentId", m.recipient, m.address,
      m.language, upper(t.during) as "endsAt"
    from messages m join talks t on t.id = m.talk_id
    where m.cause like ${`closure:${closureId}:%`} and m.kind = 'closure' and m.version = 1
      and (m.state in ('sent', 'sending') or m.attempt > 0) and t.state = 'booked'`.execute(trx)
  return rows
}
