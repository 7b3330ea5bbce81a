import { sql } from 'kysely'
import type { Database, Db } from './db/open.ts'
import { type Jobs, openJobs, queue } from './jobs.ts'

/**
 * Wakes the workers of other processes, for a process that takes up no work itself: the row that pg-boss would write, and
 * nothing of pg-boss in memory, which with its timetables is 8 MB.
 */
export async function openAlarm(database: Database, onError: (error: Error) => void): Promise<Jobs> {
  if (!(await hasQueue(database.db))) await (await openJobs(database, onError)).stop()
  return {
    deliver: async (trx, messageId) => {
      await sql`
        insert into pgboss.job (name, data, singleton_key, start_after, created_on, keep_until, policy, expire_seconds,
          deletion_seconds, retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter, heartbeat_seconds)
        select name, jsonb_build_object('messageId', ${messageId}::text), ${messageId}, pgboss.job_now(), pgboss.job_now(),
          pgboss.job_now() + retention_seconds * interval '1s', policy, expire_seconds,
          deletion_seconds, retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter, heartbeat_seconds
        from pgboss.queue where name = ${queue}
        on conflict do nothing`.execute(trx)
    },
  }
}

async function hasQueue(db: Db): Promise<boolean> {
  const { rows } = await sql<{ table: string | null }>`select to_regclass('pgboss.queue') as table`.execute(db)
  if (!rows[0]?.table) return false
  return (await sql`select from pgboss.queue where name = ${queue}`.execute(db)).rows.length > 0
}
