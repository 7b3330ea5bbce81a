import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'kysely'
import type { DateTime } from '../time.ts'
import type { Change } from './changes.ts'
import type { Trx } from './transact.ts'

/** A row of the journal before it is chained: ids and codes, never a text, a token or an address. */
export type Entry = {
  house_id: string
  at: string
  by_whom: Change['byWhom']
  actor_id: string | null
  place: string
  kind: string
  thing: string
  thing_id: string
  old: string
  new: string
}

/** What a request asks for, while it is answered: `noted` once a row tells of it. */
export type Asking = {
  now: DateTime
  place: string
  actor: { accountId: string; houseId: string } | null
  kind: string
  thing: string
  thingId: string
  noted: boolean
}

const asking = new AsyncLocalStorage<Asking>()
const writing = new AsyncLocalStorage<Entry[]>()

/** Answers a request in whose rows of the journal it shall be known who asked, and from where. */
export const answeringFor = <Result>(request: Asking, work: () => Result): Result => asking.run(request, work)

/** Does a transaction's work, then writes what it noted as its very last statement: the end of a chain is held for no longer. */
export const journalled = <Result>(trx: Trx, work: () => Promise<Result>): Promise<Result> => {
  const entries: Entry[] = []
  return writing.run(entries, async () => {
    const result = await work()
    if (entries.length > 0) await sql`select write_journal(${JSON.stringify(entries)}::jsonb)`.execute(trx)
    return result
  })
}

/** Notes changes that the history of requests and talks tells of, too. */
export function noteChanges(changes: Change[]): void {
  const request = asking.getStore()
  add(...changes.map(change => entryOf(change, request?.place ?? '')))
}

/** Notes a command of a signed-in person that has told of nothing more exact. */
export function noteCommand(): void {
  const request = asking.getStore()
  if (request && !request.noted && writing.getStore()?.length === 0) add(...commandEntry(request))
}

/** A form that was sent again tells of nothing: its first copy has. */
export function noteNothing(): void {
  const request = asking.getStore()
  if (request) request.noted = true
}

/** Notes this row with the transaction that runs. */
export function add(...entries: Entry[]): void {
  writing.getStore()?.push(...entries)
  const request = asking.getStore()
  if (request && entries.length > 0) request.noted = true
}

/** The row that says no more than who sent which form about what. */
export const commandEntry = (request: Asking): Entry[] =>
  request.actor
    ? [
        {
          house_id: request.actor.houseId,
          at: request.now.toISO() ?? '',
          by_whom: 'account',
          actor_id: request.actor.accountId,
          place: request.place,
          kind: request.kind,
          thing: request.thing,
          thing_id: request.thingId,
          old: '{}',
          new: '{}',
        },
      ]
    : []

type Plain = string | number | boolean | null

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const code = /^[a-z][a-z0-9-]{0,39}$/
const moment = /^\d{4}-\d\d(-\d\d([T ]\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)?)?)?$|^\d\d?:\d\d(:\d\d)?$|^\d{4}\/\d\d$/

/** Ids, numbers, dates and codes are kept; of anything else only that it was there. */
export const plain = (value: Plain): Plain =>
  typeof value !== 'string' || value === '' || uuid.test(value) || code.test(value) || moment.test(value) ? value : '…'

const things = [
  'account',
  'contact',
  'host',
  'group',
  'topic',
  'closure',
  'import',
  'plan',
  'line',
  'ban',
  'year',
  'feed',
] as const

/** What a line of the history says, as a row of the journal. */
export function entryOf(change: Change, place: string): Entry {
  const detail = { ...change.detail }
  const about: [string, string][] = []
  if (change.talkId) about.push(['talk', change.talkId])
  if (change.requestId) about.push(['request', change.requestId])
  for (const thing of things) {
    const id = detail[thing]
    if (typeof id !== 'string' || plain(id) !== id || id === '') continue
    about.push([thing, id])
    delete detail[thing]
  }
  if (change.speakerId) about.push(['speaker', change.speakerId])
  const [[thing, id] = ['house', change.houseId], ...rest] = about
  const old: [string, Plain][] = []
  const now: [string, Plain][] = rest.filter(([name]) => name !== 'speaker' || change.byWhom !== 'speaker')
  for (const [name, value] of Object.entries(detail))
    if (name.endsWith('Before')) old.push([name.slice(0, -6), plain(value)])
    else now.push([name, plain(value)])
  return {
    house_id: change.houseId,
    at: change.at.toISO() ?? '',
    by_whom: change.byWhom,
    actor_id: change.accountId ?? (change.byWhom === 'speaker' ? (change.speakerId ?? null) : null),
    place: change.byWhom === 'system' ? '' : place,
    kind: change.kind,
    thing,
    thing_id: id,
    old: told(old),
    new: told(now),
  }
}

const told = (values: [string, Plain][]): string =>
  JSON.stringify(Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1))))
