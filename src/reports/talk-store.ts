import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { CancelReason, Mode, TalkState } from '../base/db/tables.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Day } from '../base/time.ts'
import type { Fate } from './fate-rules.ts'
import type { Period } from './period-rules.ts'
import type { Wish } from './rules.ts'
import { chosen } from './store.ts'

/** One talk as a list or a file has it, in the reader's language; no person is in it. */
export type TalkLine = {
  id: string
  day: Day
  from: string
  number: number | null
  host: string
  kind: string
  district: string
  topic: string
  audience: string
  format: string
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

const fates: Record<Fate, RawBuilder<unknown>> = {
  held: sql`r.state = 'held'`,
  'not-held': sql`r.state = 'not-held'`,
  cancelled: sql`r.state = 'cancelled'`,
  open: sql`r.state = 'booked'`,
  confirmed: sql`r.confirmed is not null`,
  answered: sql`r.answers > 0`,
  asked: sql`r.asked > 0`,
  programme: sql`r.state = 'held' and r.programme is not null`,
}
const of = (fate: Fate | undefined, reason: CancelReason | undefined) =>
  sql`${fate ? sql`and ${fates[fate]}` : sql``} ${reason ? sql`and r.cancel_reason = ${reason}::cancel_reason` : sql``}`

export type Asked = {
  period: Period
  wish: Wish
  fate: Fate | undefined
  reason: CancelReason | undefined
}

/** The talks behind a figure, by day; those after one of them, so that a long list is read piece by piece. */
export async function findTalks(
  db: Db,
  houseId: string,
  language: Language,
  { period, wish, fate, reason }: Asked,
  after: { day: Day; id: string } | undefined,
  count: number,
): Promise<TalkLine[]> {
  const name = (table: string, column = 'name') => sql.ref(`${table}.${column}_${language}`)
  const { rows } = await sql<TalkLine>`
    select r.talk_id as id, r.held_on as day, t.from_time as from, q.number, ${name('h')} as host, h.kind, ${name('d')} as district,
      ${name('o', 'title')} as topic, coalesce(${name('a')}, '') as audience, ${name('f')} as format, r.language, t.mode, r.state,
      r.cancel_reason as reason, t.heads_planned as planned, r.counted, r.confirmed, t.leaflets, r.programme is not null as programme,
      (select count(*) from talk_reporters b where b.talk_id = r.talk_id)::int as bodies
    from (select * from report_talks r where ${chosen(houseId, period, wish)} ${of(fate, reason)}
      ${after ? sql`and (r.held_on, r.talk_id) > (${after.day}::date, ${after.id}::uuid)` : sql``}
      order by r.held_on, r.talk_id limit ${count}) r
    join talks t on t.id = r.talk_id join hosts h on h.id = r.host_id join districts d on d.kato = h.district
    join topics o on o.id = r.topic_id join formats f on f.slug = o.format
    left join audiences a on a.slug = r.audience left join requests q on q.id = t.request_id
    order by r.held_on, r.talk_id`.execute(db)
  return rows
}

export type Counted = { talks: number; planned: number; counted: number; confirmed: number; answers: number }

/** What the list comes to: the same sums as the figure that led to it. */
export async function countTalks(db: Db, houseId: string, { period, wish, fate, reason }: Asked): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select count(*)::int as talks, coalesce(sum(r.planned), 0)::int as planned, coalesce(sum(r.counted), 0)::int as counted,
      coalesce(sum(r.confirmed), 0)::int as confirmed, coalesce(sum(r.answers), 0)::int as answers
    from report_talks r where ${chosen(houseId, period, wish)} ${of(fate, reason)}`.execute(db)
  return rows[0] ?? { talks: 0, planned: 0, counted: 0, confirmed: 0, answers: 0 }
}
