import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // what a person's calendar was last sent: an answer to less than that answers a talk that stands no more
  await sql`create table reply_addresses (
    token_hash text primary key,
    talk_id uuid not null references talks on delete cascade,
    speaker_id uuid not null references speakers on delete cascade,
    address text not null, sequence integer not null, during tstzrange not null, sent_at timestamptz not null,
    taken_stamp timestamptz, answered_at timestamptz,
    constraint a_speaker_has_one_reply_address_for_a_talk unique (talk_id, speaker_id))`.execute(db)
  await sql`create index reply_addresses_of_speaker on reply_addresses (speaker_id)`.execute(db)
  await sql`create type reply_answer as enum ('accepted', 'declined', 'tentative', 'delegated', 'proposal', 'none')`.execute(
    db,
  )
  await sql`create type reply_state as enum ('taken', 'open', 'ignored', 'accepted', 'dismissed')`.execute(db)
  await sql`create table replies (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    talk_id uuid not null references talks on delete cascade,
    speaker_id uuid not null references speakers on delete cascade,
    message_id text not null, body_hash text not null, arrival text not null, copies integer not null default 1,
    came_at timestamptz not null, sender text not null, comment text not null,
    answer reply_answer not null, state reply_state not null, reasons text[] not null default '{}',
    stamp timestamptz, proposed tstzrange,
    during tstzrange not null,
    decided_at timestamptz, decided_by uuid references accounts,
    constraint one_reply_is_taken_once unique (talk_id, speaker_id, message_id, body_hash),
    constraint somebody_has_decided check ((state in ('accepted', 'dismissed')) = (decided_at is not null)),
    constraint a_comment_is_short check (length(comment) <= 500))`.execute(db)
  await sql`create index replies_of_talk on replies (talk_id, came_at)`.execute(db)
  await sql`create index replies_of_speaker on replies (speaker_id)`.execute(db)
  await sql`create index replies_that_wait on replies (house_id) where (state = 'open')`.execute(db)
  // who of many workers does what only one may do at a time
  await sql`create table leases (name text primary key, holder text not null, until timestamptz not null)`.execute(db)
}
