import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table professions (
    slug text primary key, letter text not null, position integer not null,
    name_kk text not null, name_ru text not null, name_en text not null,
    plural_kk text not null, plural_ru text not null, plural_en text not null,
    pair_in_schools boolean not null, pair_with text[] not null default '{}')`.execute(db)
  await sql`create table audiences (
    slug text primary key, position integer not null,
    name_kk text not null, name_ru text not null, name_en text not null,
    host_kinds text[] not null, minors boolean not null, closed boolean not null)`.execute(db)
  await sql`create table formats (
    slug text primary key, name_kk text not null, name_ru text not null, name_en text not null,
    bookable boolean not null)`.execute(db)
  await sql`create table topics (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    slug text not null, position integer not null,
    title_kk text not null, title_ru text not null, title_en text not null,
    summary_kk text not null, summary_ru text not null, summary_en text not null,
    minutes integer not null, format text not null references formats,
    grade_from integer, grade_to integer,
    min_audience integer not null, max_audience integer not null,
    quotes_law boolean not null default false, law_as_of date,
    equipment_kk text not null default '', equipment_ru text not null default '', equipment_en text not null default '',
    rules text[] not null default '{}',
    open boolean not null default true, revised_at timestamptz not null default now(),
    constraint a_topic_has_its_own_slug_in_its_house unique (house_id, slug),
    constraint a_topic_lasts_between_ten_minutes_and_four_hours check (minutes between 10 and 240),
    constraint grades_run_upwards check ((grade_from is null) = (grade_to is null) and (grade_from is null or grade_from between 0 and grade_to)),
    constraint an_audience_has_a_least_and_a_most check (min_audience > 0 and max_audience >= min_audience))`.execute(
    db,
  )
  await sql`create table topic_audiences (
    topic_id uuid not null references topics on delete cascade, audience text not null references audiences,
    primary key (topic_id, audience))`.execute(db)
  await sql`create table topic_languages (
    topic_id uuid not null references topics on delete cascade, language text not null,
    primary key (topic_id, language))`.execute(db)
  await sql`create table topic_places (
    topic_id uuid not null references topics on delete cascade, position integer not null,
    any_of text[] not null, count integer not null,
    primary key (topic_id, position),
    constraint a_place_is_for_somebody check (count > 0 and cardinality(any_of) > 0))`.execute(db)
  await sql`create table topic_materials (
    id uuid primary key default gen_random_uuid(),
    topic_id uuid not null references topics on delete cascade,
    title text not null, approved_by text not null, approval_number text not null, approved_on date not null)`.execute(
    db,
  )
  await sql`create index materials_of_topic on topic_materials (topic_id)`.execute(db)
}
