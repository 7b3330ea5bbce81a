import { type Selectable, sql } from 'kysely'
import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Tables } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import { cleanLine } from '../base/text.ts'
import type { DateTime } from '../base/time.ts'
import type { Outcome } from './outcome-rules.ts'
import { messageKinds, needOf } from './rules.ts'

export type MessageRow = Selectable<Tables['messages']>

export const lockMessage = (trx: Trx, id: string): Promise<MessageRow | undefined> =>
  trx.selectFrom('messages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export type Note = { id: string; claim: string; outcome: Outcome }

/** Writes how attempts ended, of those rows that are still theirs, and says which: the others somebody else has taken over. */
export async function settle(db: Db, notes: Note[]): Promise<Set<string>> {
  const said = notes.map(({ id, claim, outcome }) => ({
    id,
    claim,
    state: outcome.state,
    reason: outcome.reason ?? null,
    next: outcome.nextTryAt?.toUTC().toISO() ?? null,
    sent: outcome.sentAt?.toUTC().toISO() ?? null,
    reply: outcome.reply === undefined ? null : cleanLine(outcome.reply),
    uncounted: outcome.uncounted ? 1 : 0,
  }))
  const { rows } = await sql<{ id: string }>`
    update messages m set state = j.state, reason = j.reason, claimed_until = null, next_try_at = j.next, sent_at = j.sent,
      smtp_reply = coalesce(j.reply, m.smtp_reply), attempt = m.attempt - j.uncounted
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as j (id uuid, claim text, state message_state, reason text,
      next timestamptz, sent timestamptz, reply text, uncounted int)
    where m.id = j.id and m.id = any(${said.map(({ id }) => id)}::uuid[]) and m.claim = j.claim and m.state = 'sending'
    returning m.id`.execute(db)
  return new Set(rows.map(row => row.id))
}

/** A worker that lives keeps what it has in hand. */
export async function keepClaims(db: Db, held: { id: string; claim: string }[], until: DateTime): Promise<void> {
  await db
    .updateTable('messages')
    .set({ claimed_until: until })
    .where('id', '=', sql<string>`any(${held.map(it => it.id)}::uuid[])`)
    .where('claim', '=', sql<string>`any(${held.map(it => it.claim)}::text[])`)
    .where('state', '=', 'sending')
    .execute()
}

// written out: a plan for any parameters knows the index by these words
const waitsOrGoes = sql`state in ('waiting', 'sending')`
/** When a row can be taken: its time or that of the next try, or the end of the claim of somebody who never came back. */
const ready = sql`case when state = 'sending' then claimed_until else greatest(due_at, next_try_at) end`
const kinds: readonly string[] = messageKinds
const needs = messageKinds.map(needOf)

/** Rows that may be taken, most needed first, then the longest ready; each kind is read from its own end of the index. */
export const due = (now: DateTime, limit: number, may = sql`true`) => sql`
  select k.need, m.* from unnest(${kinds}::text[], ${needs}::int[]) as k (kind, need) cross join lateral (
    select id, recipient, channel, address, ${ready} as ready from messages
    where kind = k.kind and ${waitsOrGoes} and ${ready} <= ${now} order by ${ready} limit ${limit}) m
  where ${may} order by k.need, m.ready, m.id limit ${limit}`

export const dueMessages = async (db: Db, now: DateTime, limit: number): Promise<string[]> =>
  (await sql<{ id: string }>`select id from (${due(now, limit)}) m`.execute(db)).rows.map(row => row.id)

/** Whose name and address stand on a letter. */
export const senderOf = kept(
  async (db: Db, houseId: string): Promise<{ kk: string; ru: string; en: string; address: string | null }> =>
    db
      .selectFrom('houses')
      .select(['name_kk as kk', 'name_ru as ru', 'name_en as en', 'sender_address as address'])
      .where('id', '=', houseId)
      .executeTakeFirstOrThrow(),
)

/** How long the oldest message that should have left has waited, in seconds: of a House, or of all. Who is asleep keeps nobody waiting. */
export async function oldestWait(db: Db, now: DateTime, houseId?: string): Promise<number> {
  const row = await db
    .selectFrom('messages')
    .select(sql<DateTime | null>`min(due_at)`.as('due'))
    .where(sql<boolean>`${waitsOrGoes}`)
    .where('due_at', '<=', now)
    .where(it => it.or([it('reason', 'is', null), it('reason', '<>', 'quiet')]))
    .$if(houseId !== undefined, query => query.where('house_id', '=', houseId ?? ''))
    .executeTakeFirst()
  return row?.due ? now.diff(row.due).as('seconds') : 0
}
