import { sql } from 'kysely'
import type { Db } from './db/open.ts'
import { type Trx, transact } from './db/transact.ts'
import { keyedHash } from './secrets.ts'
import type { DateTime } from './time.ts'

/** How often a thing may be tried: reliability.md section 8. */
const limits = {
  'sign-in-address': { most: 3, minutes: 60 },
  'sign-in-ip': { most: 10, minutes: 60 },
  code: { most: 5, minutes: 60 },
  // a growing wait: a minute after the fifth, a quarter of an hour after the tenth, a day after the fortieth
  'password-minute': { most: 5, minutes: 1 },
  'password-quarter': { most: 10, minutes: 15 },
  'password-day': { most: 40, minutes: 1440 },
  'password-ip': { most: 30, minutes: 15 },
  'passkey-ip': { most: 120, minutes: 15 },
  proof: { most: 10, minutes: 15 },
  'proof-day': { most: 50, minutes: 1440 },
  'request-ip': { most: 5, minutes: 60 },
  'request-address': { most: 3, minutes: 1440 },
  'status-link': { most: 60, minutes: 60 },
  // a staffroom that shares the page by its code opens it in one break
  'status-page': { most: 300, minutes: 60 },
  // a school's teachers share an address, and each letter that is typed may ask
  'host-search-ip': { most: 600, minutes: 10 },
  feed: { most: 60, minutes: 60 },
  // one address, many readers, and after a change they all come
  'shared-feed': { most: 3000, minutes: 60 },
  // whole files only: an unchanged calendar costs next to nothing
  'public-feed-ip': { most: 300, minutes: 60 },
  'mail-server': { most: 60, minutes: 1 },
  'busy-calendar': { most: 20, minutes: 60 },
  'gateway-test': { most: 10, minutes: 60 },
  import: { most: 60, minutes: 60 },
  // a class that shares one code answers within minutes; how many may is said by the talk
  feedback: { most: 60, minutes: 10 },
  // a class behind the one address of its school fits, a flood from one place does not fill a talk
  'feedback-network': { most: 60, minutes: 60 },
} as const

export type Limit = keyof typeof limits
export type Allowed = { ok: true } | { retryAfterSeconds: number }

// a window slides in steps of a sixth: exact enough, and one row a step
const steps = 6

type Try = { secret: string; what: Limit; key: string; now: DateTime; most?: number }

/**
 * Counts one more try of this key, in the database, so that all processes count together. A refused try is not counted:
 * whoever keeps trying does not keep the rightful person out for ever.
 */
export const allowed = (
  db: Db,
  secret: string,
  what: Limit,
  key: string,
  now: DateTime,
  most: number = limits[what].most,
): Promise<Allowed> =>
  transact(db, async trx => {
    // a count lost with a crash of the database harms nobody, and waiting for the disk costs 5 ms of each counted page
    await sql`set local synchronous_commit to off`.execute(trx)
    return allowedIn(trx, { secret, what, key, now, most })
  })

/** The same as a part of what is done, so that what is not done, or was done before, is not counted. */
export async function allowedIn(trx: Trx, { secret, what, key, now, most = limits[what].most }: Try): Promise<Allowed> {
  const { minutes } = limits[what]
  const step = (minutes / steps) * 60_000
  const startsAt = now.minus(now.toMillis() % step)
  const row = keyedHash(secret, `${what}:${what.endsWith('-ip') ? networkOf(key) : key}`)
  // the row's lock makes simultaneous tries wait for each other
  const { count } = await trx
    .insertInto('limits')
    .values({ key: row, starts_at: startsAt, count: 1 })
    .onConflict(conflict =>
      conflict.columns(['key', 'starts_at']).doUpdateSet(eb => ({ count: eb('limits.count', '+', 1) })),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  const tries = await trx
    .selectFrom('limits')
    .select(['starts_at', 'count'])
    .where('key', '=', row)
    .where('starts_at', '>', now.minus(step * (steps + 1)))
    .orderBy('starts_at')
    .execute()
  if (tries.reduce((sum, each) => sum + each.count, 0) > most) {
    await trx
      .updateTable('limits')
      .set(eb => ({ count: eb('count', '-', 1) }))
      .where('key', '=', row)
      .where('starts_at', '=', startsAt)
      .execute()
    const oldest = tries.find(each => each.count > 0)?.starts_at ?? startsAt
    return {
      retryAfterSeconds: Math.max(1, Math.ceil((oldest.toMillis() + step * (steps + 1) - now.toMillis()) / 1000)),
    }
  }
  if (count === 1)
    await trx
      .deleteFrom('limits')
      .where('starts_at', '<', now.minus({ days: 2 }))
      .execute()
  return { ok: true }
}

/** Whose connection it is: an IPv4 address, or the /64 that one IPv6 customer has. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  if (!ip.includes(':')) return ip
  const [before = '', after] = ip.split('%', 1)[0]?.split('::') ?? []
  const head = before.split(':').filter(Boolean)
  const tail = after === undefined ? [] : after.split(':').filter(Boolean)
  const groups = [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0'), ...tail]
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
