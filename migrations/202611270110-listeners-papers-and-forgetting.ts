import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // half of the address that listeners get on paper; the other half needs the key (decision 002), and a new one ends it
  await sql`alter table talks add column listeners_nonce uuid not null default gen_random_uuid()`.execute(db)
  await sql`alter table talks add constraint a_sheet_for_listeners_opens_one_talk unique (listeners_nonce)`.execute(db)

  await sql`alter table feedback add column remark text not null default ''
    constraint a_remark_is_short check (char_length(remark) <= 500)`.execute(db)
  await sql`create index remarks_to_forget on feedback (given_on) where (remark <> '')`.execute(db)
  await sql`create index words_of_hosts_to_forget on changes (at) where (kind = 'written' and jsonb_exists(detail, 'text'))`.execute(
    db,
  )
  await sql`create index contacts_by_age on contacts (created_at)`.execute(db)
  await sql`create index requests_of_contact on requests (contact_id)`.execute(db)

  await sql`create type paper_kind as enum ('letter', 'thanks')`.execute(db)
  await sql`create table papers (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    kind paper_kind not null, year integer not null, number integer not null,
    talk_id uuid references talks on delete cascade,
    speaker_id uuid references speakers on delete cascade,
    host_id uuid references hosts on delete cascade,
    issued_on date not null, issued_at timestamptz not null, issued_by uuid references accounts,
    constraint a_paper_has_its_own_number_in_a_year unique (house_id, kind, year, number),
    constraint a_talk_has_one_letter unique (talk_id),
    constraint a_speaker_is_thanked_once_a_year unique (speaker_id, year),
    constraint a_host_is_thanked_once_a_year unique (host_id, year),
    constraint a_letter_is_about_a_talk_and_thanks_are_somebodys check (
      (kind = 'letter') = (talk_id is not null) and num_nonnulls(talk_id, speaker_id, host_id) = 1))`.execute(db)
}
