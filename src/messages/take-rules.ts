import { type DateTime, type Minute, wallOf } from '../base/time.ts'
import { joining } from './bundle-rules.ts'
import { isEnough, keepsQuiet, type Standing, step } from './delivery-rules.ts'
import { isQuiet, quietEnds } from './reminder-rules.ts'
import { isMessageKind, type MessageKind } from './rules.ts'
import { optionalOf } from './unsubscribe-rules.ts'

/** A locked row and what the database knows of it, as far as it decides whether a letter goes. */
export type Asked = Omit<Standing, 'kind'> & {
  id: string
  kind: string
  channel: string
  recipient: string
  attempt: number
  bundle: string | null
  /** The act on several talks whose letters of one kind leave as one. */
  joins: string | null
  /** A later letter tells its reader. */
  outdone: boolean
  /** Kinds of letters that its reader has left. */
  left: string[]
  quiet: { from: Minute; until: Minute } | undefined
  zone: string
  /** Where its reader can be reached now; undefined when a person has no address any more. */
  current: string | undefined
  /** Letters that this address has had, or that are under way. */
  hour: number
  day: number
  /** How many rows of its letter still are to go. */
  bound: number
}
export type End =
  | { state: 'failed' | 'skipped' | 'superseded' | 'held'; reason: string }
  | { state: 'waiting'; reason: string; nextTryAt: DateTime }
/** Letters, each of one row or of several that go as one, and rows that end here. */
export type Sorted<Row> = { letters: [Row, ...Row[]][]; ends: { row: Row; end: End }[] }

/** The most that goes as one letter. */
export const mostInOne = 21

/**
 * What becomes of the rows that were picked, in their order: `found` are those that could be locked, with what may go along.
 * A reader gets one letter at a time, so that the next one is judged by what this one said.
 */
export function sortOut<Row extends Asked>(picked: string[], found: Row[], now: DateTime): Sorted<Row> {
  const rows = new Map(found.map(row => [row.id, row]))
  const sorted: Sorted<Row> = { letters: [], ends: [] }
  const done = new Set<string>()
  const readers = new Set<string>()
  const underWay = new Map<string, number>()
  for (const id of picked) {
    const row = rows.get(id)
    if (!row || done.has(id) || readers.has(row.recipient)) continue
    const more = underWay.get(row.current ?? '') ?? 0
    const judged = judge(row, now, more)
    if (judged === 'leave') continue
    done.add(id)
    if (judged !== 'go') {
      sorted.ends.push({ row, end: judged })
      continue
    }
    const along = companions(row, found, now)
    if (along === 'leave') continue
    for (const each of along.ends) done.add(each.row.id)
    sorted.ends.push(...along.ends)
    sorted.letters.push(inOrder(row, along.rows))
    readers.add(row.recipient)
    underWay.set(row.current ?? '', more + 1)
  }
  return sorted
}

/** The order of each copy, whichever row has called for it. */
function inOrder<Row extends Asked>(row: Row, others: Row[]): [Row, ...Row[]] {
  const [first = row, ...rest] = [row, ...others].sort(
    // two of one evening by the time of their talks
    (a, b) => until(a.dueAt) - until(b.dueAt) || until(a.notAfter) - until(b.notAfter) || (a.id < b.id ? -1 : 1),
  )
  return [first, ...rest]
}

function judge(row: Asked, now: DateTime, more: number): End | 'go' | 'leave' {
  const { kind } = row
  if (!isMessageKind(kind)) return { state: 'failed', reason: 'unknown' }
  const may = step({ ...row, kind }, now)
  if (may === 'leave') return 'leave'
  const end = pointless(row, kind, may)
  if (end) return end
  if (keepsQuiet(kind) && row.quiet && isQuiet(wallOf(now, row.zone).minute, row.quiet))
    return { state: 'waiting', reason: 'quiet', nextTryAt: quietEnds(now.setZone(row.zone), row.quiet) }
  if (isEnough(kind, { hour: row.hour + more, day: row.day + more })) return { state: 'held', reason: 'many' }
  return 'go'
}

function pointless(row: Asked, kind: MessageKind, may: 'go' | 'too-late'): End | undefined {
  if (may === 'too-late') return { state: 'skipped', reason: 'too-late' }
  if (row.outdone) return { state: 'superseded', reason: 'newer' }
  const its = optionalOf(kind)
  if (its && row.left.includes(its)) return { state: 'skipped', reason: 'left' }
  return row.current === undefined ? { state: 'superseded', reason: 'gone' } : undefined
}

/**
 * What goes along with this row: what was bound to it by an attempt that failed, and nothing else, so that each copy is the
 * same; with a row that was never tried whatever else waits for its reader. `leave` when somebody else has a part of it.
 */
function companions<Row extends Asked>(
  row: Row,
  found: Row[],
  now: DateTime,
): { rows: Row[]; ends: Sorted<Row>['ends'] } | 'leave' {
  const rows: Row[] = []
  const ends: Sorted<Row>['ends'] = []
  const bound = found.filter(other => row.bundle !== null && other.bundle === row.bundle)
  if (row.bundle !== null && bound.length < row.bound) return 'leave'
  const alone = row.channel !== 'mail' || !mayJoin(row) || (row.bundle === null && row.attempt > 0)
  const free = (other: Row) =>
    other.recipient === row.recipient &&
    other.channel === 'mail' &&
    together(row, other) &&
    other.bundle === null &&
    other.attempt === 0
  const others = row.bundle !== null ? bound : alone ? [] : found.filter(free)
  for (const other of others) {
    const { kind } = other
    if (other === row || rows.length === mostInOne - 1 || !isMessageKind(kind)) continue
    const may = step({ ...other, dueAt: other.dueAt < now ? other.dueAt : now, kind }, now)
    if (may === 'leave') {
      if (other.bundle !== null && other.state === 'sending') return 'leave'
      continue
    }
    const end = pointless(other, kind, may)
    if (end) ends.push({ row: other, end })
    else rows.push(other)
  }
  return { rows, ends }
}

const until = (time: DateTime | null): number => time?.toMillis() ?? 0
const mayJoin = ({ kind, joins }: Pick<Asked, 'kind' | 'joins'>): boolean =>
  joins !== null || joining.some(each => each === kind)
const together = (row: Asked, other: Asked): boolean =>
  row.joins === null ? other.joins === null && mayJoin(other) : other.joins === row.joins && other.kind === row.kind
