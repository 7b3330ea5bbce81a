import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type import_kind as enum ('speakers', 'hosts', 'requests')`.execute(db)
  await sql`create type import_state as enum ('ready', 'done')`.execute(db)
  await sql`create table imports (
    id uuid primary key,
    house_id uuid not null references houses on delete cascade,
    account_id uuid references accounts,
    kind import_kind not null,
    state import_state not null default 'ready',
    file_name text not null default '',
    reading jsonb not null,
    counts jsonb not null,
    digest text not null,
    created_at timestamptz not null, ends_at timestamptz not null, done_at timestamptz,
    constraint what_is_imported_knows_when check ((state = 'done') = (done_at is not null)),
    constraint an_import_that_is_done_names_no_file check (state = 'ready' or file_name = ''))`.execute(db)
  await sql`create index imports_of_house on imports (house_id, created_at desc)`.execute(db)
  // the rows of a file as they were read and judged: people's data, kept until the import is done or a day has passed
  await sql`create table import_rows (
    import_id uuid not null references imports on delete cascade, line integer not null,
    cells jsonb not null, remarks jsonb not null, state text not null, verdict jsonb not null, choice text not null default '',
    primary key (import_id, line),
    constraint a_row_is_judged check (state in ('new', 'changed', 'same', 'unsure', 'twice', 'wrong', 'skipped')))`.execute(
    db,
  )
  await sql`create index import_rows_by_state on import_rows (import_id, state, line)`.execute(db)
  // the number that the file itself gives a request: tells two of one host, topic and day apart
  await sql`alter table requests add column own_number text,
    add constraint an_own_number_is_short check (char_length(own_number) between 1 and 60)`.execute(db)
}
