import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import { type Day, plusDays } from '../base/time.ts'

type Known<Read> = { floor: bigint; day: Read }
type Kept<Names, Read> = { names: Names; days: Map<Day, Known<Read>>; ready: Promise<unknown> }
/** What is read of days: so many at once, into numbers that `names` stand for, with as many talks as `countOf` says. */
type Reading<Names, Read> = {
  begin: () => Names
  read: (db: Db, houseId: string, days: Day[], names: Names) => Promise<Map<Day, Read>>
  countOf: (day: Read) => number
}

// some 20 MB of talks; a city's year is 1 MB
const mostTalks = 300_000
// days are read together as long as what is read of them fits into the young generation, where it costs nothing to forget
const [mostDays, mostAtOnce] = [7, 500]

/**
 * Keeps what was read of a House's days. A process reads a day anew once a transaction marked it that was open then, or
 * began later (decision 030). Whoever asks waits for those before.
 */
export function keptByDay<Names, Read>(reading: Reading<Names, Read>) {
  const kept = new WeakMap<object, Map<string, Kept<Names, Read>>>()

  function keptOf(db: Db, houseId: string): Kept<Names, Read> {
    const { adapter } = db.getExecutor()
    const houses = kept.get(adapter) ?? new Map<string, Kept<Names, Read>>()
    kept.set(adapter, houses)
    const all = [...houses.values()].flatMap(({ days }) => [...days.values()])
    if (all.reduce((sum, { day }) => sum + reading.countOf(day), 0) > mostTalks) houses.clear()
    const its = houses.get(houseId) ?? { names: reading.begin(), days: new Map(), ready: Promise.resolve() }
    houses.set(houseId, its)
    return its
  }

  async function readDays(db: Db, houseId: string, its: Kept<Names, Read>, from: Day, to: Day): Promise<[Day, Read][]> {
    const marks = await findMarks(db, houseId, from, to)
    const old = marks.filter(({ held_on, last }) => {
      const known = its.days.get(held_on)
      return !known || BigInt(last ?? 0) >= known.floor
    })
    for (let [n, atOnce] = [0, 1]; n < old.length; ) {
      const some = old.slice(n, n + atOnce)
      const dates = some.map(({ held_on }) => held_on)
      const days = await reading.read(db, houseId, dates, its.names)
      let talks = 0
      for (const { held_on, floor } of some) {
        const day = days.get(held_on) as Read
        talks += reading.countOf(day)
        its.days.set(held_on, { floor: BigInt(floor), day })
      }
      n += some.length
      atOnce = Math.max(1, Math.min(mostDays, Math.floor((some.length * mostAtOnce) / Math.max(1, talks))))
    }
    return marks.map(({ held_on }) => [held_on, (its.days.get(held_on) as Known<Read>).day])
  }

  return async (db: Db, houseId: string, from: Day, to: Day): Promise<[Names, [Day, Read][]]> => {
    const its = keptOf(db, houseId)
    const days = its.ready.then(() => readDays(db, houseId, its, from, to))
    its.ready = days.catch(() => {})
    return [its.names, await days]
  }
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
