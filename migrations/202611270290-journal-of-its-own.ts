import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // the processes may work as a role that only adds to the journal, by this function alone: neither rows nor heads are theirs to write
  for (const name of ['write_journal(jsonb)', 'begin_journal()']) {
    const its = sql.raw(name)
    await sql`alter function ${its} security definer`.execute(db)
    await sql`alter function ${its} set search_path = public, pg_temp`.execute(db)
    await sql`revoke execute on function ${its} from public`.execute(db)
  }
}
