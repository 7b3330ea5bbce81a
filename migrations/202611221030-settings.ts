import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // what all processes on one database must agree on: the demonstration's clock, mail on hold after a restore
  await sql`create table settings (key text primary key, value text not null)`.execute(db)
}
