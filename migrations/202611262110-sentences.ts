import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // what a coordinator adds to the letters of one change, by hand
  await sql`alter table messages
    add column note text,
    add constraint a_note_is_one_sentence check (char_length(note) between 1 and 300),
    add constraint no_note_goes_to_an_unconfirmed_address check (note is null or kind <> 'address-confirmation')`.execute(
    db,
  )
}
