import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Period } from './period-rules.ts'
import type { Cut, Part, Wish } from './rules.ts'
import { again, chosen, type PartRow, partOf, sums } from './store.ts'

/**
 * What members and groups took part in. A talk of two members counts for each of them, and once for each of their groups;
 * talks are first added up by team, of which there are few.
 */
export async function findTeams(
  db: Db,
  houseId: string,
  period: Period,
  wish: Wish,
): Promise<{ cut: 'speaker' | 'group'; key: string; part: Part }[]> {
  const { rows } = await sql<PartRow & { cut: 'speaker' | 'group'; key: string }>`
    with teams as materialized (
      select r.speakers, r.state, r.cancel_reason, ${sums} from report_talks r
      where r.speakers <> '{}' and ${chosen(houseId, period, wish)}
      group by r.speakers, r.state, r.cancel_reason)
    select 'speaker' as cut, s.id as key, state, cancel_reason, ${again}
    from teams cross join unnest(teams.speakers) as s (id) group by s.id, state, cancel_reason
    union all
    select 'group', m.group_id, state, cancel_reason, ${again}
    from teams cross join lateral (select distinct group_id from group_members where speaker_id = any(teams.speakers)) m
    group by m.group_id, state, cancel_reason`.execute(db)
  return rows.map(({ cut, key, ...row }) => ({ cut, key, part: partOf(row) }))
}

/** Lines by host, or by body that reports the talk as well. */
export async function findLinesBy(
  db: Db,
  houseId: string,
  period: Period,
  wish: Wish,
  by: Extract<Cut, 'host' | 'body'>,
): Promise<{ key: string; part: Part }[]> {
  const key = by === 'host' ? sql`r.host_id` : sql`b.body_id`
  const joined = by === 'host' ? sql`` : sql`join talk_reporters b on b.talk_id = r.talk_id`
  const { rows } = await sql<PartRow & { key: string }>`
    select ${key} as key, r.state, r.cancel_reason, ${sums} from report_talks r ${joined}
    where ${chosen(houseId, period, wish)} group by 1, r.state, r.cancel_reason`.execute(db)
  return rows.map(({ key: found, ...row }) => ({ key: found, part: partOf(row) }))
}
