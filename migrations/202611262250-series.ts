import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create type series_kind as enum ('day', 'weekly', 'programme')`.execute(db)
  // how many dates there are is how many requests it has
  await sql`alter table series
    drop column weeks,
    add column kind series_kind not null,
    add column name text not null,
    add column every_weeks integer,
    add column created_by uuid references accounts,
    add constraint a_series_has_a_short_name check (char_length(name) between 1 and 120),
    add constraint only_dates_of_several_weeks_have_a_rhythm check ((kind = 'day') = (every_weeks is null)),
    add constraint a_rhythm_is_every_week_or_every_second check (every_weeks in (1, 2)),
    add constraint a_series_is_of_one_house unique (id, house_id)`.execute(db)
  // each date is a request with a number of its own; its place says in which order they come
  await sql`alter table requests
    drop constraint requests_series_id_fkey,
    add column series_position integer,
    add column class_name text not null default '',
    add constraint a_date_stays_in_the_house_of_its_series foreign key (series_id, house_id) references series (id, house_id),
    add constraint a_date_of_a_series_has_a_place check ((series_id is null) = (series_position is null)),
    add constraint a_series_has_at_most_twenty_dates check (series_position between 1 and 20),
    add constraint a_place_of_a_series_is_given_once unique (series_id, series_position),
    add constraint a_class_has_a_short_name check (char_length(class_name) <= 20)`.execute(db)
  // letters of one act that may leave as one: the same text in each of them
  await sql`alter table messages add column joins text`.execute(db)
}
