import { type Kysely, sql } from 'kysely'

const nobody = sql.raw(`'00000000-0000-0000-0000-000000000000'`)

export async function up(db: Kysely<unknown>): Promise<void> {
  // whether the breaks of a school year are a guess is read with the House's calendar, and kept
  await sql`create trigger marks_the_roster after insert or update or delete or truncate on school_years
    for each statement execute function mark_the_roster()`.execute(db)

  // Each House keeps its own row of a speaker: limits, topics, groups, papers. Rows of one human being share `person_id`,
  // which begins as the row's own id and becomes another's only when the person says so.
  await sql`alter table speakers add column person_id uuid not null default ${nobody}`.execute(db)
  await sql`update speakers set person_id = id`.execute(db)
  await sql`create function a_speaker_begins_as_a_person_of_their_own() returns trigger language plpgsql as $$
    begin
      if new.person_id = ${nobody} then new.person_id := new.id; end if;
      return new;
    end $$`.execute(db)
  await sql`create trigger begins_as_a_person before insert on speakers
    for each row execute function a_speaker_begins_as_a_person_of_their_own()`.execute(db)
  await sql`alter table speakers add constraint a_speaker_is_one_person unique (id, person_id)`.execute(db)
  await sql`alter table speakers add constraint a_person_is_one_speaker_of_a_house unique (person_id, house_id)`.execute(
    db,
  )

  await sql`alter table assignments add column person_id uuid not null default ${nobody}`.execute(db)
  await sql`update assignments a set person_id = s.person_id from speakers s where s.id = a.speaker_id`.execute(db)
  await sql`create function a_seat_is_its_persons() returns trigger language plpgsql as $$
    begin
      select person_id into new.person_id from speakers where id = new.speaker_id;
      return new;
    end $$`.execute(db)
  await sql`create trigger belongs_to_a_person before insert or update of speaker_id on assignments
    for each row execute function a_seat_is_its_persons()`.execute(db)
  // rows that become one person bring their seats along, and the constraint below judges them in that moment
  await sql`alter table assignments add constraint a_seat_is_its_speakers_persons
    foreign key (speaker_id, person_id) references speakers (id, person_id) on update cascade`.execute(db)
  await sql`create index assignments_of_person on assignments (person_id)`.execute(db)
  await sql`alter table assignments drop constraint a_speaker_is_in_one_place`.execute(db)
  await sql`alter table assignments add constraint a_speaker_is_in_one_place
    exclude using gist (person_id with =, busy with &&) where (state in ('invited', 'accepted'))`.execute(db)
}
