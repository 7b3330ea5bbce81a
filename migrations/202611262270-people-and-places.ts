import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table credentials add column note text not null default ''
    constraint a_note_on_a_paper_is_short check (char_length(note) <= 120)`.execute(db)
  // a coordinator's word against the reckoned share, in shares; the reason is a code, as no free text is kept about people
  await sql`create type fairness_reason as enum ('own-wish', 'learning', 'rare', 'evens-out', 'other')`.execute(db)
  await sql`create table fairness_overrides (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    speaker_id uuid not null references speakers on delete cascade,
    weight numeric not null, reason fairness_reason not null, until_on date not null,
    set_by uuid references accounts, set_at timestamptz not null,
    ended_by uuid references accounts, ended_at timestamptz,
    constraint an_override_weighs_a_full_share_at_most check (weight <> 0 and weight between -1 and 1))`.execute(db)
  await sql`create unique index a_speaker_has_one_override_at_a_time on fairness_overrides (speaker_id) where (ended_at is null)`.execute(
    db,
  )
  await sql`create index overrides_of_house on fairness_overrides (house_id, set_at)`.execute(db)
  await sql`create trigger marks_the_roster after insert or update or delete or truncate on fairness_overrides
    for each statement execute function mark_the_roster()`.execute(db)
  await sql`alter table topic_materials
    add column link text constraint a_material_is_read_over_https check (link is null or link like 'https://%'),
    add column version text not null default '',
    add column valid_until date,
    add constraint an_approval_ends_after_it_is_given check (valid_until is null or valid_until >= approved_on)`.execute(
    db,
  )
  await sql`create trigger marks_the_roster after insert or update or delete or truncate on topic_materials
    for each statement execute function mark_the_roster()`.execute(db)
  // what a merge moved, so that it can be taken back
  await sql`create table host_merges (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    kept uuid not null references hosts on delete cascade, duplicate uuid not null references hosts on delete cascade,
    moved jsonb not null,
    merged_by uuid references accounts, merged_at timestamptz not null,
    undone_by uuid references accounts, undone_at timestamptz,
    constraint a_merge_has_two_sides check (kept <> duplicate))`.execute(db)
  await sql`create index merges_of_host on host_merges (kept)`.execute(db)
}
