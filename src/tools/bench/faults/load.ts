import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { isAway } from '../../../base/db/errors.ts'
import { databaseNow } from '../../../base/db/moment.ts'
import type { Db } from '../../../base/db/open.ts'
import type { Jobs } from '../../../base/jobs.ts'
import { hashOf, newNonce } from '../../../base/secrets.ts'
import { plusDays, wallOf } from '../../../base/time.ts'
import { offers } from '../../../matching/offer-rules.ts'
import { findAsked, findWorld, rangeOf } from '../../../matching/store.ts'
import { book } from '../../../talks/actions.ts'
import { cancel, move } from '../../../talks/change-actions.ts'
import { demoHouse } from '../../seed/house.ts'
import { waitingNumbers } from '../../seed/lively.ts'

/** One thing a coordinator did, and what it knows of the outcome; times are this process's `performance.now()`. */
export type Operation = {
  what: 'booked' | 'moved' | 'cancelled'
  request: string
  talk: string | undefined
  ended: 'ok' | 'rejected' | 'unknown'
  at: number
}
type House = { id: string; zone: string; accountId: string }
export type Load = { operations: Operation[]; step: () => Promise<void>; numbers: number[] }

/** Coordinators who book, move and call off talks of these requests, one thing at a time for each request. */
export async function openLoad(
  db: Db,
  jobs: Jobs,
  secret: string,
  size: { requests: number; days: number },
): Promise<Load> {
  const house = await db
    .selectFrom('houses')
    .innerJoin('roles', 'roles.house_id', 'houses.id')
    .select(['houses.id', 'zone', 'account_id as accountId'])
    .where('slug', '=', demoHouse.slug)
    .where('role', '=', 'coordinator')
    .orderBy('account_id')
    .executeTakeFirstOrThrow()
  const numbers = await askMore(db, house, size)
  const operations: Operation[] = []
  const busy = new Set<number>()
  const step = async () => {
    const free = numbers.filter(number => !busy.has(number))
    const number = free[Math.floor(Math.random() * free.length)]
    if (number === undefined) return
    busy.add(number)
    try {
      const done = await act(db, jobs, secret, house, number)
      if (done) operations.push(done)
    } catch (error) {
      if (!isLost(error)) throw error
    } finally {
      busy.delete(number)
    }
  }
  return { operations, step, numbers }
}

/** The connection or the database went away, so that nobody knows whether it has happened. */
export const isLost = (error: unknown): boolean =>
  isAway(error) || /connection error|Connection terminated|Client was closed/i.test(String(error))

async function act(db: Db, jobs: Jobs, secret: string, house: House, number: number): Promise<Operation | undefined> {
  const now = await databaseNow(db)
  const asked = await findAsked(db, house.id, { number })
  const range = asked && rangeOf(asked.request, wallOf(now, house.zone).day)
  const world = asked && range && (await findWorld(db, asked, range, now))
  const request = await db
    .selectFrom('requests')
    .leftJoin('talks', join => join.onRef('talks.request_id', '=', 'requests.id').on('talks.state', '=', 'booked'))
    .select(['requests.id', 'requests.state', 'talks.id as talk'])
    .where('requests.house_id', '=', house.id)
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  const found = world ? offers(world, asked.request, { limit: 4 }).offers : []
  const offer = found[Math.floor(Math.random() * found.length)]
  const form = { key: randomUUID(), url: '/faults', by: house.accountId, body: undefined, now }
  const by = { houseId: house.id, whom: 'account' as const, accountId: house.accountId }
  const start = offer && { day: offer.moment.day, minute: offer.moment.from }
  const speakers = offer?.team.map(it => it.speakerId) ?? []
  const { talk } = request
  const change = talk ? { by, talkId: talk, location: '/x', form } : undefined
  const off = change && (!start || Math.random() < 0.5)
  if (!off && !start) return
  const what = off ? 'cancelled' : change ? 'moved' : 'booked'
  const attempt = () => {
    if (off) return cancel(db, jobs, { ...change, reason: 'weather' }, now)
    if (!start) throw new Error('there is no time to go to')
    if (change) return move(db, jobs, secret, { ...change, startsAt: start, speakers }, now)
    const actor = { accountId: house.accountId, houseId: house.id }
    return book(db, jobs, secret, { actor, requestNumber: number, startsAt: start, speakers, form }, now)
  }
  const ended = await endOf(attempt)
  return { what, request: request.id, talk: talk ?? undefined, ended, at: performance.now() }
}

async function endOf(attempt: () => Promise<object>): Promise<Operation['ended']> {
  try {
    return 'refused' in (await attempt()) ? 'rejected' : 'ok'
  } catch (error) {
    if (isLost(error)) return 'unknown'
    throw error
  }
}

/** The waiting requests and copies of them, each with a contact of its own, for the coming days. */
async function askMore(
  db: Db,
  house: House,
  { requests, days }: { requests: number; days: number },
): Promise<number[]> {
  const { day } = wallOf(await databaseNow(db), house.zone)
  const first = await waitingNumbers(db, house.id)
  for (let n = 0; n < requests; n++) {
    const number = first[n % first.length] ?? 0
    const nonce = newNonce()
    const next = sql`(select max(number) + 1 from requests where house_id = ${house.id})`
    await sql`
      with source as (select * from requests where house_id = ${house.id} and number = ${number}),
      contact as (
        insert into contacts (host_id, name, position, phone, email, language)
        select host_id, 'Сәуле', 'орынбасар', '+77010000008', ${`contact${n}@mektep.example`}, language from source
        returning id),
      request as (
        insert into requests (house_id, number, host_id, contact_id, topic_id, audience, grades, heads, mode, state, source, language, nonce, token_hash, asked_at, confirmed_at)
        select house_id, ${next}, host_id, (select id from contact), topic_id, audience, grades, heads, mode, 'waiting', source, language, ${nonce}, ${hashOf(nonce)}, asked_at, confirmed_at from source
        returning id),
      languages as (
        insert into request_languages (request_id, language)
        select request.id, l.language from request, request_languages l join source on source.id = l.request_id)
      insert into request_windows (request_id, position, from_on, to_on, from_time, to_time)
      select id, 1, ${plusDays(day, 1)}::date, ${plusDays(day, days)}::date, '08:00', '19:30' from request`.execute(db)
  }
  await sql`update houses set last_request_number = (select max(number) from requests where house_id = houses.id) where id = ${house.id}`.execute(
    db,
  )
  return (await waitingNumbers(db, house.id)).filter(number => !first.includes(number))
}
