import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type transport as enum ('walk', 'transit', 'car')`.execute(db)
  await sql`create table groups (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade, slug text not null,
    name_kk text not null, name_ru text not null, name_en text not null,
    constraint a_group_has_its_own_slug_in_its_house unique (house_id, slug))`.execute(db)
  await sql`create table group_districts (
    group_id uuid not null references groups on delete cascade, district text not null references districts,
    primary key (group_id, district))`.execute(db)
  await sql`create table speakers (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    account_id uuid constraint an_account_is_one_speaker unique references accounts,
    name_kk text not null, name_ru text not null, name_en text not null,
    address_kk text not null, address_ru text not null, address_en text not null,
    email text not null, phone text, language language not null default 'kk',
    home_district text not null references districts, lat double precision, lon double precision,
    transport transport not null default 'transit',
    limit_day integer not null default 2, limit_week integer not null default 5, limit_month integer not null default 16,
    hours_offered_a_quarter numeric not null default 48,
    paused_from date, paused_to date,
    consent_on date, consent_version text,
    reminder_days integer, reminder_day_before_at time, reminder_hours integer,
    left_on date,
    created_at timestamptz not null default now(),
    constraint a_speaker_has_an_address_of_their_own_in_a_house unique (house_id, email),
    constraint limits_are_not_negative check (limit_day >= 0 and limit_week >= 0 and limit_month >= 0),
    constraint a_home_has_both_coordinates check ((lat is null) = (lon is null)))`.execute(db)
  await sql`create table group_members (
    group_id uuid not null references groups on delete cascade, speaker_id uuid not null references speakers on delete cascade,
    primary key (group_id, speaker_id))`.execute(db)
  await sql`create index groups_of_speaker on group_members (speaker_id)`.execute(db)
  await sql`create table speaker_professions (
    speaker_id uuid not null references speakers on delete cascade, profession text not null references professions,
    position integer not null default 0, primary key (speaker_id, profession))`.execute(db)
  await sql`create table speaker_languages (
    speaker_id uuid not null references speakers on delete cascade, language text not null,
    primary key (speaker_id, language))`.execute(db)
  await sql`create table speaker_topics (
    speaker_id uuid not null references speakers on delete cascade, topic_id uuid not null references topics on delete cascade,
    primary key (speaker_id, topic_id))`.execute(db)
  await sql`create index speakers_of_topic on speaker_topics (topic_id)`.execute(db)
  await sql`create table speaker_audiences (
    speaker_id uuid not null references speakers on delete cascade, audience text not null references audiences,
    primary key (speaker_id, audience))`.execute(db)
  // given: the hours a person offers; busy: weekly hours that are taken. No reason and no kind is kept (domain.md section 3).
  await sql`create table weekly_hours (
    id uuid primary key default gen_random_uuid(),
    speaker_id uuid not null references speakers on delete cascade,
    given boolean not null, weekday integer not null, from_time time not null, to_time time not null,
    constraint a_weekday_is_one_of_seven check (weekday between 1 and 7),
    constraint weekly_hours_end_after_they_begin check (to_time > from_time))`.execute(db)
  await sql`create index weekly_hours_of_speaker on weekly_hours (speaker_id)`.execute(db)
  await sql`create table absences (
    id uuid primary key default gen_random_uuid(),
    speaker_id uuid not null references speakers on delete cascade,
    during tstzrange not null,
    constraint an_absence_lasts check (not isempty(during)))`.execute(db)
  await sql`create index absences_of_speaker on absences using gist (speaker_id, during)`.execute(db)
  await sql`create table credentials (
    speaker_id uuid not null references speakers on delete cascade, kind text not null,
    valid_from date not null, valid_until date,
    primary key (speaker_id, kind, valid_from))`.execute(db)
  await sql`create table travel_times (
    house_id uuid not null references houses on delete cascade,
    from_district text not null references districts, to_district text not null references districts,
    transport transport not null, minutes integer not null,
    primary key (house_id, from_district, to_district, transport),
    constraint a_journey_takes_no_negative_time check (minutes >= 0))`.execute(db)
  await sql`create table travel_speeds (
    house_id uuid not null references houses on delete cascade, transport transport not null,
    kmh double precision not null, fixed_minutes integer not null, detour double precision not null,
    primary key (house_id, transport),
    constraint a_journey_moves check (kmh > 0 and fixed_minutes >= 0 and detour >= 1))`.execute(db)
}
