import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type plan_state as enum ('running', 'done', 'stopped', 'releasing', 'released')`.execute(db)
  await sql`create type plan_moves as enum ('none', 'unanswered', 'all')`.execute(db)
  await sql`create type plan_kind as enum ('new', 'moved', 'swapped', 'unplaced')`.execute(db)
  await sql`create table plans (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    account_id uuid references accounts,
    state plan_state not null default 'running',
    from_on date not null, to_on date not null,
    weights jsonb not null, moves plan_moves not null default 'none',
    seconds integer not null, seed integer not null default 1,
    away jsonb not null default '[]', left_out jsonb not null default '[]',
    phase text not null default 'waiting', placed integer not null default 0, cost double precision, bound double precision, travel_minutes integer,
    figures jsonb,
    stop_asked boolean not null default false, attempts integer not null default 0,
    claimed_by uuid, claimed_until timestamptz,
    created_at timestamptz not null, started_at timestamptz not null, finished_at timestamptz, released_at timestamptz,
    constraint a_plan_begins_before_it_ends check (from_on <= to_on and to_on - from_on < 93),
    constraint a_plan_searches_at_most_ten_minutes check (seconds between 1 and 600),
    constraint what_is_released_knows_when check ((state = 'released') = (released_at is not null)))`.execute(db)
  await sql`create index plans_of_house on plans (house_id, created_at desc)`.execute(db)
  await sql`create unique index a_house_has_one_plan_at_work on plans (house_id) where (state in ('running', 'releasing'))`.execute(
    db,
  )
  // a line for each request that was chosen, and for each talk that would change
  await sql`create table plan_talks (
    plan_id uuid not null references plans on delete cascade,
    request_id uuid not null references requests on delete cascade,
    talk_id uuid references talks on delete cascade, talk_version integer,
    chosen boolean not null default true, position integer not null default 0,
    kind plan_kind not null default 'unplaced', step text,
    held_on date, from_minute integer, minutes integer, team jsonb not null default '[]',
    was jsonb, people integer not null default 0,
    reasons jsonb not null default '[]', warnings jsonb not null default '[]', obstacles jsonb not null default '[]',
    pinned boolean not null default false, excluded boolean not null default false,
    outcome jsonb,
    primary key (plan_id, request_id),
    constraint a_proposal_has_a_time check ((kind = 'unplaced') = (held_on is null) and (kind = 'unplaced') = (from_minute is null)
      and (kind = 'unplaced') = (minutes is null)),
    constraint only_a_proposal_is_pinned check (not pinned or kind <> 'unplaced'),
    constraint a_talk_that_changes_is_there check ((kind in ('moved', 'swapped')) <= (talk_id is not null)),
    constraint a_way_to_mend_is_known check (step in ('same-hour', 'same-day', 'other-day', 'chain', 'lost')))`.execute(
    db,
  )
  await sql`create index plan_talks_of_talk on plan_talks (talk_id)`.execute(db)
  await sql`create index plan_talks_of_request on plan_talks (request_id)`.execute(db)
}
