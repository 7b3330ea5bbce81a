import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table school_years add column source text not null default ''`.execute(db)
  // which break of its year a ban is, so that the form of the year finds it again
  await sql`alter table bans add column part text
    constraint a_break_has_its_part check (part in ('autumn', 'winter', 'grade1', 'spring', 'summer'))`.execute(db)
  await sql`update bans set part = found.part from (
    select distinct on (school_year, part) id, part from (
      select id, school_year, case when grades = '{1}' then 'grade1'
        when extract(month from from_on) between 5 and 8 then 'summer' when extract(month from from_on) between 9 and 11 then 'autumn'
        when extract(month from from_on) in (1, 12) then 'winter' else 'spring' end as part
      from bans where kind = 'break' and house_id is null and school_year is not null) parts
    order by school_year, part, id) found where found.id = bans.id`.execute(db)
  await sql`create unique index a_school_year_has_each_break_once on bans (school_year, part) where (part is not null)`.execute(
    db,
  )
  await sql`alter table bans drop constraint bans_school_year_fkey,
    add constraint bans_school_year_fkey foreign key (school_year) references school_years on delete cascade`.execute(
    db,
  )
}
