import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // one event may be reported by several bodies: the event stays one row, who else reports it stands beside it (domain.md section 1)
  await sql`create table reporting_bodies (
    id uuid primary key default gen_random_uuid(),
    house_id uuid not null references houses on delete cascade,
    name_kk text not null, name_ru text not null, name_en text not null,
    gone boolean not null default false,
    constraint a_body_has_names check (name_kk <> '' and name_ru <> '' and name_en <> ''))`.execute(db)
  await sql`create unique index a_house_names_a_body_once on reporting_bodies (house_id, lower(name_ru)) where (not gone)`.execute(
    db,
  )
  await sql`create table talk_reporters (
    talk_id uuid not null references talks on delete cascade,
    body_id uuid not null references reporting_bodies on delete cascade,
    said_at timestamptz not null, said_by uuid references accounts,
    constraint a_body_reports_an_event_once primary key (talk_id, body_id))`.execute(db)
  await sql`create index talks_of_body on talk_reporters (body_id)`.execute(db)

  // what a report counts of a talk, one narrow row each: a half-year of 200,000 is one scan instead of seven joins (decision 024)
  await sql`create table report_talks (
    talk_id uuid primary key references talks on delete cascade,
    house_id uuid not null, host_id uuid not null, topic_id uuid not null,
    held_on date not null,
    state talk_state not null, cancel_reason cancel_reason,
    audience text not null, language text not null,
    programme uuid,
    planned integer, counted integer, confirmed integer,
    answers integer not null, clear integer not null, useful integer not null, respectful integer not null, again integer not null,
    asked integer not null, in_time integer not null, late integer not null,
    speakers uuid[] not null)`.execute(db)
  await sql`create index report_talks_by_day on report_talks (house_id, held_on, talk_id)`.execute(db)
  await sql`create index report_talks_of_host on report_talks (host_id, held_on) where (state = 'held')`.execute(db)
  await sql`create index report_talks_of_programmes on report_talks (house_id, held_on) where (programme is not null)`.execute(
    db,
  )

  const row = `
    select t.id, t.house_id, t.host_id, t.topic_id, t.held_on, t.state, t.cancel_reason,
      coalesce(r.audience, ''),
      coalesce(t.held_in, (select case when count(*) = 1 then min(l.language) end from request_languages l where l.request_id = t.request_id), ''),
      (select s.id from series s where s.id = r.series_id and s.kind = 'programme'),
      case when t.state = 'held' then t.heads_planned end,
      case when t.state = 'held' then t.heads_counted end,
      case when t.state = 'held' then t.heads_confirmed end,
      f.answers, f.clear, f.useful, f.respectful, f.again,
      a.asked, a.in_time, a.late, a.speakers
    from talks t left join requests r on r.id = t.request_id
    cross join lateral (select count(*) as answers, coalesce(sum(clear), 0) as clear, coalesce(sum(useful), 0) as useful,
      coalesce(sum(respectful), 0) as respectful, coalesce(sum(again), 0) as again from feedback where talk_id = t.id) f
    cross join lateral (select
      count(*) filter (where answered_at is not null or state = 'invited') as asked,
      count(*) filter (where answered_at <= coalesce(answer_by, lower(t.during))) as in_time,
      count(*) filter (where answered_at > coalesce(answer_by, lower(t.during))) as late,
      coalesce(array_agg(distinct speaker_id order by speaker_id) filter (where state in ('invited', 'accepted')), '{}') as speakers
      from assignments where talk_id = t.id) a`
  const columns = [
    'house_id',
    'host_id',
    'topic_id',
    'held_on',
    'state',
    'cancel_reason',
    'audience',
    'language',
    'programme',
    'planned',
    'counted',
    'confirmed',
    'answers',
    'clear',
    'useful',
    'respectful',
    'again',
    'asked',
    'in_time',
    'late',
    'speakers',
  ]
  const listed = columns.join(', ')
  const excluded = columns.map(column => `excluded.${column}`).join(', ')
  const own = columns.map(column => `report_talks.${column}`).join(', ')
  await sql
    .raw(`create function report_on(ids uuid[]) returns void language sql as $$
      insert into report_talks (talk_id, ${listed}) ${row} where t.id = any(ids) order by t.id
      on conflict (talk_id) do update set (${listed}) = row(${excluded})
      where (${own}) is distinct from (${excluded}) $$`)
    .execute(db)
  await sql.raw(`insert into report_talks (talk_id, ${listed}) ${row}`).execute(db)

  // once a statement, however many rows it writes
  const triggers: [table: string, event: string, references: string, ids: string][] = [
    ['talks', 'insert', 'new table as after', 'select id from after'],
    ['talks', 'update', 'new table as after', 'select id from after'],
    ...['assignments', 'feedback'].flatMap(table => [
      [table, 'insert', 'new table as after', 'select talk_id from after'] as [string, string, string, string],
      [table, 'update', 'new table as after', 'select talk_id from after'] as [string, string, string, string],
      [table, 'delete', 'old table as before', 'select talk_id from before'] as [string, string, string, string],
    ]),
    [
      'requests',
      'update',
      'old table as before new table as after',
      `select t.id from after join before using (id) join talks t on t.request_id = after.id
        where (before.audience, before.series_id) is distinct from (after.audience, after.series_id)`,
    ],
    [
      'request_languages',
      'insert',
      'new table as after',
      'select t.id from after join talks t on t.request_id = after.request_id',
    ],
    [
      'request_languages',
      'delete',
      'old table as before',
      'select t.id from before join talks t on t.request_id = before.request_id',
    ],
  ]
  for (const [table, event, references, ids] of triggers) {
    const name = `report_on_${table}_${event}`
    await sql
      .raw(`create function ${name}() returns trigger language plpgsql as $$
        declare ids uuid[] := array(select distinct found.id from (${ids}) as found (id));
        begin
          if cardinality(ids) > 0 then perform report_on(ids); end if;
          return null;
        end $$`)
      .execute(db)
    await sql
      .raw(
        `create trigger reports_the_talk_on_${event} after ${event} on ${table} referencing ${references} for each statement execute function ${name}()`,
      )
      .execute(db)
  }

  // reports are kept by processes until something of the House changes (decision 012): what they count besides talks marks it, too
  for (const table of ['feedback', 'talk_reporters']) {
    await sql`create function ${sql.raw(`mark_the_diary_of_${table}`)}() returns trigger language plpgsql as $$
      begin
        insert into diary_marks (house_id) select distinct t.house_id from changed c join talks t on t.id = c.talk_id on conflict do nothing;
        return null;
      end $$`.execute(db)
    for (const [event, rows] of [
      ['insert', 'new'],
      ['update', 'new'],
      ['delete', 'old'],
    ])
      await sql`create trigger ${sql.raw(`${event}_marks_the_diary`)} after ${sql.raw(event ?? '')} on ${sql.table(table)}
        referencing ${sql.raw(rows ?? '')} table as changed for each statement execute function ${sql.raw(`mark_the_diary_of_${table}`)}()`.execute(
        db,
      )
  }
}
