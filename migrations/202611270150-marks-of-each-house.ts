import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // what one House says of a text is never overwritten by another
  await sql`alter table word_marks drop constraint a_text_has_one_mark_a_language,
    add constraint a_house_marks_a_text_once_a_language primary key (key, language, house_id)`.execute(db)
}
