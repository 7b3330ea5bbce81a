import { type Kysely, sql } from 'kysely'

const nameless = sql.raw(`'00000000-0000-0000-0000-000000000000'`)

export async function up(db: Kysely<unknown>): Promise<void> {
  // A host without rows has one hall without a name, as before. A hall that is taken away keeps its row: talks were held there.
  await sql`create table host_halls (
    id uuid primary key default gen_random_uuid(),
    host_id uuid not null references hosts on delete cascade,
    position integer not null constraint a_host_has_six_halls_at_most check (position between 1 and 6),
    name_kk text not null, name_ru text not null, name_en text not null,
    seats integer constraint a_hall_of_a_host_has_no_negative_seats check (seats is null or seats >= 0),
    gone boolean not null default false,
    constraint a_hall_is_one_hosts unique (id, host_id))`.execute(db)
  await sql`create unique index halls_have_an_order on host_halls (host_id, position) where (not gone)`.execute(db)
  await sql`create trigger marks_the_roster after insert or update or delete or truncate on host_halls
    for each statement execute function mark_the_roster()`.execute(db)

  await sql`alter table talks add column hall_id uuid,
    add constraint a_talk_is_in_a_hall_of_its_host foreign key (hall_id, host_id) references host_halls (id, host_id),
    add constraint only_a_talk_on_site_has_a_hall check (hall_id is null or mode = 'onsite')`.execute(db)
  await sql`create index talks_of_hall on talks (hall_id) where (hall_id is not null)`.execute(db)
  await sql`alter table talks drop constraint a_hall_holds_one_talk_at_a_time`.execute(db)
  await sql`alter table talks add constraint a_hall_holds_one_talk_at_a_time
    exclude using gist (host_id with =, (coalesce(hall_id, ${nameless}::uuid)) with =, during with &&)
    where (state in ('booked', 'held') and mode = 'onsite')`.execute(db)

  // calendars say the hall
  await sql`create trigger marks_the_calendar_of_a_hall after update of hall_id on talks for each row
    when (old.hall_id is distinct from new.hall_id) execute function mark_the_calendar()`.execute(db)
  await sql`create function mark_the_calendar_of_host_halls() returns trigger language plpgsql as $$
    begin
      update talk_calendars set revision = revision + 1 where talk_id in (
        select c.talk_id from talk_calendars c join talks k on k.id = c.talk_id
        where k.hall_id = new.id and exists (select from calendar_texts x where x.talk_id = k.id)
        order by c.talk_id for update of c);
      return null;
    end $$`.execute(db)
  await sql`create trigger marks_the_calendar after update on host_halls for each row
    when ((old.name_kk, old.name_ru, old.name_en) is distinct from (new.name_kk, new.name_ru, new.name_en))
    execute function mark_the_calendar_of_host_halls()`.execute(db)
}
