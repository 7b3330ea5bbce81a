import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type role as enum ('administrator', 'coordinator', 'viewer', 'speaker')`.execute(db)
  await sql`create table accounts (
    id uuid primary key default gen_random_uuid(),
    email text not null constraint an_address_belongs_to_one_account unique,
    name_kk text not null, name_ru text not null, name_en text not null,
    address_kk text not null, address_ru text not null, address_en text not null,
    language language not null default 'kk',
    keys_on boolean not null default true,
    theme text not null default 'auto' constraint a_theme_is_known check (theme in ('auto', 'light', 'dark')),
    created_at timestamptz not null default now(),
    disabled_at timestamptz,
    constraint an_address_is_lower_case check (email = lower(email)))`.execute(db)
  await sql`create table roles (
    account_id uuid not null references accounts on delete cascade,
    house_id uuid not null references houses on delete cascade,
    role role not null,
    primary key (account_id, house_id))`.execute(db)
  await sql`create index roles_of_house on roles (house_id)`.execute(db)
  await sql`create table sessions (
    id_hash text primary key,
    account_id uuid not null references accounts on delete cascade,
    house_id uuid not null references houses on delete cascade,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null,
    ip_prefix text not null, agent text not null)`.execute(db)
  await sql`create index sessions_of_account on sessions (account_id)`.execute(db)
  await sql`create table sign_in_links (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references accounts on delete cascade,
    nonce text not null,
    token_hash text not null constraint a_sign_in_link_is_its_own unique,
    code_hash text not null,
    browser_hash text,
    tries integer not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint a_code_has_five_tries check (tries <= 5))`.execute(db)
  await sql`create index sign_in_links_of_account on sign_in_links (account_id)`.execute(db)
  await sql`create table first_administrator_links (
    token_hash text primary key, created_at timestamptz not null, used_at timestamptz)`.execute(db)
  await sql`create table limits (
    key text not null, starts_at timestamptz not null, count integer not null,
    primary key (key, starts_at))`.execute(db)
  await sql`create table form_answers (
    key text primary key,
    fingerprint text not null,
    status integer not null,
    location text not null,
    created_at timestamptz not null)`.execute(db)
}
