import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table hosts (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    kind host_kind not null,
    name_kk text not null, name_ru text not null, name_en text not null,
    folded text not null,
    district text not null references districts,
    address_kk text not null default '', address_ru text not null default '',
    lat double precision, lon double precision,
    week_type integer not null default 5,
    class_hour_weekday integer, class_hour_lesson integer,
    lunch_from time, lunch_to time,
    hall_seats integer, online boolean not null default false, visitor_list boolean not null default true,
    languages text[] not null default '{}',
    checked_at timestamptz,
    merged_into uuid references hosts,
    created_at timestamptz not null default now(),
    constraint a_week_has_five_or_six_days check (week_type in (5, 6)),
    constraint lunch_ends_after_it_begins check ((lunch_from is null) = (lunch_to is null) and (lunch_from is null or lunch_to > lunch_from)),
    constraint a_hall_has_no_negative_seats check (hall_seats is null or hall_seats >= 0),
    constraint a_place_has_both_coordinates check ((lat is null) = (lon is null)))`.execute(db)
  await sql`create index hosts_of_house on hosts (house_id, folded)`.execute(db)
  await sql`alter table bans add foreign key (host_id) references hosts on delete cascade`.execute(db)
  await sql`create table host_shifts (
    host_id uuid not null references hosts on delete cascade, shift text not null,
    grades integer[] not null default '{}', languages text[] not null default '{}',
    primary key (host_id, shift))`.execute(db)
  await sql`create table host_lessons (
    host_id uuid not null, shift text not null, n integer not null,
    from_time time not null, to_time time not null,
    primary key (host_id, shift, n),
    foreign key (host_id, shift) references host_shifts on delete cascade,
    constraint a_lesson_ends_after_it_begins check (to_time > from_time))`.execute(db)
  // talk_window: a short time (lunch, change of shift) in which alone a talk may lie
  await sql`create table host_hours (
    id uuid primary key default gen_random_uuid(),
    host_id uuid not null references hosts on delete cascade,
    weekday integer, from_time time not null, to_time time not null, talk_window boolean not null default false,
    constraint a_weekday_of_a_host_is_one_of_seven check (weekday between 1 and 7),
    constraint open_hours_name_their_weekday check (talk_window or weekday is not null),
    constraint open_hours_end_after_they_begin check (to_time > from_time))`.execute(db)
  await sql`create index hours_of_host on host_hours (host_id)`.execute(db)
  await sql`create table contacts (
    id uuid primary key default gen_random_uuid(),
    host_id uuid not null references hosts on delete cascade,
    name text not null, position text not null default '', email text, phone text,
    language language not null default 'kk',
    consent_on date, consent_version text,
    created_at timestamptz not null default now(),
    constraint a_contact_can_be_reached check (email is not null or phone is not null))`.execute(db)
  await sql`create index contacts_of_host on contacts (host_id)`.execute(db)
  await sql`create type closure_outcome as enum ('online', 'postponed', 'cancelled')`.execute(db)
  await sql`create table closures (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    districts text[] not null, host_kinds text[] not null default '{}', shifts text[] not null default '{}', grades integer[] not null default '{}',
    from_on date not null, to_on date not null, outcome closure_outcome not null,
    name_kk text not null default '', name_ru text not null default '', name_en text not null default '',
    created_by uuid references accounts, created_at timestamptz not null default now(), lifted_at timestamptz,
    constraint a_closure_is_somewhere check (cardinality(districts) > 0),
    constraint a_closure_ends_after_it_begins check (to_on >= from_on))`.execute(db)
  await sql`create index closures_of_house on closures (house_id, to_on)`.execute(db)
}
