import { sql } from 'kysely'
import type { Db } from '../../../base/db/open.ts'
import { type Crew, limits } from './crew.ts'
import type { Operation } from './load.ts'
import type { Copy, MailServer } from './mail-server.ts'

export type Outage = { from: number; to: number }
export type Verdict = {
  operations: Record<Operation['ended'], number>
  /** Acknowledged and not there, or there more often than anybody asked. */
  lost: string[]
  ledger: Record<string, number>
  /** Changes without a letter to the contact, letters called sent that never arrived, letters that nobody ended. */
  missing: string[]
  remindedAfterCancellation: string[]
  letters: number
  extra: Record<string, number>
  unexplained: string[]
  /** Letters whose second copy told a newer truth: something their reader has to do with had changed meanwhile. */
  renewed: number
  unequal: string[]
}

/** How long a worker may take from the server's answer to the note, on a machine that others use, too. */
const noting = 2000

/** How long this process may be kept from reading what a worker has sent. */
const starved = 10_000

/** How old a letter in hand may be before it is made anew. */
const waiting = 3000

/** Counts from outside: the mail server's own log against the ledger and the talks. */
export async function judge(
  db: Db,
  operations: Operation[],
  server: Pick<MailServer, 'copies' | 'refused'>,
  crew: Pick<Crew, 'kills' | 'doubts' | 'takenOver'>,
  outages: Outage[],
): Promise<Verdict> {
  const copies = Map.groupBy(server.copies, it => it.messageId.split('@')[0] ?? '')
  const rows = await db
    .selectFrom('messages')
    .leftJoin('talks', 'talks.id', 'messages.talk_id')
    .select([
      'messages.id',
      'messages.kind',
      'messages.state',
      'reason',
      'address',
      'recipient',
      'bundle',
      'talk_id',
      'talks.state as talk',
    ])
    .execute()
  const ledger: Record<string, number> = {}
  const missing: string[] = []
  for (const { id, kind, state, reason, address, bundle } of rows) {
    const name = reason ? `${state}, ${reason}` : state
    ledger[name] = (ledger[name] ?? 0) + 1
    // what went along stands in the letter of its bundle
    const there = copies.has(bundle ?? id)
    if (state === 'sent' ? !there : state === 'waiting' || state === 'sending' || !reason)
      missing.push(`${kind} ${id} is ${name} and ${there ? '' : 'not '}at the server`)
    if (reason === 'refused' && !server.refused.has(address)) missing.push(`${kind} ${id} is refused by nobody`)
  }
  const { rows: untold } = await sql<{ kind: string; talk: string }>`
    select c.kind, c.talk_id as talk from changes c
    join talks t on t.id = c.talk_id join requests r on r.id = t.request_id join contacts k on k.id = r.contact_id
    where c.kind in ('booked', 'moved', 'cancelled') and k.email like 'contact%@mektep.example' and not exists (
      select from messages m where m.talk_id = c.talk_id and m.created_at = c.at and m.recipient = 'contact:' || k.id)`.execute(
    db,
  )
  missing.push(...untold.map(it => `${it.kind} of ${it.talk} is told to nobody`))

  const extra: Record<string, number> = {}
  const [unexplained, unequal] = [[] as string[], [] as string[]]
  let renewed = 0
  const readers = new Map(rows.map(it => [it.id, it.recipient]))
  const talks = Map.groupBy(rows, it => it.recipient)
  /** Bodies are written from what is true when they leave: a digest from all talks of its House, a letter from those of its reader. */
  const changedBetween = (id: string, all: Copy[]) => {
    const its = talks.get(readers.get(id) ?? '') ?? []
    const about = all[0]?.kind.startsWith('digest-') ? undefined : new Set(its.map(it => it.talk_id))
    // what was true when a letter was written, which is a while before it leaves; the coordinator hears of a change after it
    const from = Math.min(...all.map(it => it.begun)) - waiting - starved
    const to = Math.max(...all.map(it => it.begun)) + starved
    return operations.some(
      it => it.ended !== 'rejected' && it.at >= from && it.at <= to && (!about || about.has(it.talk ?? '')),
    )
  }
  for (const [id, all] of copies) {
    // a letter of several loses what became pointless between two copies
    const shrunk = rows.some(it => it.bundle === id && it.state !== 'sent')
    if (!shrunk && new Set(all.map(it => it.digest)).size > 1) {
      if (changedBetween(id, all)) renewed++
      else unequal.push(`${all[0]?.kind} ${id}`)
    }
    const lost = all.find(it => crew.takenOver.some(its => its.by === it.by && its.id === id))
    for (const earlier of all.slice(0, -1)) {
      const why = whyAgain(earlier, crew, outages) ?? (lost && 'the claim ran out while its sender was at work')
      if (why) extra[why] = (extra[why] ?? 0) + 1
      else unexplained.push(`${earlier.kind} ${id}: ${all.map(story).join(', ')}${awayIn(all, outages)}`)
    }
  }
  return {
    operations: { ok: 0, rejected: 0, unknown: 0, ...countBy(operations.map(it => it.ended)) },
    lost: await lostOf(db, operations),
    ledger,
    missing,
    remindedAfterCancellation: afterCancellation(rows, operations, copies),
    letters: copies.size,
    extra,
    unexplained,
    renewed,
    unequal,
  }
}

const seconds = (at: number): string => (at / 1000).toFixed(1)
const story = ({ by, mode, reached, answered }: Copy): string =>
  `${by} ${mode} ${seconds(reached)}${answered === undefined ? ' unanswered' : ''}`
const awayIn = (all: Copy[], outages: Outage[]): string =>
  outages
    .filter(it => all.some(copy => Math.abs(copy.reached - it.from) < 60_000))
    .map(it => `; database away ${seconds(it.from)} to ${seconds(it.to)}`)
    .join('')

/** Why a letter that had reached the server was sent once more; undefined when nothing excuses it. */
function whyAgain(
  copy: Copy,
  { kills, doubts }: Pick<Crew, 'kills' | 'doubts'>,
  outages: Outage[],
): string | undefined {
  const { answered } = copy
  if (copy.mode === 'drops before the answer') return 'the answer was lost'
  // the last bytes of the dead may be read after their end
  const killed = kills.find(it => it.by === copy.by)
  if (killed && killed.at <= copy.reached) return 'the sender was killed before the answer'
  if (answered === undefined) return killed ? 'the sender was killed before the answer' : undefined
  // on a machine that is full the sender may have given up before this process has read what it sent
  const doubt = doubts.find(it => it.messageId === copy.messageId && it.by === copy.by && it.at >= copy.begun - starved)
  if (doubt) return `the sender heard no answer in time (${doubt.reply.slice(0, 40)})`
  // while the database is away the note is tried until it is back
  const back = Math.max(
    answered,
    ...outages.filter(it => it.from < answered + noting && it.to > answered).map(it => it.to),
  )
  return killed && killed.at <= back + noting + 5000 * Number(back > answered)
    ? 'the sender was killed before its note'
    : undefined
}

/** A reminder whose sending began when the cancellation had been acknowledged. */
function afterCancellation(
  rows: {
    id: string
    kind: string
    state: string
    bundle: string | null
    talk_id: string | null
    talk: string | null
  }[],
  operations: Operation[],
  copies: Map<string, Copy[]>,
): string[] {
  const called = new Map(
    operations.flatMap(it => (it.what === 'cancelled' && it.ended === 'ok' && it.talk ? [[it.talk, it.at]] : [])),
  )
  return (
    rows
      .filter(row => row.kind.startsWith('reminder-') && row.talk === 'cancelled')
      // one that left its bundle in time is not in the copies that follow
      .filter(row => row.bundle === null || row.state === 'sent')
      .flatMap(row => {
        const at = called.get(row.talk_id ?? '')
        const late =
          at === undefined
            ? []
            : (copies.get(row.bundle ?? row.id) ?? []).filter(copy => copy.begun > at + limits.whole + waiting)
        return late.map(() => `${row.kind} ${row.id}`)
      })
  )
}

/** ok has happened once, rejected never, unknown once or never. */
async function lostOf(db: Db, operations: Operation[]): Promise<string[]> {
  const { rows } = await sql<{ request: string; kind: string; count: number }>`
    select request_id as request, kind, count(*)::int as count from changes group by 1, 2`.execute(db)
  const happened = new Map(rows.map(it => [`${it.kind} ${it.request}`, it.count]))
  const asked = Map.groupBy(operations, it => `${it.what} ${it.request}`)
  return [...asked].flatMap(([what, all]) => {
    const { ok = 0, unknown = 0 } = countBy(all.map(it => it.ended))
    const count = happened.get(what) ?? 0
    return count < ok || count > ok + unknown ? [`${what}: ${ok} ok, ${unknown} unknown, ${count} there`] : []
  })
}

const countBy = <Name extends string>(names: Name[]): Partial<Record<Name, number>> => {
  const found: Partial<Record<Name, number>> = {}
  for (const name of names) found[name] = (found[name] ?? 0) + 1
  return found
}
