import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // a release is told from the next one of the same draft, and may be taken back until then
  await sql`alter table plans add column releases integer not null default 0, add column back_until timestamptz,
    add column taking_back boolean not null default false,
    add constraint a_plan_is_taken_back_while_it_is_at_work check (not taking_back or state = 'releasing')`.execute(db)
}
