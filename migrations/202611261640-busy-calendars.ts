import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table houses add column reads_calendars boolean not null default false`.execute(db)
  await sql`create type busy_calendar_kind as enum ('address', 'upload')`.execute(db)
  // a speaker's own calendar: where it is read from, and how reading it went. The address opens the calendar to whoever
  // has it, so it is kept sealed with the application's key
  await sql`create table busy_calendars (
    speaker_id uuid primary key references speakers on delete cascade,
    kind busy_calendar_kind not null,
    sealed_address text,
    etag text,
    last_modified text,
    added_at timestamptz not null,
    read_at timestamptz not null,
    whole_at timestamptz not null,
    tried_at timestamptz not null,
    fault text,
    doubtful boolean not null,
    events integer not null,
    unreadable integer not null,
    digest text not null,
    constraint an_address_is_read_again_and_an_upload_is_not check ((kind = 'address') = (sealed_address is not null)),
    constraint a_calendar_counts_from_nothing check (events >= 0 and unreadable >= 0))`.execute(db)
  await sql`create index on busy_calendars (tried_at) where kind = 'address'`.execute(db)
  // times alone: no title, no place, nobody's name
  await sql`create table busy_intervals (
    speaker_id uuid not null references busy_calendars on delete cascade,
    during tstzrange not null,
    primary key (speaker_id, during),
    constraint a_busy_interval_has_two_ends check (lower(during) < upper(during) and not isempty(during)))`.execute(db)
  // the engine judges by these as by other busy times: processes that keep them hear of each change
  await sql`create trigger marks_the_roster after insert or update or delete or truncate on busy_intervals
    for each statement execute function mark_the_roster()`.execute(db)
}
