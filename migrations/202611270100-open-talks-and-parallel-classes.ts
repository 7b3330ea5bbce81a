import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // what visitors see is a few rows of a House's many
  await sql`create index open_talks_of_house on talks (house_id, held_on, from_time)
    where public and state = 'booked'`.execute(db)

  // "all grade 9 classes": asked for as one, made into a series by a coordinator; names are those of classes, never of pupils
  await sql`alter table requests
    add column class_count integer not null default 1
      constraint a_request_is_for_one_to_eight_classes check (class_count between 1 and 8),
    add column class_names text[] not null default '{}',
    add constraint every_class_has_a_name_or_none_has check (cardinality(class_names) in (0, class_count))`.execute(db)
}
