import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // a version of its own would take the place of the next real change's letter; the count says which copy it is
  await sql`alter table messages
    add column again integer not null default 0,
    add column again_by uuid references accounts on delete set null,
    add column caused_at timestamptz`.execute(db)
  await sql`alter table messages
    drop constraint nobody_is_told_one_thing_twice,
    add constraint nobody_is_told_one_thing_twice unique (cause, version, kind, recipient, channel, again)`.execute(db)
  await sql`create index messages_of_person on messages (house_id, recipient)`.execute(db)
  await sql`create index messages_sent_again_by on messages (again_by) where again_by is not null`.execute(db)
  await sql`create index messages_as_the_ledger_has_them on messages (
    house_id, (coalesce(sent_at, case when state = 'superseded' then created_at else due_at end)) desc)`.execute(db)
}
