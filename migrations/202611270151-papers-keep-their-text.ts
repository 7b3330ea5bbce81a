import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // what was printed under a number stays as it was; `about_year` is the year that is thanked for, `year` the one of the number
  await sql`alter table papers
    add column paper jsonb, add column about_year integer,
    add column contact_id uuid references contacts on delete set null, add column attention text,
    drop constraint a_talk_has_one_letter,
    drop constraint a_speaker_is_thanked_once_a_year,
    drop constraint a_host_is_thanked_once_a_year`.execute(db)
  await sql`update papers set about_year = year where kind = 'thanks'`.execute(db)
  await sql`alter table papers add constraint thanks_are_for_a_year check ((kind = 'thanks') = (about_year is not null))`.execute(
    db,
  )
  for (const column of ['talk_id', 'speaker_id', 'host_id', 'contact_id'])
    await sql`create index ${sql.ref(`papers_by_${column}`)} on papers (${sql.ref(column)}) where (${sql.ref(column)} is not null)`.execute(
      db,
    )
}
