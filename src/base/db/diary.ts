import { sql } from 'kysely'
import { answerStore, revisionOf } from './kept.ts'
import type { Db } from './open.ts'

/** The last transaction that wrote into the House's requests and talks, and the oldest that was still open. */
type Mark = { floor: bigint; last: bigint }
type Known = { floor: bigint; revision: string; found: Promise<unknown> }

const most = 200
const houses = new WeakMap<object, Map<string, Map<string, Known>>>()

/**
 * Reads anew only after the House's requests, talks or what is changed by hand have changed, and keeps the answer for all who
 * ask the same; nobody may change what they get. A transaction always reads for itself. What was read stands while no
 * transaction that was open then, or began later, has left its mark (decision 012).
 */
export function keptWithDiary<Asked extends (string | number | undefined)[], Found>(
  name: string,
  read: (db: Db, houseId: string, ...asked: Asked) => Promise<Found>,
): (db: Db, houseId: string, ...asked: Asked) => Promise<Found> {
  return async (db, houseId, ...asked) => {
    if (db.isTransaction) return read(db, houseId, ...asked)
    const [mark, revision] = await Promise.all([markOf(db, houseId), revisionOf(db)])
    const all = diaryOf(db, houseId)
    const key = `${name} ${JSON.stringify(asked)}`
    const known = all.get(key)
    if (known && known.revision === revision && mark.last < known.floor) return known.found as Promise<Found>
    if (all.size >= most) all.clear()
    const found = read(db, houseId, ...asked)
    all.set(key, { floor: mark.floor, revision, found })
    found.catch(() => all.delete(key))
    return found
  }
}

function diaryOf(db: Db, houseId: string): Map<string, Known> {
  // one object for a database however often it is asked
  const { adapter } = db.getExecutor()
  const its = houses.get(adapter) ?? new Map<string, Map<string, Known>>()
  houses.set(adapter, its)
  const diary = its.get(houseId) ?? new Map<string, Known>()
  its.set(houseId, diary)
  return diary
}

/** One reading serves a whole answer. */
function markOf(db: Db, houseId: string): Promise<Mark> {
  const asked = answerStore()
  if (!asked) return readMark(db, houseId)
  asked.marks ??= new Map()
  const known = asked.marks.get(houseId) ?? readMark(db, houseId)
  asked.marks.set(houseId, known)
  return known
}

async function readMark(db: Db, houseId: string): Promise<Mark> {
  const {
    rows: [row],
  } = await sql<{ floor: string; last: string | null }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as floor,
      (select m.written::text from diary_marks m where m.house_id = ${houseId} order by m.written desc limit 1) as last`.execute(
    db,
  )
  return { floor: BigInt(row?.floor ?? 0), last: BigInt(row?.last ?? 0) }
}

/** Only the newest mark of a House says anything; one from another server's count (a restored copy) says nothing. */
export async function forgetOldMarks(db: Db): Promise<void> {
  await sql`delete from diary_marks m where written >= pg_snapshot_xmax(pg_current_snapshot())
    or exists (select from diary_marks n where n.house_id = m.house_id and n.written > m.written
      and n.written < pg_snapshot_xmin(pg_current_snapshot()))`.execute(db)
  await sql`delete from report_marks m where written >= pg_snapshot_xmax(pg_current_snapshot())
    or exists (select from report_marks n where (n.house_id, n.held_on) = (m.house_id, m.held_on) and n.written > m.written
      and n.written < pg_snapshot_xmin(pg_current_snapshot()))`.execute(db)
}
