import { type Kysely, sql } from 'kysely'

const tables = [
  'districts',
  'holidays',
  'day_swaps',
  'bans',
  'closures',
  'professions',
  'audiences',
  'topics',
  'topic_audiences',
  'topic_languages',
  'topic_places',
  'groups',
  'group_districts',
  'group_members',
  'speakers',
  'speaker_professions',
  'speaker_languages',
  'speaker_topics',
  'speaker_audiences',
  'weekly_hours',
  'absences',
  'credentials',
  'travel_times',
  'travel_speeds',
  'hosts',
  'host_shifts',
  'host_lessons',
  'host_hours',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  // What the engine judges by changes seldom and is read always: processes keep it, and this row tells them whether it still
  // stands. It changes in the transaction of the change, so nobody sees a new mark over old rows for longer than one reading.
  await sql`create table roster_revision (one boolean primary key default true constraint there_is_one_revision check (one), revision uuid not null)`.execute(
    db,
  )
  await sql`insert into roster_revision (revision) values (gen_random_uuid())`.execute(db)
  await sql`create function mark_the_roster() returns trigger language plpgsql as $$
    begin
      update roster_revision set revision = gen_random_uuid();
      return null;
    end $$`.execute(db)
  // a House's counter of requests moves with each of them and is no business of the engine
  await sql`create trigger marks_the_roster after update of zone, region, minimum_notice_minutes, mentor_only_in_pair, lessons, legal_check,
    travel_buffer_minutes, credentials_for_minors on houses for each statement execute function mark_the_roster()`.execute(
    db,
  )
  for (const table of tables)
    await sql`create trigger marks_the_roster after insert or update or delete or truncate on ${sql.table(table)} for each statement execute function mark_the_roster()`.execute(
      db,
    )
}
