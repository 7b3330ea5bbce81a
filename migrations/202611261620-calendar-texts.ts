import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // A feed changes when one of its texts does; whoever asks again learns it from this one row.
  await sql`alter table feeds add column revision bigint not null default 1, add column changed_at timestamptz`.execute(
    db,
  )
  await sql`update feeds set changed_at = date_trunc('second', created_at)`.execute(db)
  await sql`alter table feeds alter column changed_at set not null, alter column changed_at set default date_trunc('second', now())`.execute(
    db,
  )
  await sql`create index feeds_of_group on feeds (group_id)`.execute(db)
  await sql`create index feeds_of_host on feeds (host_id)`.execute(db)
  await sql`create table public_feeds (
    house_id uuid primary key references houses on delete cascade,
    revision bigint not null default 1, changed_at timestamptz not null)`.execute(db)

  // revision: counts what changed about the talk, whatever the way in; written: of which revision its texts are
  await sql`create table talk_calendars (
    talk_id uuid primary key references talks on delete cascade,
    house_id uuid not null references houses on delete cascade,
    revision integer not null default 1, written integer not null default 0,
    -- a column, since of two columns that differ the planner expects nearly all rows and reads the whole table at each poll
    behind boolean not null generated always as (written <> revision) stored)`.execute(db)
  await sql`create index talk_calendars_to_write on talk_calendars (house_id, talk_id) where (behind)`.execute(db)
  await sql`insert into talk_calendars (talk_id, house_id) select id, house_id from talks`.execute(db)

  // a function keeps its plan: to plan these joins anew for each poll takes twice as long as to run them
  await sql`create function feeds_behind(hashes text[]) returns table (
    secret_hash text, id uuid, kind feed_kind, house_id uuid, owner_id uuid, nonce text, revision bigint, changed_at timestamptz,
    fetched_at timestamptz, zone text, language language, left_on date, behind boolean)
    language plpgsql stable as $$
    #variable_conflict use_column
    begin
      return query
        select f.secret_hash, f.id, f.kind, f.house_id, coalesce(f.speaker_id, f.group_id, f.host_id, f.house_id), f.nonce, f.revision,
          f.changed_at, f.fetched_at, h.zone, s.language, s.left_on,
          exists (select from talk_calendars c where c.house_id = f.house_id and c.behind)
        from feeds f join houses h on h.id = f.house_id left join speakers s on s.id = f.speaker_id
        where f.secret_hash = any(hashes) and f.revoked_at is null;
    end $$`.execute(db)

  await sql`create type calendar_audience as enum ('speaker', 'staff', 'host', 'public')`.execute(db)
  await sql`create table calendar_texts (
    talk_id uuid not null references talks on delete cascade,
    audience calendar_audience not null, language language not null,
    speaker_id uuid references speakers on delete cascade,
    house_id uuid not null references houses on delete cascade,
    host_id uuid not null references hosts on delete cascade,
    starts_at timestamptz not null, ends_at timestamptz not null, zone text not null,
    cancelled boolean not null, accepted boolean not null,
    modified_at timestamptz not null, event text not null, journey text not null default '',
    constraint a_talk_has_one_text_for_each_reader unique nulls not distinct (talk_id, audience, language, speaker_id),
    constraint only_a_text_for_a_speaker_names_one check ((audience = 'speaker') = (speaker_id is not null)))`.execute(
    db,
  )
  await sql`create index texts_of_speaker on calendar_texts (speaker_id, ends_at) where (audience = 'speaker')`.execute(
    db,
  )
  await sql`create index texts_of_house on calendar_texts (house_id, audience, language, ends_at)`.execute(db)
  await sql`create index texts_of_host on calendar_texts (host_id, language, ends_at) where (audience = 'host')`.execute(
    db,
  )
  await sql`create index texts_by_end on calendar_texts (ends_at)`.execute(db)

  await sql`create function mark_the_calendar() returns trigger language plpgsql as $$
    begin
      insert into talk_calendars (talk_id, house_id) values (new.id, new.house_id)
        on conflict (talk_id) do update set revision = talk_calendars.revision + 1;
      return null;
    end $$`.execute(db)
  await sql`create trigger marks_the_calendar after insert or update of host_id, topic_id, request_id, zone, during, mode, link, state, sequence,
    public, revised_at on talks for each row execute function mark_the_calendar()`.execute(db)
  await sql`create function mark_the_calendar_of_a_seat() returns trigger language plpgsql as $$
    begin
      update talk_calendars set revision = revision + 1 where talk_id = case when tg_op = 'DELETE' then old.talk_id else new.talk_id end;
      return null;
    end $$`.execute(db)
  await sql`create trigger marks_the_calendar after insert or delete on assignments for each row execute function mark_the_calendar_of_a_seat()`.execute(
    db,
  )
  await sql`create trigger marks_the_calendar_of_changes after update on assignments for each row
    when ((old.state, old.travel_minutes, old.answered_at, old.ended_at) is distinct from (new.state, new.travel_minutes, new.answered_at, new.ended_at))
    execute function mark_the_calendar_of_a_seat()`.execute(db)

  // the clock that all processes share (base/db/moment.ts)
  await sql`create function the_moment() returns timestamptz language sql stable as $$
    select now() + coalesce((select value from settings where key = 'clock_shift_ms')::double precision, 0) * interval '1 millisecond' $$`.execute(
    db,
  )
  // names and places that stand in texts change seldom; talks without a text need no new one. Rows are locked in the order
  // in which texts are written, or a renamed host and a writing wait for each other for ever.
  const follow = (what: string, condition: string) => `
    update talk_calendars set revision = revision + 1 where talk_id in (
      select c.talk_id from talk_calendars c join talks k on k.id = c.talk_id
      where exists (select from calendar_texts x where x.talk_id = k.id) and ${condition} order by c.talk_id for update of c);
    ${what}
    return null;`
  // at least the moment: a mark a second later than one of last week stays hidden behind the last midnight
  const moved = `revision = revision + 1, changed_at = greatest(date_trunc('second', the_moment()), changed_at + interval '1 second')`
  const marked = (feeds: string) =>
    `update feeds set ${moved} where id in (select id from feeds where ${feeds} order by id for update);`
  const renamed = (owner: string) => marked(`${owner} = new.id`)
  const named = '(old.name_kk, old.name_ru, old.name_en) is distinct from (new.name_kk, new.name_ru, new.name_en)'
  const sources: [table: string, when: string, body: string][] = [
    [
      'hosts',
      `${named} or (old.kind, old.district, old.address_kk, old.address_ru, old.lat, old.lon) is distinct from (new.kind, new.district, new.address_kk, new.address_ru, new.lat, new.lon)`,
      follow(renamed('host_id'), 'k.host_id = new.id'),
    ],
    [
      'speakers',
      `${named} or old.language is distinct from new.language`,
      follow(renamed('speaker_id'), 'k.id in (select a.talk_id from assignments a where a.speaker_id = new.id)'),
    ],
    [
      'houses',
      named,
      follow(`${renamed('house_id')} update public_feeds set ${moved} where house_id = new.id;`, 'k.house_id = new.id'),
    ],
    ['groups', named, `${renamed('group_id')} return null;`],
    [
      'topics',
      '(old.title_kk, old.title_ru, old.title_en) is distinct from (new.title_kk, new.title_ru, new.title_en)',
      follow('', 'k.topic_id = new.id and k.public'),
    ],
    ['requests', 'old.audience is distinct from new.audience', follow('', 'k.request_id = new.id')],
    [
      'audiences',
      'old.closed is distinct from new.closed',
      follow('', 'k.request_id in (select r.id from requests r where r.audience = new.slug)'),
    ],
    ['districts', named, follow('', 'k.host_id in (select h.id from hosts h where h.district = new.kato)')],
  ]
  for (const [table, when, body] of sources) {
    const name = `mark_the_calendar_of_${table}`
    await sql.raw(`create function ${name}() returns trigger language plpgsql as $$ begin ${body} end $$`).execute(db)
    await sql
      .raw(
        `create trigger marks_the_calendar after update on ${table} for each row when (${when}) execute function ${name}()`,
      )
      .execute(db)
  }
  // a restore brings feeds back as they were
  await sql
    .raw(`create function mark_the_feed_of_a_group() returns trigger language plpgsql as $$
    begin
      if current_setting('kezdesu.restoring', true) = 'on' then return null; end if;
      ${marked("group_id = case when tg_op = 'DELETE' then old.group_id else new.group_id end")}
      return null;
    end $$`)
    .execute(db)
  await sql`create trigger marks_the_feed after insert or delete on group_members for each row execute function mark_the_feed_of_a_group()`.execute(
    db,
  )
}
