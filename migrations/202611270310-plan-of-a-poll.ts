import { type Kysely, sql } from 'kysely'

/**
 * Each poll was planned anew: for one hash the planner takes its own plan for cheaper than the kept one. 0.25 ms became 0.11, most of it the way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter function feeds_behind set plan_cache_mode = force_generic_plan`.execute(db)
}
