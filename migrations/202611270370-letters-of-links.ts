import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // a link that goes takes its letters along: without it each link had all letters read, 25 ms of 300 000
  await sql`create index messages_of_link on messages (sign_in_link_id) where sign_in_link_id is not null`.execute(db)
}
