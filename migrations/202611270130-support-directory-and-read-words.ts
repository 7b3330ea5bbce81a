import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // still no address column, and none may come: the way into a shelter is 150 (domain.md section 8)
  await sql`alter table support_lines
    add column kind text not null default 'other'
      constraint a_line_is_of_a_known_kind check (kind in ('state', 'trust', 'family', 'crisis', 'psychology', 'law', 'health', 'social', 'other')),
    add column languages text[] not null default '{}'
      constraint a_line_speaks_known_languages check (languages <@ '{kk,ru,en,uz,ug,tg}'::text[]),
    add column audience text[] not null default '{}'
      constraint a_line_is_for_known_people check (audience <@ '{everyone,children,young,women,families}'::text[]),
    add column anonymous boolean,
    add column version integer not null default 1,
    add column added_at timestamptz, add column added_by uuid references accounts,
    add column doubted_at timestamptz, add column off_at timestamptz,
    add column removed_at timestamptz,
    add constraint a_line_of_the_country_is_never_taken_off_or_out
      check (house_id is not null or (doubted_at is null and off_at is null and removed_at is null)),
    add constraint a_line_of_a_house_is_neither_national_nor_pinned check (national = (house_id is null) and (house_id is null or not pinned)),
    add constraint a_line_of_a_house_can_be_called_or_opened check (house_id is null or num_nonnulls(code, phone, url) > 0),
    add constraint a_line_has_one_number check (num_nonnulls(code, phone) < 2),
    add constraint a_short_number_has_three_or_four_digits check (code ~ '^\\d{3,4}$'),
    add constraint a_phone_stands_as_it_is_dialled check (phone ~ '^(\\+7\\d{10}|8800\\d{7})$'),
    add constraint a_link_of_a_line_is_an_address_of_the_web check (url ~ '^https?://[^[:space:]/]+'),
    add constraint hours_of_a_line_are_days_and_times check (hours ~ '^(24/7|[1-7]-[1-7] \\d\\d:\\d\\d-\\d\\d:\\d\\d)$'),
    add constraint a_number_of_a_house_is_checked_every_thirty_days
      check (house_id is null or check_days = case when code is null and phone is null then 90 else 30 end)`.execute(db)
  await sql`update support_lines set kind = case slug when '150' then 'trust' when 'family-support-centres' then 'family' else 'state' end,
    anonymous = case when slug in ('111', '150') then true end,
    languages = case when slug in ('111', '102', '112', '103') then '{kk,ru}'::text[] else '{}' end,
    audience = case slug when '111' then '{children,women,families}'::text[] when '150' then '{children,women,families}'::text[]
      when 'family-support-centres' then '{families}'::text[] else '{everyone}' end
    where house_id is null`.execute(db)
  await sql`create index support_lines_of_house on support_lines (house_id)`.execute(db)
  // what was done to a line, and by whom, newest first
  await sql`create index changes_of_support_lines on changes ((detail ->> 'line'), at desc) where kind like 'support-%'`.execute(
    db,
  )

  // what a native editor says of a text of the product; of a text that has changed since, `text_hash` no longer tells the truth
  await sql`create table word_marks (
    key text not null, language text not null constraint a_mark_is_of_one_language check (language in ('kk', 'ru', 'en')),
    text_hash text not null,
    state text not null constraint a_text_is_good_or_has_a_correction check (state in ('good', 'correction')),
    correction text constraint a_correction_has_at_most_four_thousand_letters check (char_length(correction) between 1 and 4000),
    note text not null default '' constraint a_note_on_a_text_has_at_most_five_hundred_letters check (char_length(note) <= 500),
    house_id uuid not null references houses, account_id uuid not null references accounts, marked_at timestamptz not null,
    constraint a_text_has_one_mark_a_language primary key (key, language),
    constraint only_a_correction_says_another_text check ((state = 'correction') = (correction is not null)))`.execute(
    db,
  )
  // a file of corrections that was looked at and not yet taken
  await sql`create table word_files (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade, account_id uuid not null references accounts,
    name text not null, rows jsonb not null, created_at timestamptz not null, taken_at timestamptz)`.execute(db)
}
