import { type Kysely, sql } from 'kysely'

/** Which Houses the changed rows of a table belong to. */
const housesOf: Record<string, string> = {
  talks: 'select house_id from changed',
  requests: 'select house_id from changed',
  assignments: 'select t.house_id from changed c join talks t on t.id = c.talk_id',
  request_windows: 'select r.house_id from changed c join requests r on r.id = c.request_id',
  request_languages: 'select r.house_id from changed c join requests r on r.id = c.request_id',
}

export async function up(db: Kysely<unknown>): Promise<void> {
  // Which transaction wrote last into a House's requests and talks. A row for each instead of one that is renewed: two
  // bookings never wait for each other's mark. What a process read under a snapshot stands while no mark is as new as the
  // oldest transaction that was still open then (decision 012).
  await sql`create table diary_marks (
    house_id uuid not null, written xid8 not null default pg_current_xact_id(),
    primary key (house_id, written))`.execute(db)
  for (const [table, houses] of Object.entries(housesOf)) {
    await sql`create function ${sql.raw(`mark_the_diary_of_${table}`)}() returns trigger language plpgsql as $$
      begin
        insert into diary_marks (house_id) select distinct house_id from (${sql.raw(houses)}) its where house_id is not null
        on conflict do nothing;
        return null;
      end $$`.execute(db)
    for (const [event, rows] of [
      ['insert', 'new'],
      ['update', 'new'],
      ['delete', 'old'],
    ])
      await sql`create trigger ${sql.raw(`${event}_marks_the_diary`)} after ${sql.raw(event ?? '')} on ${sql.table(table)}
        referencing ${sql.raw(rows ?? '')} table as changed for each statement execute function ${sql.raw(`mark_the_diary_of_${table}`)}()`.execute(
        db,
      )
  }
}
