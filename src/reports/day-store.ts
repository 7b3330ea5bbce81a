import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { CancelReason, TalkState } from '../base/db/tables.ts'
import { type Day, plusDays } from '../base/time.ts'
import { at, type DayTalks, fateOf, measures, Numbered, width } from './day-rules.ts'
import type { Names } from './wish-rules.ts'

type Known = { floor: bigint; day: DayTalks }
type Kept = { names: Names; days: Map<Day, Known>; ready: Promise<unknown> }

// 92 bytes a talk with two speakers: some 30 MB at most; a city's year is 1 MB
const mostTalks = 300_000
const daysAtOnce = 7
const kept = new WeakMap<object, Map<string, Kept>>()

/**
 * The talks of a House on the days from `from` to `to`, as rows of numbers. A process keeps what it has read and reads a day
 * anew once a transaction marked it that was open then, or began later (decision 030). Whoever asks waits for those before.
 */
export async function findDays(db: Db, houseId: string, from: Day, to: Day): Promise<[Names, [Day, DayTalks][]]> {
  const its = keptOf(db, houseId)
  const reading = its.ready.then(() => readDays(db, houseId, its, from, to))
  its.ready = reading.catch(() => {})
  return [its.names, await reading]
}

function keptOf(db: Db, houseId: string): Kept {
  const { adapter } = db.getExecutor()
  const houses = kept.get(adapter) ?? new Map<string, Kept>()
  kept.set(adapter, houses)
  const talks = [...houses.values()].flatMap(({ days }) => [...days.values()])
  if (talks.reduce((sum, { day }) => sum + day.count, 0) > mostTalks) houses.clear()
  const its = houses.get(houseId) ?? { names: noNames(), days: new Map(), ready: Promise.resolve() }
  houses.set(houseId, its)
  return its
}

function noNames(): Names {
  const made = {
    host: new Numbered(),
    topic: new Numbered(),
    audience: new Numbered(),
    language: new Numbered(),
    programme: new Numbered(),
    speaker: new Numbered(),
    body: new Numbered(),
  }
  // number 0 is no programme
  made.programme.numberOf('')
  return made
}

async function readDays(db: Db, houseId: string, its: Kept, from: Day, to: Day): Promise<[Day, DayTalks][]> {
  const marks = await findMarks(db, houseId, from, to)
  const old = marks.filter(({ held_on, last }) => {
    const known = its.days.get(held_on)
    return !known || BigInt(last ?? 0) >= known.floor
  })
  for (let n = 0; n < old.length; n += daysAtOnce) {
    const some = old.slice(n, n + daysAtOnce)
    const rows = await findRows(
      db,
      houseId,
      some.map(({ held_on }) => held_on),
    )
    for (const { held_on, floor } of some)
      its.days.set(held_on, { floor: BigInt(floor), day: packed(its.names, rows.get(held_on) ?? []) })
  }
  return marks.map(({ held_on }) => [held_on, (its.days.get(held_on) as Known).day])
}

/** The days that have talks, each with the last transaction that marked it; found by one step in the index a day. */
async function findMarks(db: Db, houseId: string, from: Day, to: Day) {
  const next = (after: ReturnType<typeof sql>) =>
    sql`(select r.held_on from report_talks r where r.house_id = ${houseId} and r.held_on > ${after} and r.held_on <= ${to}::date
      order by r.held_on limit 1)`
  const { rows } = await sql<{ held_on: Day; last: string | null; floor: string }>`
    with recursive days (held_on) as (
      select ${next(sql`${plusDays(from, -1)}::date`)}
      union all
      select ${next(sql`d.held_on`)} from days d where d.held_on is not null)
    select d.held_on, pg_snapshot_xmin(pg_current_snapshot())::text as floor,
      (select m.written::text from report_marks m where m.house_id = ${houseId} and m.held_on = d.held_on order by m.written desc limit 1) as last
    from days d where d.held_on is not null`.execute(db)
  return rows
}

type Row = {
  held_on: Day
  host_id: string
  topic_id: string
  audience: string
  language: string
  state: TalkState
  cancel_reason: CancelReason | null
  programme: string | null
  planned: number | null
  counted: number | null
  confirmed: number | null
  answers: number
  clear: number
  useful: number
  respectful: number
  again: number
  asked: number
  in_time: number
  late: number
  speakers: string
  bodies: string | null
}

async function findRows(db: Db, houseId: string, days: Day[]): Promise<Map<Day, Row[]>> {
  const { rows } = await sql<Row>`
    select r.held_on, r.host_id, r.topic_id, r.audience, r.language, r.state, r.cancel_reason, r.programme, r.planned, r.counted, r.confirmed,
      r.answers, r.clear, r.useful, r.respectful, r.again, r.asked, r.in_time, r.late,
      array_to_string(r.speakers, ',') as speakers, b.bodies
    from report_talks r left join (
      select b.talk_id, string_agg(b.body_id::text, ',') as bodies from reporting_bodies x join talk_reporters b on b.body_id = x.id
      where x.house_id = ${houseId} group by b.talk_id) b on b.talk_id = r.talk_id
    where r.house_id = ${houseId} and r.held_on = any(${days}::date[])`.execute(db)
  return Map.groupBy(rows, ({ held_on }) => held_on)
}

const listed = (text: string | null): string[] => (text ? text.split(',') : [])

function packed(names: Names, talks: Row[]): DayTalks {
  const rows = new Int32Array(talks.length * width)
  const speakersFrom = new Int32Array(talks.length + 1)
  const speakers: number[] = []
  const bodies = new Map<number, number[]>()
  for (const [talk, row] of talks.entries()) {
    const from = talk * width
    rows[from + at.host] = names.host.numberOf(row.host_id)
    rows[from + at.topic] = names.topic.numberOf(row.topic_id)
    rows[from + at.audience] = names.audience.numberOf(row.audience)
    rows[from + at.language] = names.language.numberOf(row.language)
    rows[from + at.programme] = names.programme.numberOf(row.programme ?? '')
    rows[from + at.fate] = fateOf(row.state, row.cancel_reason)
    const measured: Record<(typeof measures)[number], number> = {
      planned: row.planned ?? 0,
      counted: row.counted ?? 0,
      confirmed: row.confirmed ?? 0,
      confirmedTalks: row.confirmed === null ? 0 : 1,
      countedThere: row.confirmed === null ? 0 : (row.counted ?? 0),
      kazakh: row.state === 'held' && row.language === 'kk' ? 1 : 0,
      answers: row.answers,
      clear: row.clear,
      useful: row.useful,
      respectful: row.respectful,
      again: row.again,
      asked: row.asked,
      inTime: row.in_time,
      late: row.late,
    }
    for (const [n, name] of measures.entries()) rows[from + width - measures.length + n] = measured[name]
    for (const speaker of listed(row.speakers)) speakers.push(names.speaker.numberOf(speaker))
    speakersFrom[talk + 1] = speakers.length
    const others = listed(row.bodies)
    if (others.length > 0)
      bodies.set(
        talk,
        others.map(body => names.body.numberOf(body)),
      )
  }
  return { count: talks.length, rows, speakersFrom, speakers: Int32Array.from(speakers), bodies }
}
