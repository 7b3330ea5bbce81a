import type { Size } from '../seed/sizes.ts'
import { ask } from './ask.ts'
import { ratio, tell, timesOf } from './measure.ts'
import { demonstration } from './running.ts'

/** The board with a chosen request and all offers for one request over HTTP, and what the board weighs on the way. */
export async function board(size: Size): Promise<void> {
  const running = await demonstration(size, 3967)
  const { baseUrl, accounts, requests } = running.said
  const { cookie } = accounts.coordinator
  const some = requests.waiting
  const pick = (n: number) => some[n % some.length]
  const empty = await timesOf(300, () => ask(`${baseUrl}/healthz`))
  const asked: [string, (n: number) => string][] = [
    ['/app with a chosen request', n => `/app?request=${pick(n)}`],
    ['offers for one request', n => `/app/requests/${pick(n)}/offers`],
  ]
  for (const [name, pathOf] of asked) {
    const weights: number[] = []
    const times = await timesOf(300, async n => weights.push(await ask(`${baseUrl}${pathOf(n)}`, { cookie })))
    tell('board', {
      page: name,
      size,
      ...times,
      emptyRouteP50: empty.p50,
      ratio: ratio(times.p50, empty.p50),
      heaviestGzipBytes: Math.max(...weights),
    })
  }
  await running.stop()
}
