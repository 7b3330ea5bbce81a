import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Day } from '../base/time.ts'
import type { Period } from './period-rules.ts'
import type { Cut, Part, Wish } from './rules.ts'

/** The talks of a House that a report speaks of, as `r`: page, file, print and list all count these rows. */
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

/** In addresses, for what nobody said: an empty value would mean all. */
export const unsaid = '-'

export const sums = sql`count(*)::int as talks, count(*) filter (where r.language = 'kk')::int as kazakh,
  coalesce(sum(r.planned), 0)::int as planned, coalesce(sum(r.counted), 0)::int as counted,
  coalesce(sum(r.confirmed), 0)::int as confirmed, count(r.confirmed)::int as confirmed_talks,
  coalesce(sum(r.counted) filter (where r.confirmed is not null), 0)::int as counted_there,
  sum(r.answers)::int as answers, sum(r.clear)::int as clear, sum(r.useful)::int as useful,
  sum(r.respectful)::int as respectful, sum(r.again)::int as again,
  sum(r.asked)::int as asked, sum(r.in_time)::int as in_time, sum(r.late)::int as late`

/** The same once more, of what was added up before. */
export const again = sql`sum(talks)::int as talks, sum(kazakh)::int as kazakh, sum(planned)::int as planned,
  sum(counted)::int as counted, sum(confirmed)::int as confirmed, sum(confirmed_talks)::int as confirmed_talks,
  sum(counted_there)::int as counted_there, sum(answers)::int as answers, sum(clear)::int as clear,
  sum(useful)::int as useful, sum(respectful)::int as respectful, sum(again)::int as again,
  sum(asked)::int as asked, sum(in_time)::int as in_time, sum(late)::int as late`

export type PartRow = Omit<Part, 'reason' | 'confirmedTalks' | 'countedThere' | 'inTime'> & {
  cancel_reason: Part['reason']
  confirmed_talks: number
  counted_there: number
  in_time: number
}
export const partOf = ({ cancel_reason, confirmed_talks, counted_there, in_time, ...row }: PartRow): Part => ({
  ...row,
  reason: cancel_reason,
  confirmedTalks: confirmed_talks,
  countedThere: counted_there,
  inTime: in_time,
})

/** One cut's line; of `days` the cut is the day. */
export type Cell = { cut: Cut | 'days' | 'all'; key: string; part: Part }

/**
 * Everything that a talk has one of, added up in one scan: first by what occurs together, a few thousand rows at most, then
 * by each of it.
 */
export async function findCells(db: Db, houseId: string, period: Period, wish: Wish): Promise<Cell[]> {
  const { rows } = await sql<
    PartRow & {
      place: number
      district: string | null
      topic: string | null
      audience: string | null
      language: string | null
      format: string | null
      day: Day | null
    }
  >`
    with found as materialized (
      select r.topic_id, h.district, r.audience, r.language, r.held_on, r.state, r.cancel_reason, ${sums}
      from report_talks r join hosts h on h.id = r.host_id where ${chosen(houseId, period, wish)}
      group by grouping sets ((r.topic_id, h.district, r.audience, r.language, r.state, r.cancel_reason), (r.held_on, r.state)))
    select case grouping(district, topic_id, audience, language, format)
        when 15 then 0 when 23 then 1 when 27 then 2 when 29 then 3 when 30 then 4 else 5 end as place,
      district, topic_id as topic, audience, language, format, null::date as day, state, cancel_reason, ${again}
    from (select f.*, t.format from found f left join topics t on t.id = f.topic_id) f
    where f.held_on is null
    group by grouping sets ((district, state, cancel_reason), (topic_id, state, cancel_reason), (audience, state, cancel_reason),
      (language, state, cancel_reason), (format, state, cancel_reason), (state, cancel_reason))
    union all
    select 6, null, null, null, null, null, held_on, state, null, ${again} from found where held_on is not null
    group by held_on, state`.execute(db)
  const places = ['district', 'topic', 'audience', 'language', 'format', 'all', 'days'] as const
  return rows.map(({ place, district, topic, audience, language, format, day, ...row }) => {
    const cut = places[place] ?? 'all'
    const key = district ?? topic ?? (audience === '' ? unsaid : audience) ?? (language === '' ? unsaid : language)
    return { cut, key: key ?? format ?? day ?? '', part: partOf(row) }
  })
}

/** A programme is planned and reported as one: talks of programmes that were held, and how many programmes they are. */
export async function findProgrammes(db: Db, houseId: string, period: Period, wish: Wish) {
  const { rows } = await sql<{ talks: number; programmes: number }>`
    select count(*)::int as talks, count(distinct r.programme)::int as programmes from report_talks r
    where r.programme is not null and r.state = 'held' and ${chosen(houseId, period, wish)}`.execute(db)
  return rows[0] ?? { talks: 0, programmes: 0 }
}

/** What the period before comes to, for comparison. */
export async function findTotal(db: Db, houseId: string, period: Period, wish: Wish): Promise<Part[]> {
  const { rows } = await sql<PartRow>`
    select r.state, r.cancel_reason, ${sums} from report_talks r where ${chosen(houseId, period, wish)}
    group by r.state, r.cancel_reason`.execute(db)
  return rows.map(partOf)
}

/** Places that a host of theirs was visited at least once, and all that could be. */
export async function findReached(db: Db, houseId: string, period: Period, wish: Wish) {
  const { rows } = await sql<{ visited: number; hosts: number }>`
    select count(*)::int as hosts,
      count(*) filter (where exists (select from report_talks r
        where r.host_id = h.id and r.state = 'held' and ${chosen(houseId, period, wish)}))::int as visited
    from hosts h where h.house_id = ${houseId} and h.merged_into is null`.execute(db)
  return rows[0] ?? { visited: 0, hosts: 0 }
}
