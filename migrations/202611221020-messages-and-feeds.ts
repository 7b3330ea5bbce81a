import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type message_state as enum ('waiting', 'sending', 'sent', 'failed', 'skipped', 'superseded', 'held')`.execute(
    db,
  )
  await sql`create table messages (
    id uuid primary key default gen_random_uuid(),
    house_id uuid references houses on delete cascade,
    kind text not null,
    cause text not null, version integer not null, recipient text not null,
    request_id uuid references requests on delete cascade,
    talk_id uuid references talks on delete cascade,
    assignment_id uuid references assignments on delete cascade,
    account_id uuid references accounts on delete cascade,
    sign_in_link_id uuid references sign_in_links on delete cascade,
    address text not null, language language not null,
    state message_state not null default 'waiting', reason text,
    created_at timestamptz not null, due_at timestamptz not null, not_after timestamptz,
    attempt integer not null default 0, claim text, claimed_until timestamptz, next_try_at timestamptz,
    smtp_reply text, sent_at timestamptz,
    constraint nobody_is_told_one_thing_twice unique (cause, version, kind, recipient),
    constraint a_sent_message_has_its_time check ((state = 'sent') = (sent_at is not null)))`.execute(db)
  await sql`create index messages_that_wait on messages (due_at) where (state in ('waiting', 'sending'))`.execute(db)
  await sql`create index messages_of_talk on messages (talk_id)`.execute(db)
  await sql`create index messages_of_request on messages (request_id)`.execute(db)
  await sql`create index messages_of_house on messages (house_id, created_at)`.execute(db)
  await sql`create index messages_to_address on messages (address, sent_at)`.execute(db)
  await sql`create type feed_kind as enum ('speaker', 'group', 'host', 'house')`.execute(db)
  await sql`create table feeds (
    id uuid primary key default gen_random_uuid(),
    kind feed_kind not null, house_id uuid not null references houses on delete cascade,
    speaker_id uuid references speakers on delete cascade,
    group_id uuid references groups on delete cascade,
    host_id uuid references hosts on delete cascade,
    nonce text not null, secret_hash text not null constraint a_feed_has_a_secret_of_its_own unique,
    created_at timestamptz not null, revoked_at timestamptz,
    fetched_at timestamptz, client text,
    constraint a_feed_has_one_owner check (
      (kind = 'speaker') = (speaker_id is not null) and (kind = 'group') = (group_id is not null) and (kind = 'host') = (host_id is not null)))`.execute(
    db,
  )
  await sql`create index feeds_of_speaker on feeds (speaker_id)`.execute(db)
  await sql`create index feeds_of_house on feeds (house_id)`.execute(db)
  // no address column: the way into a shelter is 150 (domain.md section 8)
  await sql`create table support_lines (
    id uuid primary key default gen_random_uuid(),
    house_id uuid references houses on delete cascade, slug text not null, position integer not null,
    code text, phone text, url text,
    name_kk text not null, name_ru text not null, name_en text not null,
    note_kk text not null default '', note_ru text not null default '', note_en text not null default '',
    national boolean not null, pinned boolean not null, hours text, free boolean,
    checked_at timestamptz, checked_by uuid references accounts, check_days integer not null default 90,
    constraint a_line_has_its_own_slug unique nulls not distinct (house_id, slug))`.execute(db)
}
