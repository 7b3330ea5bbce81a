import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // a mark that lies there already is held until this wish is stored: a worker that took it before would plan by the wish
  // before, and none would be left for this one
  await sql`create or replace function mark_the_wishes() returns trigger language plpgsql as $$
    begin
      insert into wish_marks values (tg_argv[0] || ':' || new.id)
        on conflict (recipient) do update set recipient = excluded.recipient;
      return null;
    end $$`.execute(db)
}
