import { type Selectable, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Tables } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, minuteOf } from '../base/time.ts'
import { bundleMinutes, joining } from './bundle-rules.ts'
import type { Sent } from './delivery-rules.ts'
import type { ReminderWishes } from './reminder-rules.ts'
import { messageKinds, needOf } from './rules.ts'

export type MessageRow = Selectable<Tables['messages']>

export const lockMessage = (trx: Trx, id: string): Promise<MessageRow | undefined> =>
  trx.selectFrom('messages').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/**
 * Whether a later letter of the same cause tells this reader; a reminder is outdone by its own kind anew, or by the next
 * one that is due. What was sent again by hand is no news and outdoes nothing.
 */
export async function isOutdone(trx: Trx, row: MessageRow, now: DateTime): Promise<boolean> {
  const reminds = row.kind.startsWith('reminder-') || row.kind === 'outcome-asked'
  const found = await trx
    .selectFrom('messages')
    .select('id')
    .where('cause', '=', row.cause)
    .where('recipient', '=', row.recipient)
    .where('state', 'not in', ['superseded', 'skipped'])
    .where(it => {
      const newer = it('version', '>', row.version)
      if (!reminds) return it.and([newer, it('kind', 'not like', 'reminder-%'), it('kind', '<>', 'outcome-asked')])
      const next = it.and([
        it('kind', 'like', 'reminder-%'),
        it('again', '=', 0),
        it('version', '>=', row.version),
        it('due_at', '>', row.due_at),
        it('due_at', '<=', now),
      ])
      return it.or([it.and([newer, it('kind', '=', row.kind)]), ...(row.kind === 'outcome-asked' ? [] : [next])])
    })
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Letters this address had in the last hour and day; what went in one letter counts once. */
export async function sentTo(trx: Trx, address: string, now: DateTime): Promise<Sent> {
  const letters = sql`distinct coalesce(bundle, id)`
  return trx
    .selectFrom('messages')
    .select([
      sql<number>`count(${letters}) filter (where sent_at > ${now.minus({ hours: 1 }).toISO()}::timestamptz)`.as(
        'hour',
      ),
      sql<number>`count(${letters})`.as('day'),
    ])
    .where('address', '=', address)
    .where('sent_at', '>', now.minus({ days: 1 }))
    .executeTakeFirstOrThrow()
}

export async function quietOf(trx: Trx, houseId: string): Promise<{ quiet: ReminderWishes['quiet']; zone: string }> {
  const house = await trx
    .selectFrom('houses')
    .select(['quiet_from', 'quiet_until', 'zone'])
    .where('id', '=', houseId)
    .executeTakeFirstOrThrow()
  return { quiet: { from: minuteOf(house.quiet_from) ?? 0, until: minuteOf(house.quiet_until) ?? 0 }, zone: house.zone }
}

/** Two messages for one person that may go together are taken up one after the other, before either is locked. */
export const waitForReader = (trx: Trx, id: string) =>
  trx
    .selectFrom('messages')
    .select(sql`pg_advisory_xact_lock(hashtext('messages ' || recipient))`.as('locked'))
    .where('id', '=', id)
    .where(it => it.or([it('kind', 'in', joining), it('joins', 'is not', null)]))
    .execute()

/** What else waits for the same reader and may go along: due now or soon, or bound to the same letter by an earlier attempt. */
export const lockCompanions = (trx: Trx, row: MessageRow, now: DateTime): Promise<MessageRow[]> =>
  trx
    .selectFrom('messages')
    .selectAll()
    .where('recipient', '=', row.recipient)
    .where('address', '=', row.address)
    .where('channel', '=', 'mail')
    .where(it =>
      row.joins === null ? it('kind', 'in', joining) : it.and([it('joins', '=', row.joins), it('kind', '=', row.kind)]),
    )
    .where('id', '<>', row.id)
    .where(it =>
      it.or([
        it.and([
          it('state', '=', 'waiting'),
          it('bundle', 'is', null),
          it('due_at', '<=', now.plus({ minutes: bundleMinutes })),
          it.or([it('next_try_at', 'is', null), it('next_try_at', '<=', now)]),
        ]),
        ...(row.bundle === null
          ? []
          : [it.and([it('bundle', '=', row.bundle), it('state', 'in', ['waiting', 'sending'])])]),
      ]),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(20)
    .forUpdate()
    .execute()

/** One letter: all its rows bear one claim and count one attempt more. */
export async function claimMessages(
  trx: Trx,
  ids: string[],
  claim: string,
  until: DateTime,
  bundle: string | null,
): Promise<void> {
  await trx
    .updateTable('messages')
    .set(it => ({ state: 'sending', claim, claimed_until: until, attempt: it('attempt', '+', 1), bundle }))
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
}

export type Outcome = {
  state: 'sent' | 'waiting' | 'failed' | 'skipped' | 'superseded' | 'held'
  reason?: string
  reply?: string
  sentAt?: DateTime
  nextTryAt?: DateTime
  /** A fault of our own side is no attempt on the reader's. */
  uncounted?: boolean
}

/** Writes how an attempt ended, if the row is still this attempt's; false when somebody else has taken it over. */
export async function settle(db: Db | Trx, id: string, claim: string | undefined, outcome: Outcome): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set(it => ({
      state: outcome.state,
      reason: outcome.reason ?? null,
      claimed_until: null,
      next_try_at: outcome.nextTryAt ?? null,
      sent_at: outcome.sentAt ?? null,
      ...(outcome.reply === undefined ? {} : { smtp_reply: outcome.reply }),
      ...(outcome.uncounted ? { attempt: it('attempt', '-', 1) } : {}),
    }))
    .where('id', '=', id)
    .$if(claim !== undefined, query => query.where('claim', '=', claim ?? '').where('state', '=', 'sending'))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const needs = ([0, 1, 2] as const).map(
  need =>
    sql`when kind = any(${sql.val(messageKinds.filter(kind => needOf(kind) === need))}::text[]) then ${sql.lit(need)}`,
)

/** What the sweep wakes: waiting and due, or claimed by somebody who never came back. Most needed first, then oldest. */
export async function dueMessages(db: Db, now: DateTime, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select('id')
    .where(it =>
      it.or([
        it.and([
          it('state', '=', 'waiting'),
          it('due_at', '<=', now),
          it.or([it('next_try_at', 'is', null), it('next_try_at', '<=', now)]),
        ]),
        it.and([it('state', '=', 'sending'), it('claimed_until', '<=', now)]),
      ]),
    )
    .where('state', 'in', ['waiting', 'sending'])
    // what is claimed was due then, ten minutes early at most, in company: without a bound of its own the index is read to its end
    .where('due_at', '<=', now.plus({ minutes: bundleMinutes }))
    .orderBy(sql`case ${sql.join(needs, sql` `)} else 3 end`)
    .orderBy('due_at')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

/** Whose name and address stand on a letter. */
export async function senderOf(
  db: Db,
  houseId: string,
): Promise<{ kk: string; ru: string; en: string; address: string | null }> {
  return db
    .selectFrom('houses')
    .select(['name_kk as kk', 'name_ru as ru', 'name_en as en', 'sender_address as address'])
    .where('id', '=', houseId)
    .executeTakeFirstOrThrow()
}

/** How long the oldest message that should have left has waited, in seconds: of a House, or of all. Who is asleep keeps nobody waiting. */
export async function oldestWait(db: Db, now: DateTime, houseId?: string): Promise<number> {
  const row = await db
    .selectFrom('messages')
    .select(sql<DateTime | null>`min(due_at)`.as('due'))
    .where('state', 'in', ['waiting', 'sending'])
    .where('due_at', '<=', now)
    .where(it => it.or([it('reason', 'is', null), it('reason', '<>', 'quiet')]))
    .$if(houseId !== undefined, query => query.where('house_id', '=', houseId ?? ''))
    .executeTakeFirst()
  return row?.due ? now.diff(row.due).as('seconds') : 0
}
