import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // who can't come may say when they could; a coordinator reads it beside the refusal
  await sql`alter table assignments add column proposed_on date, add column proposed_from time,
    add constraint a_proposed_hour_has_a_day check (proposed_from is null or proposed_on is not null)`.execute(db)

  // districts to which a person goes, of those of their groups; none: all of them
  await sql`create table speaker_districts (
    speaker_id uuid not null references speakers on delete cascade,
    district text not null references districts,
    primary key (speaker_id, district))`.execute(db)
  await sql`create trigger marks_the_roster after insert or update or delete or truncate on speaker_districts for each statement execute function mark_the_roster()`.execute(
    db,
  )

  // whether a topic is given to somebody is for the House to say: the person wishes, a coordinator decides
  await sql`create table topic_wishes (
    speaker_id uuid not null references speakers on delete cascade,
    topic_id uuid not null references topics on delete cascade,
    wished_at timestamptz not null,
    primary key (speaker_id, topic_id))`.execute(db)
  await sql`create index wishes_for_topic on topic_wishes (topic_id)`.execute(db)

  // a person's calendar holds the talks of all their Houses: joined or parted, it is another file
  await sql`create function mark_the_feeds_of_a_person() returns trigger language plpgsql as $$
    begin
      update feeds set revision = revision + 1, changed_at = greatest(date_trunc('second', the_moment()), changed_at + interval '1 second')
        where id in (select f.id from feeds f join speakers s on s.id = f.speaker_id
          where s.person_id in (old.person_id, new.person_id) order by f.id for update of f);
      return null;
    end $$`.execute(db)
  await sql`create trigger marks_the_feeds after update of person_id on speakers for each row
    when (old.person_id is distinct from new.person_id) execute function mark_the_feeds_of_a_person()`.execute(db)
}
