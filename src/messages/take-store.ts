import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, minuteOf } from '../base/time.ts'
import { bundleMinutes, joining } from './bundle-rules.ts'
import { due, type MessageRow } from './delivery-store.ts'
import { type Asked, type End, mostInOne, type Sorted } from './take-rules.ts'

export type Found = MessageRow & Asked

/** Where the reader of `m` can be reached now; what stands in the row for whom we know no person. */
const current = sql`case
  when m.recipient ~ '^speaker:[0-9a-f-]{36}$' then
    (select case m.channel when 'mail' then coalesce(email, '') else coalesce(phone, '') end from speakers where id = substr(m.recipient, 9)::uuid)
  when m.recipient ~ '^contact:[0-9a-f-]{36}$' then
    (select case m.channel when 'mail' then coalesce(email, '') else coalesce(phone, '') end from contacts where id = substr(m.recipient, 9)::uuid)
  when m.recipient ~ '^account:[0-9a-f-]{36}$' then
    (select case m.channel when 'mail' then coalesce(email, '') else coalesce(phone, '') end from accounts where id = substr(m.recipient, 9)::uuid)
  end`

/** Nobody else judges a letter to this address until the transaction ends; whom somebody else has is left to them. */
const mine = sql`pg_try_advisory_xact_lock(hashtext('letter ' || coalesce(${current}, m.address)))`
// whoever is to end the hold must sign in first, and a restore has ended all sessions
const mayGo = (kind: ReturnType<typeof sql>) =>
  sql`(${kind} = 'sign-in' or not exists (select from settings where key = 'mail_hold'))`

// a reader gets one letter at a time: among so many times more rows there are other readers' enough
const deeper = 4

/** Rows that may go now, one a reader, most needed first, then the longest ready, whose addresses are ours until the transaction ends. */
export async function pickDue(trx: Trx, now: DateTime, limit: number): Promise<{ ids: string[]; others: boolean }> {
  const { rows } = await sql<{ id: string; mine: boolean }>`
    select id, ${mine} as mine from (
      select * from (
        select *, row_number() over (partition by recipient order by need, ready, id) as place
        from (${due(now, limit * deeper, mayGo(sql`k.kind`))}) m) m
      where place = 1 order by need, ready, id limit ${limit}) m`.execute(trx)
  return { ids: rows.filter(row => row.mine).map(row => row.id), others: rows.some(row => !row.mine) }
}

/** One row, due or not: its own standing says whether it goes. */
export async function pickOne(trx: Trx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string; mine: boolean }>`
    select m.id, ${mine} as mine from messages m where m.id = ${id} and ${mayGo(sql`m.kind`)}`.execute(trx)
  return rows.filter(row => row.mine).map(row => row.id)
}

/** Locks these rows and what may go along with them, and reads all that decides about them; what somebody else is changing is left out. */
export async function lockPicked(trx: Trx, ids: string[], now: DateTime): Promise<Found[]> {
  const { rows } = await sql<
    MessageRow & {
      current: string
      outdone: boolean
      left: string[]
      quiet_from: string | null
      quiet_until: string | null
      zone: string | null
      hour: number
      day: number
      going: number
      bound: number
    }
  >`
    select m.*, a.current, h.quiet_from, h.quiet_until, h.zone, ${outdone(now)} as outdone,
      array(select kind from unsubscriptions u where u.recipient = m.recipient) as left,
      (select count(distinct coalesce(bundle, id)) from messages s where s.address = a.current and s.sent_at > ${now.minus({ hours: 1 })}) as hour,
      (select count(distinct coalesce(bundle, id)) from messages s where s.address = a.current and s.sent_at > ${now.minus({ days: 1 })}) as day,
      (select count(distinct coalesce(bundle, id)) from messages s
        where s.address = a.current and s.sent_at is null and s.state = 'sending' and s.claimed_until > ${now}) as going,
      (select count(*) from messages b where b.bundle = m.bundle and b.state in ('waiting', 'sending')) as bound
    from messages m cross join lateral (select coalesce(${current}, m.address) as current) a left join houses h on h.id = m.house_id
    where m.id = any(array(
      select unnest(${ids}::uuid[])
      union select c.id from messages p cross join lateral (
        select id from messages where recipient = p.recipient and state = 'waiting' and channel = 'mail'
          and case when p.joins is null then joins is null and kind = any(${joining}::text[]) else joins = p.joins and kind = p.kind end
          and bundle is null and due_at <= ${now.plus({ minutes: bundleMinutes })}
          and (next_try_at is null or next_try_at <= ${now})
        order by due_at, id limit ${mostInOne}) c
        where p.id = any(${ids}::uuid[]) and p.channel = 'mail' and p.bundle is null
          and (p.joins is not null or p.kind = any(${joining}::text[]))
      union select c.id from messages p join messages c on c.bundle = p.bundle
        where p.id = any(${ids}::uuid[]) and c.state in ('waiting', 'sending')))
    order by m.due_at, m.id for update of m skip locked`.execute(trx)
  return rows.map(row => ({
    ...row,
    dueAt: row.due_at,
    notAfter: row.not_after,
    nextTryAt: row.next_try_at,
    claimedUntil: row.claimed_until,
    createdAt: row.created_at,
    current: row.current === '' ? undefined : row.current,
    quiet: row.zone
      ? { from: minuteOf(row.quiet_from ?? '') ?? 0, until: minuteOf(row.quiet_until ?? '') ?? 0 }
      : undefined,
    zone: row.zone ?? 'utc',
    hour: row.hour + row.going,
    day: row.day + row.going,
  }))
}

/**
 * A reminder is outdone by its own kind anew, or by the next one that is due, any other letter by a later one of the same
 * cause. What was sent again by hand is no news and outdoes nothing.
 */
const outdone = (now: DateTime) => sql`exists (select from messages n
  where n.cause = m.cause and n.recipient = m.recipient and n.state not in ('superseded', 'skipped') and case
    when m.kind = 'outcome-asked' then n.version > m.version and n.kind = m.kind
    when m.kind like 'reminder-%' then n.version > m.version and n.kind = m.kind
      or n.kind like 'reminder-%' and n.again = 0 and n.version >= m.version and n.due_at > m.due_at and n.due_at <= ${now}
    else n.version > m.version and n.kind not like 'reminder-%' and n.kind <> 'outcome-asked' end)`

/** Writes what was decided: letters bear the claim, count one attempt more and go where their reader is now. */
export async function writeSorted(
  trx: Trx,
  { letters, ends }: Sorted<Found>,
  claim: string,
  until: DateTime,
): Promise<void> {
  const ended = ({ row, end }: { row: Found; end: End }) => ({
    id: row.id,
    state: end.state,
    reason: end.reason,
    next: 'nextTryAt' in end ? end.nextTryAt.toUTC().toISO() : null,
    claim: row.claim,
    until: null,
    attempt: row.attempt,
    bundle: row.bundle,
    address: row.current ?? row.address,
  })
  const claimed = letters.flatMap(rows =>
    rows.map(row => ({
      id: row.id,
      state: 'sending',
      reason: null,
      next: null,
      claim,
      until: until.toUTC().toISO(),
      attempt: row.attempt + 1,
      bundle: bundleOf(rows),
      address: row.current,
    })),
  )
  const decided = [...ends.map(ended), ...claimed]
  await sql`update messages m set state = j.state, reason = j.reason, next_try_at = j.next, claim = j.claim,
      claimed_until = j.until, attempt = j.attempt, bundle = j.bundle, address = j.address
    from jsonb_to_recordset(${JSON.stringify(decided)}::jsonb) as j (id uuid, state message_state,
      reason text, next timestamptz, claim text, until timestamptz, attempt int, bundle uuid, address text)
    where m.id = j.id and m.id = any(${decided.map(({ id }) => id)}::uuid[])`.execute(trx)
}

/** The id of the row whose Message-ID a letter of several has; null while it is a letter of one. */
export const bundleOf = (rows: Found[]): string | null =>
  rows[0]?.bundle ?? (rows.length > 1 ? (rows[0]?.id ?? null) : null)
