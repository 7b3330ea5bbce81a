import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // the ledger's list of what failed holds these, too: without it each look at that list read all letters of all Houses
  await sql`create index messages_that_missed on messages (house_id) where state = 'skipped' and reason = 'too-late'`.execute(
    db,
  )
}
