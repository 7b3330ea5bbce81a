import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'

/**
 * What things of the House are called: people and places by name, requests by number, closures and plans by their days. A number
 * names nothing here, it is a name already.
 */
export async function namesOf(db: Db, houseId: string, ids: string[]): Promise<Map<string, Said>> {
  const those = sql`any(${ids}::uuid[])`
  const here = sql`house_id = ${houseId}`
  const ours = sql`(house_id is null or house_id = ${houseId})`
  const { rows } = await sql<{ id: string } & Said>`
    select id, text as kk, text as ru, text as en from (
      select id, to_char(held_on, 'DD.MM.YYYY') as text from talks where ${here} and id = ${those}
      union all select id, number::text from requests where ${here} and id = ${those}
      union all select i.id, to_char(i.created_at at time zone zone, 'DD.MM.YYYY HH24:MI') from imports i join houses on houses.id = house_id where ${here} and i.id = ${those}
      union all select id, to_char(from_on, 'DD.MM.YYYY') || ' – ' || to_char(to_on, 'DD.MM.YYYY') from plans where ${here} and id = ${those}
      union all select c.id, c.name from contacts c join hosts on hosts.id = c.host_id where ${here} and c.id = ${those}) texts
    union all select id, name_kk, name_ru, name_en from speakers where ${here} and id = ${those}
    union all select id, name_kk, name_ru, name_en from hosts where ${here} and id = ${those}
    union all select id, title_kk, title_ru, title_en from topics where ${here} and id = ${those}
    union all select id, name_kk, name_ru, name_en from groups where ${here} and id = ${those}
    union all select id, name_kk, name_ru, name_en from support_lines where ${ours} and id = ${those}
    union all select id, name_kk, name_ru, name_en from bans where ${ours} and id = ${those}
    union all select id, name_kk, name_ru, name_en from reporting_bodies where ${here} and id = ${those}
    union all select id, trim(name_kk || ' ' || begun), trim(name_ru || ' ' || begun), trim(name_en || ' ' || begun)
      from closures cross join lateral to_char(from_on, 'DD.MM.YYYY') begun where ${here} and id = ${those}
    union all select id, name_kk, name_ru, name_en from houses where id = ${those}
    union all select id, name_kk, name_ru, name_en from accounts where id = ${those}
      and exists (select from roles where account_id = accounts.id and ${here})`.execute(db)
  return new Map(rows.map(({ id, ...said }) => [id, said]))
}
