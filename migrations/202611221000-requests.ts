import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type request_state as enum ('unconfirmed', 'waiting', 'booked', 'held', 'declined', 'withdrawn', 'expired')`.execute(
    db,
  )
  await sql`create type request_source as enum ('form', 'call', 'letter', 'import')`.execute(db)
  await sql`create type mode as enum ('onsite', 'online', 'broadcast')`.execute(db)
  await sql`create type decline_reason as enum ('no-speakers', 'no-time', 'not-our-topic', 'not-our-district', 'twice', 'other')`.execute(
    db,
  )
  await sql`create table series (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    weeks integer, created_at timestamptz not null)`.execute(db)
  await sql`create table requests (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses,
    number integer not null,
    host_id uuid not null references hosts,
    contact_id uuid references contacts,
    topic_id uuid not null references topics,
    series_id uuid references series,
    audience text not null references audiences,
    grades integer[] not null default '{}',
    heads integer not null,
    mode mode not null default 'onsite',
    note text not null default '',
    latest_on date,
    state request_state not null,
    source request_source not null,
    language language not null,
    public boolean not null default false,
    nonce text not null, token_hash text not null constraint a_status_link_opens_one_request unique,
    asked_at timestamptz not null,
    confirmed_at timestamptz,
    first_at timestamptz,
    ended_at timestamptz, decline_reason decline_reason,
    version integer not null default 1,
    entered_by uuid references accounts,
    constraint a_number_is_given_once_in_a_house unique (house_id, number),
    constraint a_talk_has_listeners check (heads between 1 and 2000),
    constraint a_note_is_short check (char_length(note) <= 500),
    constraint only_a_declined_request_has_a_reason check ((state = 'declined') = (decline_reason is not null)))`.execute(
    db,
  )
  await sql`create index inbox_of_house on requests (house_id, state, confirmed_at)`.execute(db)
  await sql`create index requests_of_host on requests (host_id)`.execute(db)
  await sql`create table request_languages (
    request_id uuid not null references requests on delete cascade, language text not null,
    primary key (request_id, language))`.execute(db)
  await sql`create table request_windows (
    request_id uuid not null references requests on delete cascade, position integer not null,
    from_on date not null, to_on date not null,
    from_time time not null, to_time time not null, shift text,
    primary key (request_id, position),
    constraint there_are_at_most_five_wishes check (position between 1 and 5),
    constraint a_wish_ends_after_it_begins check (to_on >= from_on and to_time > from_time))`.execute(db)
}
