import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // the coordinators' morning, and Sunday's overview of a speaker, who may have an hour of their own
  await sql`alter table houses
    add column digest_day_at time not null default '07:30',
    add column digest_week_at time not null default '18:00',
    add constraint a_morning_overview_comes_in_the_morning check (digest_day_at between '05:00' and '11:00'),
    add constraint a_sunday_overview_comes_by_day check (digest_week_at between '07:00' and '21:00')`.execute(db)
  await sql`alter table speakers
    add column digest_week_at time,
    add constraint an_own_sunday_overview_comes_by_day check (digest_week_at between '07:00' and '21:00')`.execute(db)
}
