import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table houses add column substitutes_asked integer not null default 2
    constraint a_few_substitutes_are_asked_at_once check (substitutes_asked between 0 and 5)`.execute(db)
  await sql`create type substitution_end as enum ('filled', 'decided', 'returned', 'changed', 'stopped', 'escalated', 'over')`.execute(
    db,
  )
  await sql`create type ask_answer as enum ('yes', 'no')`.execute(db)
  // the search for somebody who takes a place that was declined; next_at is when it has to be looked at again
  await sql`create table substitutions (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    talk_id uuid not null references talks on delete cascade,
    assignment_id uuid not null references assignments on delete cascade,
    opened_at timestamptz not null, next_at timestamptz not null,
    ended_at timestamptz, ended_as substitution_end,
    constraint what_has_ended_says_how check ((ended_at is null) = (ended_as is null)))`.execute(db)
  await sql`create unique index a_fallen_place_has_one_search on substitutions (assignment_id) where (ended_at is null)`.execute(
    db,
  )
  await sql`create index substitutions_to_look_at on substitutions (next_at) where (ended_at is null)`.execute(db)
  await sql`create index substitutions_of_talk on substitutions (talk_id)`.execute(db)
  await sql`create index substitutions_of_place on substitutions (assignment_id)`.execute(db)
  await sql`create index substitutions_of_house on substitutions (house_id) where (ended_at is null)`.execute(db)
  // reasons are the engine's at the time of the question; colleague: whom the asked person names instead
  await sql`create table substitution_asks (
    id uuid primary key default gen_random_uuid(),
    substitution_id uuid not null references substitutions on delete cascade,
    speaker_id uuid not null references speakers,
    profession text not null references professions,
    asked_at timestamptz not null, until timestamptz not null,
    nonce text not null, token_hash text not null constraint a_link_opens_one_question unique,
    reasons jsonb not null default '[]',
    named_by uuid references speakers,
    answer ask_answer, answered_at timestamptz,
    colleague_id uuid references speakers,
    seat_id uuid references assignments on delete set null,
    constraint an_answer_has_its_time check ((answer is null) = (answered_at is null)),
    constraint a_question_is_open_for_a_while check (until > asked_at),
    constraint nobody_names_themselves check (colleague_id <> speaker_id),
    constraint only_a_yes_gives_a_place check (seat_id is null or answer = 'yes'),
    constraint nobody_is_asked_twice unique (substitution_id, speaker_id))`.execute(db)
  await sql`create unique index a_search_has_one_yes on substitution_asks (substitution_id) where (answer = 'yes')`.execute(
    db,
  )
  await sql`create index questions_of_speaker on substitution_asks (speaker_id) where (answer is null)`.execute(db)
  // a closed school is no place to look somebody up for: whoever moves the searches on sees it at once
  await sql`create function look_at_substitutions_again() returns trigger language plpgsql as $$
    begin
      update substitutions set next_at = opened_at where house_id = new.house_id and ended_at is null;
      return null;
    end $$`.execute(db)
  await sql`create trigger a_closure_ends_substitutions after insert on closures
    for each row execute function look_at_substitutions_again()`.execute(db)
}
