import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { HostKind, Language } from '../base/db/tables.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime, Day } from '../base/time.ts'

export type CoverageWish = { district?: string | undefined; kind?: HostKind | undefined }
export type Unvisited = {
  id: string
  kind: HostKind
  name: Said
  district: string
  last: Day | null
  /** Somebody asked already, or a talk is booked. */
  underWay: boolean
  contact: { id: string; name: string; email: string | null; language: Language } | undefined
  /** Its contact has left letters of this kind. */
  left: boolean
  invitedAt: DateTime | null
}

const places = (houseId: string, { district, kind }: CoverageWish): RawBuilder<unknown> =>
  sql`h.house_id = ${houseId} and h.merged_into is null ${district === undefined ? sql`` : sql`and h.district = ${district}`} ${kind === undefined ? sql`` : sql`and h.kind = ${kind}::host_kind`}`

const visited = (since: Day, today: Day) =>
  sql`exists (select from report_talks r where r.host_id = h.id and r.state = 'held' and r.held_on between ${since}::date and ${today}::date)`

/** How many hosts of each district were visited since a day. */
export async function countVisited(db: Db, houseId: string, since: Day, today: Day, wish: CoverageWish) {
  const { rows } = await sql<{ district: string; hosts: number; visited: number }>`
    select h.district, count(*)::int as hosts, count(*) filter (where ${visited(since, today)})::int as visited
    from hosts h where ${places(houseId, wish)} group by h.district`.execute(db)
  return rows
}

const columns = sql`h.id, h.kind, h.name_kk, h.name_ru, h.name_en, h.district,
  (select max(r.held_on) from report_talks r where r.host_id = h.id and r.state = 'held') as last,
  exists (select from requests q where q.host_id = h.id and q.state in ('unconfirmed', 'waiting', 'booked')) as under_way,
  c.id as contact_id, c.name as contact_name, c.email, c.language,
  exists (select from unsubscriptions u where u.recipient = 'contact:' || c.id and u.kind = 'talk-offered') as has_left,
  (select max(m.created_at) from messages m where m.cause = 'host:' || h.id and m.kind = 'talk-offered') as invited_at`
// whom we know best: with an address, then the latest; who has never confirmed it may be anybody that a stranger typed
const contact = sql`left join lateral (select id, name, email, language from contacts
  where host_id = h.id and not exists (select from requests q
    where q.contact_id = contacts.id and q.confirmed_at is null and q.state in ('unconfirmed', 'expired'))
  order by (email is null), created_at desc, id limit 1) c on true`

type Row = {
  id: string
  kind: HostKind
  name_kk: string
  name_ru: string
  name_en: string
  district: string
  last: Day | null
  under_way: boolean
  contact_id: string | null
  contact_name: string | null
  email: string | null
  language: Language | null
  has_left: boolean
  invited_at: DateTime | null
}
const read = (row: Row): Unvisited => ({
  id: row.id,
  kind: row.kind,
  name: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
  district: row.district,
  last: row.last,
  underWay: row.under_way,
  contact:
    row.contact_id === null
      ? undefined
      : { id: row.contact_id, name: row.contact_name ?? '', email: row.email, language: row.language ?? 'kk' },
  left: row.has_left,
  invitedAt: row.invited_at,
})

/** Hosts that nobody has visited since a day, those never visited first, then the longest ago. */
export async function findUnvisited(
  db: Db,
  houseId: string,
  { since, today }: { since: Day; today: Day },
  wish: CoverageWish,
  { from, count }: { from: number; count: number },
): Promise<Unvisited[]> {
  const { rows } = await sql<Row>`
    select ${columns} from (
      select h.*, (select max(r.held_on) from report_talks r where r.host_id = h.id and r.state = 'held') as last_on
      from hosts h where ${places(houseId, wish)} and not ${visited(since, today)}
      order by last_on nulls first, h.name_ru, h.id limit ${count} offset ${from}) h
    ${contact} order by h.last_on nulls first, h.name_ru, h.id`.execute(db)
  return rows.map(read)
}

/** These hosts of the House, whoever visited them, in the same order. */
export async function findHostsToInvite(db: Db | Trx, houseId: string, ids: string[]): Promise<Unvisited[]> {
  const { rows } = await sql<Row>`
    select ${columns} from hosts h ${contact}
    where ${places(houseId, {})} and h.id = any(${ids}::uuid[]) order by h.name_ru, h.id`.execute(db)
  return rows.map(read)
}

/** Two who invite the same hosts at once wait for each other. */
export const lockHosts = (trx: Trx, houseId: string, ids: string[]) =>
  trx
    .selectFrom('hosts')
    .select('id')
    .where('house_id', '=', houseId)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()

/** A host as its letter names it. */
export async function findInvited(db: Db, hostId: string, contactId: string) {
  const row = await db
    .selectFrom('hosts')
    .innerJoin('contacts', 'contacts.host_id', 'hosts.id')
    .select(['hosts.id', 'hosts.kind', 'hosts.house_id as houseId', 'name_kk', 'name_ru', 'name_en', 'contacts.name'])
    .where('hosts.id', '=', hostId)
    .where('contacts.id', '=', contactId)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      houseId: row.houseId,
      kind: row.kind,
      names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
      contact: row.name,
    }
  )
}

/** A host for the sample of the letter. */
export async function newestHost(db: Db, houseId: string): Promise<{ id: string; names: Said } | undefined> {
  const row = await db
    .selectFrom('hosts')
    .select(['id', 'name_kk', 'name_ru', 'name_en'])
    .where('house_id', '=', houseId)
    .where('merged_into', 'is', null)
    .where('kind', '<>', 'custody')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row && { id: row.id, names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en } }
}
