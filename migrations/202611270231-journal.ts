import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // the end of a House's chain: who adds a row holds it, as the last lock of all
  await sql`create table journal_heads (
    house_id uuid primary key references houses,
    n integer not null, hash text not null,
    constraint a_head_of_the_journal_is_a_hash check (hash ~ '^[0-9a-f]{64}$'))`.execute(db)
  await sql`insert into journal_heads select id, 0, repeat('0', 64) from houses`.execute(db)
  await sql`create function begin_journal() returns trigger language plpgsql as $$
    begin
      if current_setting('kezdesu.restoring', true) = 'on' then return null; end if;
      insert into journal_heads values (new.id, 0, repeat('0', 64));
      return null;
    end $$`.execute(db)
  await sql`create trigger a_house_has_a_journal after insert on houses for each row execute function begin_journal()`.execute(
    db,
  )

  await sql`create table journal (
    house_id uuid not null references journal_heads, n integer not null,
    at timestamptz not null,
    by_whom text not null constraint a_row_of_the_journal_says_who check (by_whom in ('account', 'contact', 'speaker', 'system')),
    actor_id uuid, place text not null, kind text not null, thing text not null, thing_id text not null,
    old text not null, new text not null, previous text not null, hash text not null,
    constraint rows_of_a_journal_are_numbered primary key (house_id, n))`.execute(db)
  await sql`create index journal_by_actor on journal (house_id, actor_id, n)`.execute(db)
  await sql`create index journal_by_thing on journal (house_id, thing, thing_id, n)`.execute(db)
  await sql`create index journal_by_kind on journal (house_id, kind, n)`.execute(db)
  await sql`create index journal_by_time on journal (house_id, at)`.execute(db)
  await sql`create function keep_journal() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of the journal are added and never changed or taken away' using errcode = 'insufficient_privilege';
    end $$`.execute(db)
  await sql`create trigger the_journal_is_only_added_to before update or delete on journal for each row execute function keep_journal()`.execute(
    db,
  )
  await sql`create trigger the_journal_is_never_emptied before truncate on journal for each statement execute function keep_journal()`.execute(
    db,
  )

  // one statement for all rows of a command; the text that is hashed is told again in src/audit/rules.ts
  await sql`create function write_journal(entries jsonb) returns void language plpgsql as $$
    declare house record; entry record; last_n integer; last_hash text; next_hash text;
    begin
      for house in select distinct (e ->> 'house_id')::uuid as id from jsonb_array_elements(entries) e order by 1 loop
        select n, hash into strict last_n, last_hash from journal_heads where house_id = house.id for update;
        for entry in
          select x.* from jsonb_array_elements(entries) with ordinality e (row, place)
            cross join lateral jsonb_to_record(e.row) x (
              house_id uuid, at timestamptz, by_whom text, actor_id uuid, place text, kind text, thing text, thing_id text, old text, new text)
          where x.house_id = house.id order by e.place
        loop
          last_n := last_n + 1;
          next_hash := encode(sha256(convert_to(concat_ws(E'\n', last_hash, house.id::text, last_n::text,
            (extract(epoch from entry.at) * 1000000)::bigint::text, entry.by_whom, coalesce(entry.actor_id::text, ''), entry.place,
            entry.kind, entry.thing, entry.thing_id, entry.old, entry.new), 'UTF8')), 'hex');
          insert into journal (house_id, n, at, by_whom, actor_id, place, kind, thing, thing_id, old, new, previous, hash)
            values (house.id, last_n, entry.at, entry.by_whom, entry.actor_id, entry.place, entry.kind, entry.thing, entry.thing_id,
              entry.old, entry.new, last_hash, next_hash);
          last_hash := next_hash;
        end loop;
        update journal_heads set n = last_n, hash = last_hash where house_id = house.id;
      end loop;
    end $$`.execute(db)

  // that somebody saw contact data is said once a day, not at each look
  await sql`create table sights (
    house_id uuid not null references houses on delete cascade,
    account_id uuid not null references accounts on delete cascade,
    thing text not null, thing_id text not null, on_date date not null,
    constraint a_sight_is_noted_once_a_day primary key (on_date, house_id, account_id, thing, thing_id))`.execute(db)
}
