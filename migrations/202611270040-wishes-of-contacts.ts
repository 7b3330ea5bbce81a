import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // as of speakers: null means the House's own, 0 never
  await sql`alter table contacts
    add column reminder_days integer
      constraint a_contact_is_reminded_at_most_two_weeks_before check (reminder_days between 0 and 14),
    add column reminder_day_before_at time,
    add column reminder_hours integer
      constraint a_contact_is_reminded_at_most_twelve_hours_before check (reminder_hours between 0 and 12)`.execute(db)
}
