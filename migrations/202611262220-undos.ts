import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // the last change of a talk or request that may be taken back, with how things stood before it: ids, codes and times only
  await sql`create table undos (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    talk_id uuid constraint a_talk_has_one_last_change unique references talks on delete cascade,
    request_id uuid constraint a_request_has_one_last_change unique references requests on delete cascade,
    kind text not null constraint an_undo_is_of_a_known_change check (kind in ('moved', 'team-changed', 'cancelled', 'request-declined')),
    version integer not null, at timestamptz not null,
    letters_at timestamptz not null,
    account_id uuid references accounts on delete set null,
    before jsonb not null,
    constraint an_undo_is_of_a_talk_or_of_a_request check (num_nonnulls(talk_id, request_id) = 1))`.execute(db)
  await sql`create index undos_of_house on undos (house_id)`.execute(db)
  await sql`create index undos_of_account on undos (account_id) where account_id is not null`.execute(db)
  await sql`alter table talks add constraint a_note_of_a_talk_is_short check (char_length(note) <= 1000)`.execute(db)
}
