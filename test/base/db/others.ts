import { sql } from 'kysely'
import type { Db } from '../../../src/base/db/open.ts'

/**
 * Waits for the transactions that are open now, of whichever database: other tests run on the same server, and what was
 * written while they were open counts as unsettled until they end.
 */
export async function othersDone(db: Db): Promise<void> {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db)
  const next = rows[0]?.next ?? '0'
  const done = async () =>
    (await sql<{ done: boolean }>`select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::xid8 as done`.execute(db))
      .rows[0]?.done
  while (!(await done()));
}
