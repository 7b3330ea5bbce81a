import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { nowhere } from './erase-rules.ts'
import type { Rule } from './retention-rules.ts'

export const findTerms = (db: Db | Trx) => db.selectFrom('retention_rules').select(['rule', 'amount']).execute()

export const findRuns = (db: Db | Trx) =>
  db.selectFrom('retention_runs').select(['rule', 'ran_at as ranAt', 'gone', 'gone_ever as ever']).execute()

export async function setTerm(trx: Trx, rule: Rule, amount: number): Promise<number | undefined> {
  const before = await trx
    .selectFrom('retention_rules')
    .select('amount')
    .where('rule', '=', rule)
    .forUpdate()
    .executeTakeFirst()
  await trx
    .insertInto('retention_rules')
    .values({ rule, amount })
    .onConflict(it => it.column('rule').doUpdateSet({ amount }))
    .execute()
  return before?.amount
}

export async function setRun(trx: Trx, rule: Rule, gone: number, now: DateTime): Promise<void> {
  await sql`insert into retention_runs (rule, ran_at, gone, gone_ever) values (${rule}, ${now}, ${gone}, ${gone})
    on conflict (rule) do update set ran_at = excluded.ran_at, gone = excluded.gone, gone_ever = retention_runs.gone_ever + excluded.gone`.execute(
    trx,
  )
}

/** What was added to letters by hand, what servers answered, and what calendar programs wrote along. */
export async function dropTexts(trx: Trx, before: DateTime): Promise<number> {
  const letters = await sql`update messages set note = null, smtp_reply = null
    where created_at < ${before} and due_at < ${before} and (note is not null or smtp_reply is not null)`.execute(trx)
  const replies = await sql`update replies set comment = '', sender = '', arrival = ''
    where came_at < ${before} and (state <> 'open' or upper(during) < ${before}) and (comment <> '' or sender <> '' or arrival <> '')`.execute(
    trx,
  )
  return Number(letters.numAffectedRows ?? 0) + Number(replies.numAffectedRows ?? 0)
}

/** The row says that somebody was written to, and when; to which address goes. A link's letter goes with its link, which holds a new one. */
export async function dropAddresses(trx: Trx, before: DateTime): Promise<number> {
  const done = await sql`update messages set address = ''
    where created_at < ${before} and due_at < ${before} and state not in ('waiting', 'sending', 'held') and address <> ''`.execute(
    trx,
  )
  await trx.deleteFrom('sign_in_links').where('expires_at', '<', before).execute()
  return Number(done.numAffectedRows ?? 0)
}

/** Speakers who left: their address, phone and home go, their name stays on the talks they gave. */
export async function dropLeft(trx: Trx, before: DateTime): Promise<number> {
  const rows = await trx
    .selectFrom('speakers')
    .select('id')
    .where('left_on', '<', before.toISODate() ?? '')
    .where('email', 'not like', '%@erased.invalid')
    .orderBy('id')
    .limit(200)
    .forUpdate()
    .execute()
  for (const { id } of rows)
    await trx
      .updateTable('speakers')
      .set({ email: nowhere(id), phone: null, lat: null, lon: null, channel: 'mail' })
      .where('id', '=', id)
      .execute()
  return rows.length
}

/** Sessions that are over: whoever comes back clears their own away; of whoever does not, network and device stayed. */
export const dropSessions = (trx: Trx, before: DateTime) =>
  trx.deleteFrom('sessions').where('ends_at', '<', before).execute()

/** That a page was looked at on a day before is in the journal. */
export const dropSights = (trx: Trx, before: DateTime) =>
  trx
    .deleteFrom('sights')
    .where('on_date', '<', before.toISODate() ?? '')
    .execute()
