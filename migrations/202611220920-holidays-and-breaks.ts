import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type host_kind as enum
    ('school', 'college', 'university', 'workplace', 'market', 'community-centre', 'house-of-friendship', 'custody')`.execute(
    db,
  )
  await sql`create table holidays (
    on_date date not null, slug text not null,
    name_kk text not null, name_ru text not null, name_en text not null,
    transferable boolean not null, may_shift boolean not null default false,
    status text not null, source text not null default '',
    primary key (on_date, slug))`.execute(db)
  await sql`create table day_swaps (
    off_on date primary key, work_on date not null constraint a_swap_gives_its_own_working_day unique,
    name_kk text not null, name_ru text not null, name_en text not null, source text not null default '',
    constraint a_swap_has_two_days check (off_on <> work_on))`.execute(db)
  await sql`create table school_years (
    id text primary key, from_on date not null, to_on date not null,
    confirmed_by uuid references accounts, confirmed_at timestamptz, status text not null,
    constraint a_school_year_ends_after_it_begins check (to_on > from_on))`.execute(db)
  await sql`create type ban_kind as enum ('break', 'exam', 'tests', 'other')`.execute(db)
  await sql`create type ban_strength as enum ('ban', 'warn')`.execute(db)
  await sql`create table bans (
    id uuid primary key default gen_random_uuid(),
    house_id uuid references houses on delete cascade,
    school_year text references school_years,
    kind ban_kind not null, strength ban_strength not null,
    from_on date not null, to_on date not null,
    host_kinds text[] not null default '{}', grades integer[] not null default '{}',
    host_id uuid, except_audiences text[] not null default '{}',
    name_kk text not null, name_ru text not null, name_en text not null,
    constraint a_ban_ends_after_it_begins check (to_on >= from_on))`.execute(db)
  await sql`create index bans_by_date on bans (to_on)`.execute(db)
}
