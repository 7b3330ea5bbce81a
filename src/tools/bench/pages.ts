import Fastify from 'fastify'
import type { Size } from '../seed/sizes.ts'
import { ask } from './ask.ts'
import { ratio, tell, timesOf } from './measure.ts'
import { demonstration } from './running.ts'

/** Pages over HTTP against an empty Fastify route of the same run, and the memory of the process that answered. */
export async function pages(size: Size): Promise<void> {
  const empty = Fastify()
  empty.get('/', async () => 'ok')
  const address = await empty.listen({ host: '127.0.0.1', port: 0 })
  const baseline = await timesOf(300, () => page(address))
  await empty.close()

  const running = await demonstration(size, 3961)
  const { baseUrl, accounts, requests } = running.said
  const { cookie } = accounts.coordinator
  const some = requests.waiting
  const asked: [string, (n: number) => string, string?][] = [
    ['home', () => '/kk/h/almaty'],
    ['request form', () => '/kk/request/topic'],
    ['topics', () => '/kk/topics'],
    ['/app', () => '/app', cookie],
    ['offers over HTTP', n => `/app/requests/${some[n % some.length]}/offers`, cookie],
    ['/me', () => '/me', accounts.speaker.cookie],
  ]
  for (const [name, pathOf, as] of asked) {
    const first = await fetch(`${baseUrl}${pathOf(0)}`, { headers: as ? { cookie: as } : {}, redirect: 'manual' })
    if (first.status !== 200) {
      tell('page', { page: name, size, status: first.status })
      continue
    }
    const times = await timesOf(300, n => page(`${baseUrl}${pathOf(n)}`, as))
    tell('page', {
      page: name,
      size,
      ...times,
      emptyRouteP50: baseline.p50,
      emptyRouteP99: baseline.p99,
      ratio: ratio(times.p50, baseline.p50),
    })
  }
  tell('memory', { size, database: 'embedded', megabytes: running.megabytes() })
  await running.stop()
}

const page = (url: string, cookie?: string) => ask(url, cookie ? { cookie } : {})
