import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type talk_state as enum ('booked', 'held', 'not-held', 'cancelled')`.execute(db)
  await sql`create type cancel_reason as enum ('weather', 'illness', 'timetable', 'host', 'speaker', 'other')`.execute(
    db,
  )
  await sql`create type assignment_state as enum ('invited', 'accepted', 'declined', 'replaced')`.execute(db)
  await sql`create type answer_reason as enum ('another-time', 'too-far', 'another-topic', 'other')`.execute(db)
  // the promise is the wall time in the zone; during is derived from it (domain.md section 6)
  await sql`create table talks (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses,
    request_id uuid references requests,
    host_id uuid not null references hosts,
    topic_id uuid not null references topics,
    zone text not null, held_on date not null, from_time time not null, minutes integer not null,
    during tstzrange not null,
    mode mode not null, link text,
    state talk_state not null default 'booked',
    version integer not null default 1,
    sequence integer not null default 0,
    public boolean not null default false,
    heads_planned integer not null,
    heads_counted integer, heads_confirmed integer, leaflets integer, held_in text,
    note text not null default '',
    cancel_reason cancel_reason, cancelled_at timestamptz,
    outcome_at timestamptz, outcome_by uuid references accounts,
    created_at timestamptz not null, revised_at timestamptz not null,
    constraint a_talk_lasts check (not isempty(during) and minutes > 0),
    constraint only_a_cancelled_talk_has_a_reason check ((state = 'cancelled') = (cancel_reason is not null)),
    constraint heads_are_not_negative check (heads_planned > 0 and coalesce(heads_counted, 0) between 0 and 20000 and coalesce(heads_confirmed, 0) between 0 and 20000),
    constraint only_a_held_talk_has_heads check (state = 'held' or heads_counted is null),
    constraint a_link_is_https check (link is null or link like 'https://%'),
    constraint a_hall_holds_one_talk_at_a_time exclude using gist (host_id with =, during with &&)
      where (state in ('booked', 'held') and mode = 'onsite'))`.execute(db)
  await sql`create unique index a_request_has_one_standing_talk on talks (request_id) where (state in ('booked', 'held'))`.execute(
    db,
  )
  await sql`create index talks_of_house_by_time on talks using gist (house_id, during)`.execute(db)
  await sql`create index talks_of_house_by_date on talks (house_id, held_on)`.execute(db)
  await sql`create index talks_of_host on talks (host_id, held_on)`.execute(db)
  await sql`create index talks_of_request on talks (request_id)`.execute(db)
  // busy = the talk, and before it the journey from the talk before: an overlap, travel included, cannot be stored
  await sql`create table assignments (
    id uuid primary key default gen_random_uuid(),
    talk_id uuid not null references talks on delete cascade,
    speaker_id uuid not null references speakers,
    profession text not null references professions,
    state assignment_state not null default 'invited',
    busy tstzrange not null,
    travel_minutes integer not null default 0,
    nonce text not null, token_hash text not null constraint an_invitation_link_opens_one_invitation unique,
    invited_at timestamptz not null, answer_by timestamptz,
    answered_at timestamptz, reason answer_reason,
    ended_at timestamptz,
    constraint only_a_refusal_has_a_reason check (reason is null or state = 'declined'),
    constraint a_speaker_is_in_one_place exclude using gist (speaker_id with =, busy with &&)
      where (state in ('invited', 'accepted')))`.execute(db)
  await sql`create unique index a_speaker_stands_once_in_a_team on assignments (talk_id, speaker_id) where (state in ('invited', 'accepted'))`.execute(
    db,
  )
  await sql`create index assignments_of_talk on assignments (talk_id)`.execute(db)
  await sql`create index places_that_fell_open on assignments (talk_id) where (state = 'declined' and ended_at is null)`.execute(
    db,
  )
  await sql`create index assignments_of_speaker on assignments using gist (speaker_id, busy)`.execute(db)
  await sql`create table changes (
    id bigint generated always as identity primary key,
    house_id uuid not null references houses,
    request_id uuid references requests on delete cascade,
    talk_id uuid references talks on delete cascade,
    speaker_id uuid references speakers,
    kind text not null, at timestamptz not null,
    account_id uuid references accounts,
    by_whom text not null constraint a_change_has_somebody_behind_it check (by_whom in ('account', 'contact', 'speaker', 'system')),
    detail jsonb not null default '{}')`.execute(db)
  await sql`create index changes_of_talk on changes (talk_id)`.execute(db)
  await sql`create index changes_of_request on changes (request_id)`.execute(db)
  await sql`create table feedback (
    id uuid primary key default gen_random_uuid(),
    talk_id uuid not null references talks on delete cascade,
    clear integer not null, useful integer not null, respectful integer not null, again integer not null,
    given_on date not null,
    constraint answers_run_from_one_to_five check (least(clear, useful, respectful, again) >= 1 and greatest(clear, useful, respectful, again) <= 5))`.execute(
    db,
  )
  await sql`create index feedback_of_talk on feedback (talk_id)`.execute(db)
}
