import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from './open.ts'

/**
 * Sweeps every table and counts it anew, one after the other so that a page may come between. The embedded PostgreSQL has
 * no autovacuum; with the planner's first guesses /app took a fifth longer at city size.
 */
export async function tidy(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(db)
  for (const { name } of rows) {
    await sql`vacuum (analyze) ${sql.table(name)}`.execute(db)
    await breathe()
  }
}
