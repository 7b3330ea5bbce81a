import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'

export type Figures = {
  version: string
  bytes: number
  ledger: { waiting: number; due: number; held: number; failed: number }
  queue: { waiting: number; active: number }
}

/** What the database says of itself, the ledger and the queue; counts read the short ends of indexes. */
export async function figuresOf(db: Db, now: DateTime): Promise<Figures> {
  const day = now.minus({ days: 1 })
  const { rows } = await sql<{
    version: string
    bytes: string
    waiting: number
    due: number
    held: number
    failed: number
    queue: boolean
  }>`
    select current_setting('server_version') as version, pg_database_size(current_database())::text as bytes,
      (select count(*)::int from messages where state in ('waiting', 'sending')) as waiting,
      (select count(*)::int from messages where state in ('waiting', 'sending') and due_at <= ${now}) as due,
      (select count(*)::int from messages where state = 'held') as held,
      (select count(*)::int from messages where state = 'failed' and due_at > ${day}) as failed,
      to_regclass('pgboss.job') is not null as queue`.execute(db)
  const [row] = rows
  if (!row) throw new Error('the database says nothing of itself')
  const { version, bytes, waiting, due, held, failed } = row
  const queue = row.queue ? await queueOf(db) : { waiting: 0, active: 0 }
  return { version, bytes: Number(bytes), ledger: { waiting, due, held, failed }, queue }
}

/** Where the chain of the House's journal ends now. */
export const journalEnd = (db: Db, houseId: string): Promise<{ n: number; hash: string } | undefined> =>
  db.selectFrom('journal_heads').select(['n', 'hash']).where('house_id', '=', houseId).executeTakeFirst()

async function queueOf(db: Db): Promise<Figures['queue']> {
  const { rows } = await sql<{ waiting: number; active: number }>`
    select count(*) filter (where state < 'active')::int as waiting, count(*) filter (where state = 'active')::int as active
    from pgboss.job where state <= 'active'`.execute(db)
  return rows[0] ?? { waiting: 0, active: 0 }
}
