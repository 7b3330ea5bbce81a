import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import type { Size } from '../seed/sizes.ts'
import { ask } from './ask.ts'
import { furnishedOn } from './furnished.ts'
import { ratio, tell } from './measure.ts'
import { webOn } from './running.ts'

const [perSecond, seconds] = [50, 20]

/** Pages for everybody at fifty a second from one web half beside nothing else, each timed from when it was due, against an empty Fastify route at the same pace. */
export async function publicPages(size: Size, server: string): Promise<void> {
  const empty = Fastify()
  empty.get('/', async () => 'ok')
  const bare = await atPace([`${await empty.listen({ host: '127.0.0.1', port: 0 })}/`])
  await empty.close()
  const { database, url, drop } = await furnishedOn(server, size)
  const { talks } = await database.db
    .selectFrom('talks')
    .select(({ fn }) => fn.countAll<number>().as('talks'))
    .executeTakeFirstOrThrow()
  await database.close()
  const { baseUrl, megabytes, stop } = await webOn(url, 3969, { TRUST_PROXY: '127.0.0.1' })
  try {
    const paths = ['/kk/h/almaty', '/ru/topics', '/kk/topics/cyber-bullying', '/ru/request/topic', '/kk/help', '/en']
    const urls = paths.map(path => `${baseUrl}${path}`)
    // a start answers from nothing: what is kept is filled before
    for (const each of urls) await visit(each, new Agent())
    const times = await atPace(urls)
    tell('public', {
      size,
      talks,
      pages: urls.length,
      perSecond,
      ...times,
      emptyRouteP99: bare.p99,
      megabytes: megabytes(),
    })
    for (const each of urls) {
      const times = await atPace([each], 5)
      tell('public', { page: new URL(each).pathname, size, ...times, ratio: ratio(times.p50, bare.p50) })
    }
  } finally {
    await stop()
    await drop()
  }
}

async function atPace(
  urls: string[],
  most = seconds,
): Promise<{ p50: number; p95: number; p99: number; count: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const begun = performance.now()
  const asked: Promise<number>[] = []
  let fault: unknown
  for (let n = 0; n < perSecond * most; n++) {
    const due = begun + (n * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await pause(wait)
    asked.push(
      visit(urls[n % urls.length] ?? '', agent)
        .then(() => performance.now() - due)
        .catch(error => {
          fault ??= error
          return 0
        }),
    )
  }
  const times = (await Promise.all(asked)).sort((a, b) => a - b)
  agent.destroy()
  if (fault) throw fault
  const at = (share: number) => Math.round((times[Math.floor((times.length - 1) * share)] ?? 0) * 100) / 100
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: times.length }
}

let visitors = 0

/** Each as another visitor: one address asking fifty times a second is refused, and should be. */
function visit(url: string, agent: Agent): Promise<number> {
  const visitor = `10.${(++visitors >> 16) % 256}.${(visitors >> 8) % 256}.${visitors % 256}`
  return ask(url, { 'x-forwarded-for': visitor }, agent)
}
