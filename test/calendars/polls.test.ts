import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { sql } from 'kysely'
import t from 'tap'
import { noteFetches } from '../../src/calendars/feed-store.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { server, world } from '../world.ts'
import { feedPath } from './feed-path.ts'

const lines: Record<string, unknown>[] = []
const here = await world(t, undefined, { log: line => lines.push(JSON.parse(line)) })
const { db, clock, app } = here
const named = await names(here)
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]
await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-11-27T10:20', ['baizhan'])
const speaker = { kind: 'speaker' as const, houseId: named.house, ownerId: named.speaker('baizhan') }
const feed = await feedPath(db, app.config.secret, speaker, clock.now)
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo

type Answer = { status: number; headers: Record<string, unknown>; body: string }
const changing = ['x-request-id', 'date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']
const lasting = (headers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !changing.includes(name)))

/** Over the network: past the router where nothing changed. */
async function polled(path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port, path, headers, method }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const body = (await answer.toArray()).join('')
  return { status: answer.statusCode ?? 0, headers: lasting(answer.headers), body }
}

/** By the router, whatever changed. */
async function routed(url: string, headers: Record<string, string>, method: 'GET' | 'HEAD' | 'POST' = 'GET') {
  const answer = await app.inject({ url, headers, method })
  return { status: answer.statusCode, headers: lasting(answer.headers), body: answer.body }
}

const first = await app.inject(feed)
const [tag, changed] = [String(first.headers.etag), String(first.headers['last-modified'])]

t.test('a poll is answered the same before the router and by it', async t => {
  const other = `/f/${'b'.repeat(43)}.ics`
  for (const [path, headers, method, status] of [
    [feed, { 'if-none-match': tag }, 'GET', 304],
    [feed, { 'if-none-match': tag }, 'HEAD', 304],
    [`${feed}?alarms=1&cancelled=0`, { 'if-none-match': tag }, 'GET', 304],
    [feed, { 'if-none-match': `"x", ${tag}` }, 'GET', 304],
    [feed, { 'if-none-match': '*' }, 'GET', 304],
    [feed, { 'if-modified-since': changed }, 'GET', 304],
    [feed, { 'if-none-match': '"x"', 'if-modified-since': changed }, 'GET', 200],
    [`${feed}?l=ru&l=kk`, { 'if-none-match': tag }, 'GET', 422],
    [feed, { 'if-modified-since': 'yesterday' }, 'GET', 200],
    [feed, {}, 'GET', 200],
    [feed, { 'if-none-match': tag }, 'POST', 404],
    [other, { 'if-none-match': tag }, 'GET', 404],
    [other, { 'if-none-match': tag, 'accept-language': 'ru' }, 'GET', 404],
    [`${feed}x`, { 'if-none-match': tag }, 'GET', 404],
    [`${feed.slice(0, -5)}.ics`, { 'if-none-match': tag }, 'GET', 404],
  ] as const) {
    const answer = await polled(path, headers, method)
    t.equal(answer.status, status, `${method} ${JSON.stringify(headers)}`)
    t.strictSame(answer, await routed(path, headers, method))
  }
})

t.test('both are counted and logged alike, without the secret', async t => {
  const counted = () => app.answered.get('GET /f/:secret.ics 304')?.counts.reduce((sum, count) => sum + count, 0) ?? 0
  const before = counted()
  lines.length = 0
  await polled(feed, { 'if-none-match': tag })
  await routed(feed, { 'if-none-match': tag })
  t.equal(counted(), before + 2)
  const said = lines.map(({ reqId, time, ms, ...line }) => ({ ...line, numbered: /^\d{8}$/.test(String(reqId)) }))
  t.strictSame(said[0], said[1])
  t.match(said[0], { method: 'GET', route: '/f/:secret.ics', status: 304, msg: 'answered', numbered: true })
})

t.test('who polls is noted', async t => {
  clock.now = clock.now.plus({ minutes: 11 })
  await polled(feed, { 'if-none-match': tag, 'user-agent': 'Mozilla Thunderbird' })
  const seen = () => db.selectFrom('feeds').select(['client', 'fetched_at']).executeTakeFirstOrThrow()
  for (let look = 0; look < 200 && (await seen()).client !== 'Thunderbird'; look++)
    await new Promise(resolve => setImmediate(resolve))
  t.strictSame(
    { ...(await seen()), fetched_at: (await seen()).fetched_at?.toMillis() },
    {
      client: 'Thunderbird',
      fetched_at: clock.now.toMillis(),
    },
  )
})

t.test('whoever goes before the answer is not counted for ever', async t => {
  const free = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  // the embedded database serves one at a time: whoever polls waits
  const lock = db.transaction().execute(async () => {
    locked.resolve()
    await free.promise
  })
  await locked.promise
  const connected = once(app.server, 'connection') as Promise<[Socket]>
  const path = `/f/${'b'.repeat(43)}.ics`
  const gone = request({ host: '127.0.0.1', port, path, headers: { 'if-none-match': tag }, agent: false })
  gone.on('error', () => {}).end()
  const [socket] = await connected
  while (app.underWay.count === 0) await new Promise(resolve => setImmediate(resolve))
  gone.destroy()
  await once(socket, 'close')
  free.resolve()
  await lock
  while (app.underWay.count > 0) await new Promise(resolve => setImmediate(resolve))
  t.equal((await polled(feed, { 'if-none-match': tag })).status, 304)
  t.equal(app.underWay.count, 0)
})

t.test('what changed is told at once, and not before its text is written', async t => {
  clock.now = clock.now.plus({ minutes: 1 })
  const booked = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-11-26T10:20', [
    'baizhan',
  ])
  const answer = await polled(feed, { 'if-none-match': tag })
  t.equal(answer.status, 200)
  t.match(answer.body, booked)
  t.equal((await polled(feed, { 'if-none-match': String(answer.headers['etag']) })).status, 304)
})

t.test(
  'notes of many feeds and a publication wait for each other instead of killing one another',
  { skip: server() ? false : 'needs a PostgreSQL' },
  async t => {
    const there = await world(t, server())
    const its = await names(there)
    for (const name of ['baizhan', 'zhunisov'])
      await feedPath(
        there.db,
        app.config.secret,
        { kind: 'speaker', houseId: its.house, ownerId: its.speaker(name) },
        clock.now,
      )
    const [low, high] = (await there.db.selectFrom('feeds').select('id').orderBy('id').execute()).map(({ id }) => id)
    const lock = (trx: typeof there.db, id = '') =>
      trx.selectFrom('feeds').select('id').where('id', '=', id).forUpdate().execute()
    let noted: Promise<void> | undefined
    await there.db.transaction().execute(async trx => {
      await lock(trx, low)
      noted = noteFetches(there.db, new Map([high, low].map((id = '') => [id, 'Google'])), clock.now)
      const waits = sql<{ waits: boolean }>`select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waits`
      while (!(await waits.execute(there.db)).rows[0]?.waits);
      await lock(trx, high)
    })
    await noted
    t.strictSame(await there.db.selectFrom('feeds').select('client').distinct().execute(), [{ client: 'Google' }])
  },
)

t.test('a process that leaves says so, and a replaced secret is not there', async t => {
  const { etag } = (await app.inject(feed)).headers
  app.leaving = true
  const asked = request({ host: '127.0.0.1', port, path: feed, headers: { 'if-none-match': String(etag) } }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  t.strictSame([answer.statusCode, answer.headers.connection], [304, 'close'])
  app.leaving = false
  await db.updateTable('feeds').set({ revoked_at: clock.now }).execute()
  t.equal((await polled(feed, { 'if-none-match': String(etag) })).status, 404)
})
