import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type closure_cause as enum ('frost', 'wind', 'illness', 'other')`.execute(db)
  await sql`alter table closures add column cause closure_cause not null default 'other',
    add column link text constraint a_meeting_is_https check (link is null or link like 'https://%')`.execute(db)
  // what a closure made of each talk, and all that is needed to make it what it was
  await sql`create type closing as enum ('kept', 'online', 'postponed', 'cancelled')`.execute(db)
  await sql`create table closure_talks (
    closure_id uuid not null references closures on delete cascade,
    talk_id uuid not null references talks on delete cascade,
    outcome closing not null,
    version integer not null,
    mode_before mode not null, link_before text, during_before tstzrange not null,
    restored_at timestamptz, restored_version integer,
    obstacle jsonb,
    primary key (closure_id, talk_id),
    constraint a_restored_talk_has_a_version check ((restored_at is null) = (restored_version is null)))`.execute(db)
  await sql`create index closures_of_talk on closure_talks (talk_id)`.execute(db)
  await sql`create table closure_seats (
    closure_id uuid not null references closures on delete cascade,
    assignment_id uuid not null references assignments on delete cascade,
    state assignment_state not null,
    primary key (closure_id, assignment_id))`.execute(db)
  await sql`create index closures_of_seat on closure_seats (assignment_id)`.execute(db)
  // a closure took the talk of this request: it comes first, and may be held from this day on
  await sql`alter table requests add column postponed_from date`.execute(db)
}
