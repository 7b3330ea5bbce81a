import { Agent, request } from 'node:http'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { cast } from '../cast.ts'
import { freshDatabase } from '../database.ts'
import { freePort } from '../free-port.ts'
import { server } from '../postgres.ts'
import { command, type Process, secret, session } from './process.ts'

// all ten restarts take a minute: ROUNDS=10
const rounds = Number(process.env['ROUNDS'] ?? 3)
const on = server()

type Backend = { port: number; ready: boolean }

/** What stands in front: connections go by turns to those that say they are ready. */
async function balancer(backends: Backend[]) {
  const looking = setInterval(async () => {
    for (const backend of backends)
      fetch(`http://127.0.0.1:${backend.port}/readyz`, {
        signal: AbortSignal.timeout(1000),
        headers: { connection: 'close' },
      })
        .then(({ ok }) => {
          backend.ready = ok
        })
        .catch(() => {
          backend.ready = false
        })
  }, 50)
  let turn = 0
  const front = createServer(inside => {
    const ready = backends.filter(it => it.ready)
    const chosen = ready[turn++ % ready.length]
    inside.on('error', () => {})
    if (!chosen) return inside.destroy()
    const outside = connect(chosen.port, '127.0.0.1')
    outside.on('error', () => inside.destroy())
    inside.pipe(outside).pipe(inside)
  })
  const port = await freePort(24_000)
  await new Promise<void>(resolve => front.listen(port, '127.0.0.1', resolve))
  return {
    port,
    close: () => {
      clearInterval(looking)
      front.close()
    },
  }
}

t.test(
  `${rounds} restarts of two web processes by turns fail no request`,
  { skip: on ? false : 'needs a PostgreSQL' },
  async t => {
    const database = await freshDatabase(on)
    t.teardown(database.close)
    const cookie = await session(database.db, cast.coordinator)
    const first = await freePort(22_000)
    const backends: Backend[] = []
    const processes: Process[] = []
    for (const port of [first, await freePort(first + 1)]) backends.push({ port, ready: false })
    const front = await balancer(backends)
    t.teardown(front.close)
    const begin = (at: number) =>
      command(t, ['web.ts'], {
        ...{ DATABASE_URL: database.url ?? '', APP_SECRET: secret, DRAIN_SECONDS: '1' },
        ...{ PORT: String(backends[at]?.port), PUBLIC_URL: `http://127.0.0.1:${front.port}` },
      })
    const ready = async (at: number) => {
      while (!backends[at]?.ready) await pause(20)
    }
    for (const at of [0, 1]) processes[at] = begin(at)
    await Promise.all([ready(0), ready(1)])

    const agent = new Agent({ keepAlive: true, maxSockets: 6 })
    const answers: Record<string, number> = {}
    const ask = (method: string, path: string, body = '') =>
      new Promise<void>(resolve => {
        const note = (what: string) => {
          answers[`${method} ${what}`] = (answers[`${method} ${what}`] ?? 0) + 1
          resolve()
        }
        const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
        const asked = request({ agent, host: '127.0.0.1', port: front.port, method, path, headers }, answer => {
          answer.resume().once('end', () => note(String(answer.statusCode)))
        })
        asked.once('error', error => note(error.message))
        asked.end(body)
      })
    let loading = true
    const load = Array.from({ length: 4 }, async (_, which) => {
      while (loading) {
        await ask('GET', which % 2 ? '/kk' : '/app/week')
        await ask('POST', '/account', `theme=${which % 2 ? 'dark' : 'auto'}&language=kk`)
        await pause(20)
      }
    })
    for (let round = 0; round < rounds; round++) {
      const at = round % 2
      processes[at]?.child.kill('SIGTERM')
      t.equal(await processes[at]?.ended, 0)
      t.equal(processes[at]?.said().includes('error'), false)
      // the next one to answer is new: what the balancer knew of the old one is past
      await pause(150)
      processes[at] = begin(at)
      await ready(at)
    }
    loading = false
    await Promise.all(load)
    agent.destroy()
    t.same(Object.keys(answers).sort(), ['GET 200', 'POST 303'], JSON.stringify(answers))
    t.ok((answers['POST 303'] ?? 0) > rounds * 10, JSON.stringify(answers))
  },
)
