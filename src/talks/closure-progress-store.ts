import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { ClosureRow, StandingRow } from '../houses/closure-store.ts'
import type { DistrictRow } from '../houses/travel-store.ts'

/** What the pages of a closure are made of, from the House's own tables. */
export type ClosureShown = ClosureRow
export type TalkTouched = StandingRow
export type DistrictNamed = DistrictRow

export type Progress = { told: number; waiting: number; failed: number }

// the letters of the last thing that was said: of the end, where a talk was restored
const letters = (closureId: string) => sql`
  closure_talks c join messages m on m.talk_id = c.talk_id and m.cause = 'closure:' || c.closure_id || ':' || c.talk_id
    and m.version >= coalesce(c.restored_version, 0)
  where c.closure_id = ${closureId}`

// refused, held, or not gone before it was too late
const missed = sql`(m.state in ('failed', 'held') or m.state = 'skipped' and m.reason = 'too-late')`

/** How many letters of a closure have left, wait or did not arrive; those that nobody needs any more are not counted. */
export async function countTold(db: Db, closureId: string): Promise<Progress> {
  const { rows } = await sql<Progress>`
    select count(*) filter (where m.state = 'sent')::int as told,
      count(*) filter (where m.state in ('waiting', 'sending'))::int as waiting,
      count(*) filter (where ${missed})::int as failed
    from ${letters(closureId)}`.execute(db)
  return rows[0] ?? { told: 0, waiting: 0, failed: 0 }
}

/** Whom letters have not reached, or can't: they are called. */
export async function findToCall(db: Db, closureId: string, language: Language) {
  const name = sql.ref(`s.name_${language}`)
  const { rows } = await sql<{
    talkId: string
    name: string
    phone: string | null
    why: 'failed' | 'silent'
    startsAt: DateTime
  }>`
    select t.id as "talkId", coalesce(${name}, k.name) as name, coalesce(s.phone, k.phone) as phone, f.why, lower(t.during) as "startsAt"
    from (
      select m.talk_id, m.recipient, 'failed' as why from ${letters(closureId)} and ${missed}
      union all
      select c.talk_id, 'contact:' || k.id, 'silent'
      from closure_talks c join talks t on t.id = c.talk_id join requests r on r.id = t.request_id join contacts k on k.id = r.contact_id
      where c.closure_id = ${closureId} and c.outcome <> 'kept' and k.email is null
        and not exists (select from messages m where m.cause = 'closure:' || c.closure_id || ':' || t.id and m.recipient = 'contact:' || k.id)
    ) f
    join talks t on t.id = f.talk_id
    left join speakers s on f.recipient = 'speaker:' || s.id
    left join contacts k on f.recipient = 'contact:' || k.id
    order by lower(t.during), name`.execute(db)
  return rows
}
export type ToCall = Awaited<ReturnType<typeof findToCall>>[number]

/** How many people of the teams and contacts of hosts would get a letter about these talks. */
export async function countConcerned(
  db: Db,
  talkIds: string[],
): Promise<Map<string, { speakers: number; hosts: number }>> {
  const { rows } = await sql<{ id: string; speakers: number; hosts: number }>`
    select t.id, (select count(*)::int from assignments a where a.talk_id = t.id and a.state in ('invited', 'accepted')) as speakers,
      (select count(*)::int from requests r join contacts k on k.id = r.contact_id where r.id = t.request_id
        and (k.email is not null or k.channel = 'webhook' and k.phone is not null)) as hosts
    from talks t where t.id = any(${talkIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, speakers, hosts }) => [id, { speakers, hosts }]))
}

/** How many talks each closure changed, and how many of them are still as it left them. */
export async function countChanged(db: Db, closureIds: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select closure_id as id, count(*)::int as count from closure_talks
    where closure_id = any(${closureIds}::uuid[]) and outcome <> 'kept' group by closure_id`.execute(db)
  return new Map(rows.map(row => [row.id, row.count]))
}

/** Names of what talks are about and where, for a list of them. */
export async function findTitles(db: Db, talkIds: string[], language: Language) {
  const rows = await db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .select(['talks.id', `hosts.name_${language} as host`, `topics.title_${language} as topic`])
    .where('talks.id', '=', sql<string>`any(${talkIds}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, host, topic }) => [id, { host, topic }]))
}
export type Titles = Awaited<ReturnType<typeof findTitles>>
