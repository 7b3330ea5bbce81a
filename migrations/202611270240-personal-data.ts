import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // how long what is kept; the unit of each rule stands in src/privacy/retention-rules.ts
  await sql`create table retention_rules (
    rule text primary key constraint a_term_is_about_something_known
      check (rule in ('contacts', 'written', 'remarks', 'letters', 'addresses', 'speakers')),
    amount integer not null constraint a_term_is_some_time check (amount between 1 and 365))`.execute(db)
  await sql`insert into retention_rules values
    ('contacts', 12), ('written', 30), ('remarks', 30), ('letters', 30), ('addresses', 12), ('speakers', 6)`.execute(db)
  await sql`create table retention_runs (
    rule text primary key references retention_rules on delete cascade,
    ran_at timestamptz not null, gone integer not null, gone_ever bigint not null)`.execute(db)
  // who asked to be forgotten, by a keyed hash of the address: a restore forgets them again
  await sql`create table tombstones (
    hash text primary key constraint a_tombstone_is_a_hash check (hash ~ '^[0-9a-f]{64}$'), at timestamptz not null)`.execute(
    db,
  )
}
