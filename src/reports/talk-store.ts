import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { CancelReason, Mode, TalkState } from '../base/db/tables.ts'
import type { Day } from '../base/time.ts'
import { at, width } from './day-rules.ts'
import { findDays } from './day-store.ts'
import type { Period } from './period-rules.ts'
import { findPlaces } from './place-store.ts'
import { type Chosen, idOf } from './wish-rules.ts'

/** One talk as a list or a file has it; no person is in it. What has a name in three languages stands by its key. */
export type TalkLine = {
  id: string
  day: Day
  from: string
  number: number | null
  host: string
  topic: string
  audience: string
  language: string
  mode: Mode
  state: TalkState
  reason: CancelReason | null
  planned: number
  counted: number | null
  confirmed: number | null
  leaflets: number | null
  programme: boolean
  bodies: number
}

/** All talks of a period as a process keeps them, and what they can be told apart by. */
export async function findKept(db: Db, houseId: string, { from, to }: Period) {
  const [names, days] = await findDays(db, houseId, from, to)
  return { names, days, places: await findPlaces(db, houseId) }
}
export type Kept = Awaited<ReturnType<typeof findKept>>

/**
 * These talks with what is not kept of them. Each is looked up by its key, whatever the planner thinks of so many: it read
 * all talks for each batch, 90 ms of 200,000. They come as one text and are made one after the other, since rows of 19
 * values, and lines that wait for their batch, outlive the young generation.
 */
export async function findTalks(
  db: Db,
  houseId: string,
  { names }: Kept,
  chosen: Chosen[],
): Promise<IteratorObject<TalkLine>> {
  const ids = chosen.map(({ day, talk }) => idOf(day, talk))
  const { rows } = await sql<{ lines: string | null }>`
    select string_agg(concat(c.place, ' ', t.held_on, ' ', to_char(t.from_time, 'HH24:MI'), ' ', q.number, ' ', t.mode, ' ', t.state, ' ',
      t.cancel_reason, ' ', t.heads_planned, ' ', t.heads_counted, ' ', t.heads_confirmed, ' ', t.leaflets), '|' order by c.place) as lines
    from string_to_table(${ids.join(' ')}, ' ') with ordinality c (id, place)
    cross join lateral (select * from talks t where t.id = c.id::uuid and t.house_id = ${houseId} limit 1) t
    left join lateral (select q.number from requests q where q.id = t.request_id limit 1) q on true`.execute(db)
  return (rows[0]?.lines?.split('|') ?? []).values().map(line => {
    const [place, held = '', from = '', number, mode, state, reason, planned, counted, confirmed, leaflets] =
      line.split(' ')
    const { day, talk } = chosen[Number(place) - 1] as Chosen
    const row = talk * width
    const named = (fact: 'host' | 'topic' | 'audience' | 'language') =>
      names[fact].texts[day.rows[row + at[fact]] as number] ?? ''
    const heads = (text: string | undefined) => (state === 'held' ? orNull(text) : null)
    return {
      id: ids[Number(place) - 1] ?? '',
      day: held,
      from,
      number: orNull(number),
      host: named('host'),
      topic: named('topic'),
      audience: named('audience'),
      language: named('language'),
      mode: mode as Mode,
      state: state as TalkState,
      reason: (reason || null) as CancelReason | null,
      planned: Number(planned),
      counted: heads(counted),
      confirmed: heads(confirmed),
      leaflets: orNull(leaflets),
      programme: day.rows[row + at.programme] !== 0,
      bodies: day.bodies.get(talk)?.length ?? 0,
    }
  })
}

const orNull = (text = ''): number | null => (text === '' ? null : Number(text))
