import { type RawBuilder, sql } from 'kysely'
import type { Period } from './period-rules.ts'
import { type Cut, unsaid, type Wish } from './rules.ts'

/** The talks of a House that a list behind a figure has, as `r`: the same that `wished` of wish-rules.ts counts for the figure. */
export function chosen(houseId: string, { from, to }: Period, wish: Wish): RawBuilder<unknown> {
  return sql`r.house_id = ${houseId} and r.held_on between ${from}::date and ${to}::date ${sql.join(
    Object.entries(wish).map(([cut, value]) => sql`and ${held[cut as Cut](houseId, value)}`),
    sql` `,
  )}`
}

const held: Record<Cut, (houseId: string, value: string) => RawBuilder<unknown>> = {
  district: (house, value) =>
    sql`r.host_id in (select id from hosts where house_id = ${house} and district = ${value})`,
  topic: (_, value) => sql`r.topic_id = ${value}::uuid`,
  format: (house, value) => sql`r.topic_id in (select id from topics where house_id = ${house} and format = ${value})`,
  audience: (_, value) => sql`r.audience = ${value === unsaid ? '' : value}`,
  language: (_, value) => sql`r.language = ${value === unsaid ? '' : value}`,
  host: (_, value) => sql`r.host_id = ${value}::uuid`,
  group: (_, value) => sql`r.speakers && array(select speaker_id from group_members where group_id = ${value}::uuid)`,
  speaker: (_, value) => sql`r.speakers @> array[${value}::uuid]`,
  body: (_, value) =>
    sql`exists (select from talk_reporters b where b.talk_id = r.talk_id and b.body_id = ${value}::uuid)`,
}
