import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Which transaction wrote last what reports count of a day: processes keep whole days and read those anew that carry a
  // newer mark (decision 030). A row a transaction, as in diary_marks: two bookings never wait for each other's mark.
  await sql`create table report_marks (
    house_id uuid not null, held_on date not null, written xid8 not null default pg_current_xact_id(),
    constraint a_transaction_marks_a_day_once primary key (house_id, held_on, written))`.execute(db)
  const marking: [table: string, days: (changed: string) => string][] = [
    ['report_talks', changed => `select house_id, held_on from ${changed}`],
    [
      'talk_reporters',
      changed => `select t.house_id, t.held_on from ${changed} c join report_talks t on t.talk_id = c.talk_id`,
    ],
  ]
  const events = [
    ['insert', ['new']],
    ['update', ['old', 'new']],
    ['delete', ['old']],
  ] as const
  for (const [table, days] of marking)
    for (const [event, versions] of events) {
      const name = `mark_the_day_on_${event}_of_${table}`
      await sql
        .raw(`create function ${name}() returns trigger language plpgsql as $$
          begin
            insert into report_marks (house_id, held_on) ${versions.map(version => days(`${version}_rows`)).join(' union ')}
            on conflict do nothing;
            return null;
          end $$`)
        .execute(db)
      await sql
        .raw(`create trigger marks_the_day_on_${event} after ${event} on ${table}
          referencing ${versions.map(version => `${version} table as ${version}_rows`).join(' ')}
          for each statement execute function ${name}()`)
        .execute(db)
    }
}
