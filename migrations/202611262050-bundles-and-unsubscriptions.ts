import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // messages that went, or are to go, as one letter: the id of the one whose Message-ID it bears
  await sql`alter table messages add column bundle uuid`.execute(db)
  await sql`create index messages_of_bundle on messages (bundle) where bundle is not null`.execute(db)
  await sql`create index messages_that_wait_for_somebody on messages (recipient) where state = 'waiting'`.execute(db)
  await sql`create table unsubscriptions (
    recipient text not null, kind text not null, at timestamptz not null,
    constraint nobody_leaves_twice primary key (recipient, kind))`.execute(db)
}
