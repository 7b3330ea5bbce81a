import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // a House's own words of a letter; what it does not say is said in the standard ones
  await sql`create table letter_texts (
    house_id uuid not null references houses on delete cascade,
    kind text not null,
    reader text not null,
    language language not null,
    subject text,
    body text,
    changed_at timestamptz not null,
    changed_by uuid references accounts on delete set null,
    primary key (house_id, kind, reader, language),
    constraint a_letter_is_read_by_somebody_known check (reader in ('speaker', 'contact', 'account')),
    constraint a_letter_text_says_something check (subject is not null or body is not null),
    constraint a_subject_is_one_short_line check (char_length(subject) between 1 and 200 and subject !~ '[[:cntrl:]]'),
    constraint an_opening_is_short check (char_length(body) between 1 and 2000))`.execute(db)
}
