import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // names, help lines and what a House says of itself are kept by processes as the roster is, under the same mark
  for (const table of ['regions', 'support_lines'])
    await sql`create trigger marks_the_roster after insert or update or delete or truncate on ${sql.table(table)} for each statement execute function mark_the_roster()`.execute(
      db,
    )
  await sql`create trigger marks_its_words after insert or delete or truncate or update of slug, district, name_kk, name_ru, name_en,
    address_kk, address_ru, address_en, phone on houses for each statement execute function mark_the_roster()`.execute(
    db,
  )
  // the home page counts what was held since September
  await sql`create index talks_held on talks (house_id, held_on) include (host_id, heads_counted) where state = 'held'`.execute(
    db,
  )
}
