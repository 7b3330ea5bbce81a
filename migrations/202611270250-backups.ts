import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type backup_kind as enum ('backup', 'trial')`.execute(db)
  // what was written or restored for a try, by which machine, and how it ended; the files themselves lie outside
  await sql`create table backup_runs (
    id bigint generated always as identity primary key,
    kind backup_kind not null,
    file text not null, sealed boolean not null,
    at timestamptz not null, ended_at timestamptz not null,
    rows integer not null default 0, bytes bigint not null default 0,
    fault text,
    constraint a_run_ends_after_it_began check (at <= ended_at),
    constraint what_went_wrong_is_said check (fault is null or fault <> ''))`.execute(db)
  await sql`create index backup_runs_newest on backup_runs (kind, at desc)`.execute(db)
  await sql`create index messages_that_need_somebody on messages (state, due_at) where state in ('failed', 'held')`.execute(
    db,
  )
}
