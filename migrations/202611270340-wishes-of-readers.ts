import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // reminders are planned when a talk is booked: whoever wishes them otherwise later, a person or a House, leaves a mark here,
  // and a worker plans those of talks to come again
  await sql`create table wish_marks (recipient text primary key)`.execute(db)
  await sql`create function mark_the_wishes() returns trigger language plpgsql as $$
    begin
      insert into wish_marks values (tg_argv[0] || ':' || new.id) on conflict do nothing;
      return null;
    end $$`.execute(db)
  const wishes = ['reminder_days', 'reminder_day_before_at', 'reminder_hours']
  for (const [table, who, columns] of [
    ['speakers', 'speaker', [...wishes, 'language']],
    ['contacts', 'contact', [...wishes, 'language']],
    ['houses', 'house', [...wishes, 'quiet_from', 'quiet_until']],
  ] as const) {
    const row = (name: string) => `(${columns.map(column => `${name}.${column}`).join(', ')})`
    await sql
      .raw(
        `create trigger marks_the_wishes after update on ${table} for each row
          when (${row('old')} is distinct from ${row('new')}) execute function mark_the_wishes('${who}')`,
      )
      .execute(db)
  }
}
