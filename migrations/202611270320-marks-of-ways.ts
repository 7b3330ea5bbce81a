import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // reports keep by day how long people were on the way (decision 030), which is no column of report_talks: a way changes
  // with a talk that another House gives the person on that day. How long a talk lasts never changes.
  await sql`create function mark_the_day_of_ways() returns trigger language plpgsql as $$
    begin
      insert into report_marks (house_id, held_on)
        select distinct t.house_id, t.held_on from after join before using (id) join talks t on t.id = after.talk_id
        where after.travel_minutes <> before.travel_minutes
      on conflict do nothing;
      return null;
    end $$`.execute(db)
  await sql`create trigger marks_the_day_of_ways after update on assignments
    referencing old table as before new table as after for each statement execute function mark_the_day_of_ways()`.execute(
    db,
  )
}
