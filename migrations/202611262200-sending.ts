import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // what may be taken now, kind by kind: neither what is to come nor what was put off is read on the way to it
  await sql`create index messages_to_take on messages (kind, (case when state = 'sending' then claimed_until else greatest(due_at, next_try_at) end))
    where state in ('waiting', 'sending')`.execute(db)
  // whose name stands on a letter and a House's own texts are kept by processes, under the mark of all that changes by hand
  await sql`create trigger marks_its_sender after update of sender_address on houses for each statement execute function mark_the_roster()`.execute(
    db,
  )
  await sql`create trigger marks_the_roster after insert or update or delete or truncate on letter_texts for each statement execute function mark_the_roster()`.execute(
    db,
  )
}
