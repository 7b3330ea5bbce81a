import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // sessions that are there were opened by a letter
  await sql`alter table sessions
    add column strength text not null default 'letter'
      constraint a_session_has_a_known_strength check (strength in ('letter', 'strong')),
    add column proved_at timestamptz`.execute(db)
  await sql`update sessions set proved_at = created_at`.execute(db)
  await sql`alter table sign_in_links
    add column purpose text not null default 'sign-in'
      constraint a_letter_has_a_known_purpose check (purpose in ('sign-in', 'again', 'address')),
    add column address text,
    add constraint a_new_address_is_told_to_itself check ((purpose = 'address') = (address is not null))`.execute(db)
  await sql`create table passkeys (
    id text primary key,
    account_id uuid not null references accounts on delete cascade,
    public_key text not null,
    counter bigint not null,
    transports text[] not null,
    name text not null,
    created_at timestamptz not null,
    used_at timestamptz,
    constraint a_counter_of_a_passkey_counts check (counter >= 0))`.execute(db)
  await sql`create index passkeys_of_account on passkeys (account_id)`.execute(db)
  await sql`create table passwords (
    account_id uuid primary key references accounts on delete cascade,
    hash text not null constraint a_password_is_hashed_by_argon2id check (hash like '$argon2id$%'),
    changed_at timestamptz not null)`.execute(db)
  // a step once used never counts again: the number only grows
  await sql`create table totps (
    account_id uuid primary key references accounts on delete cascade,
    sealed text not null,
    last_step integer not null,
    created_at timestamptz not null)`.execute(db)
  await sql`create table recovery_codes (
    account_id uuid not null references accounts on delete cascade,
    code_hash text not null,
    used_at timestamptz,
    primary key (account_id, code_hash))`.execute(db)
  await sql`create table identities (
    issuer text not null,
    subject text not null,
    account_id uuid not null references accounts on delete cascade,
    created_at timestamptz not null,
    primary key (issuer, subject),
    constraint an_account_has_one_identity_of_a_provider unique (account_id, issuer))`.execute(db)
  // what a browser was asked to sign: used up by the answer, whatever it is
  await sql`create table challenges (
    browser_hash text primary key,
    purpose text not null constraint a_challenge_has_a_known_purpose check (purpose in ('sign-in', 'again', 'new')),
    challenge text not null,
    account_id uuid references accounts on delete cascade,
    expires_at timestamptz not null,
    constraint a_stranger_is_asked_to_sign_in_only check ((purpose = 'sign-in') = (account_id is null)))`.execute(db)
  await sql`create index challenges_by_end on challenges (expires_at)`.execute(db)
}
