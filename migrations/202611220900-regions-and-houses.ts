import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists btree_gist`.execute(db)
  await sql`create type language as enum ('kk', 'ru', 'en')`.execute(db)
  await sql`create table regions (
    kato text primary key,
    name_kk text not null, name_ru text not null, name_en text not null,
    zone text not null)`.execute(db)
  await sql`create table districts (
    kato text primary key,
    region text not null references regions,
    slug text not null constraint a_district_has_its_own_slug unique,
    name_kk text not null, name_ru text not null, name_en text not null,
    lat double precision, lon double precision,
    constraint a_centre_has_both_coordinates check ((lat is null) = (lon is null)))`.execute(db)
  await sql`create index districts_of_region on districts (region)`.execute(db)
  await sql`create type lesson_policy as enum ('classHourOnly', 'offeredLessons', 'outsideLessons')`.execute(db)
  await sql`create type legal_check as enum ('warn', 'ban')`.execute(db)
  await sql`create table houses (
    id uuid primary key default gen_random_uuid(),
    slug text not null constraint a_house_has_its_own_slug unique,
    region text not null references regions,
    district text references districts,
    name_kk text not null, name_ru text not null, name_en text not null,
    address_kk text not null default '', address_ru text not null default '', address_en text not null default '',
    letterhead_kk text not null default '', letterhead_ru text not null default '',
    phone text, sender_address text,
    zone text not null,
    opens_at time not null default '09:00', closes_at time not null default '18:00',
    minimum_notice_minutes integer not null default 1440,
    quiet_from time not null default '21:00', quiet_until time not null default '07:00',
    reminder_days integer not null default 7,
    reminder_day_before_at time not null default '18:00',
    reminder_hours integer not null default 2,
    answer_hours integer not null default 24,
    undo_seconds integer not null default 60,
    mentor_only_in_pair boolean not null default true,
    lessons lesson_policy not null default 'offeredLessons',
    legal_check legal_check not null default 'warn',
    travel_buffer_minutes integer not null default 10,
    credentials_for_minors text[] not null default '{}',
    last_request_number integer not null default 0,
    created_at timestamptz not null default now(),
    constraint the_undo_window_is_at_most_five_minutes check (undo_seconds between 0 and 300),
    constraint a_notice_is_not_negative check (minimum_notice_minutes >= 0),
    constraint a_buffer_is_not_negative check (travel_buffer_minutes >= 0))`.execute(db)
  await sql`create table house_parents (
    house_id uuid not null references houses on delete cascade,
    valid_from date not null, valid_to date,
    name_kk text not null, name_ru text not null, name_en text not null,
    primary key (house_id, valid_from),
    constraint a_parent_ends_after_it_begins check (valid_to is null or valid_to > valid_from))`.execute(db)
}
