import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // the ledger says since when a letter stands as it does: one that left has its own time, and one that waits or is in hand
  // costs nothing. Whoever ends a letter, by whatever way, the clock is the one that all processes share.
  await sql`alter table messages add column ended_at timestamptz`.execute(db)
  await sql`create function note_the_end_of_a_letter() returns trigger language plpgsql as $$
    begin
      new.ended_at := the_moment();
      return new;
    end $$`.execute(db)
  await sql`create trigger notes_the_end before update of state on messages for each row
    when (old.state is distinct from new.state and new.state in ('failed', 'held', 'skipped', 'superseded'))
    execute function note_the_end_of_a_letter()`.execute(db)
}
