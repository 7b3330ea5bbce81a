import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // a House's way to SMS or a messenger: the address may hold a key of the gateway's, so it is kept sealed; the secret of
  // our signatures is made from the nonce and the application's key
  await sql`create table gateways (
    house_id uuid primary key references houses on delete cascade,
    sealed_address text not null,
    nonce text not null,
    kept_at timestamptz not null,
    secret_at timestamptz not null)`.execute(db)
  await sql`alter table speakers add column channel text not null default 'mail'
    constraint a_speaker_is_told_by_a_channel_there_is check (channel in ('mail', 'webhook'))`.execute(db)
  await sql`alter table contacts add column channel text not null default 'mail'
    constraint a_contact_is_told_by_a_channel_there_is check (channel in ('mail', 'webhook'))`.execute(db)
  await sql`alter table accounts add column phone text, add column channel text not null default 'mail'
    constraint an_account_is_told_by_a_channel_there_is check (channel in ('mail', 'webhook'))`.execute(db)
  await sql`alter table messages add column channel text not null default 'mail'
    constraint a_message_goes_by_a_channel_there_is check (channel in ('mail', 'webhook'))`.execute(db)
  await sql`alter table messages drop constraint nobody_is_told_one_thing_twice,
    add constraint nobody_is_told_one_thing_twice unique (cause, version, kind, recipient, channel)`.execute(db)
}
