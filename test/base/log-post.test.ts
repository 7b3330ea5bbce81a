import { createServer } from 'node:net'
import { createServer as createTls } from 'node:tls'
import t from 'tap'
import { openLogPost } from '../../src/base/log-post.ts'
import { collector, pem } from './collector.ts'

const line = (n: number) => JSON.stringify({ level: n % 2 ? 40 : 30, n, said: 'Достық үйі\n<13>' })
const numbers = (messages: { line: string }[]) => messages.map(it => (JSON.parse(it.line) as { n?: number }).n)
const here = (port: number) => ({ host: '127.0.0.1', port, ca: pem })

t.test('each line reaches the collector whole and in order, with its weight, and none is two', async t => {
  const { port, messages, until } = await collector(t)
  const post = openLogPost(here(port), 'kezdesu-web', error => t.fail(String(error)))
  for (let n = 0; n < 1000; n++) post.take(`${line(n)}\n`)
  await until(it => it.length >= 1000)
  t.same(
    numbers(messages),
    Array.from({ length: 1000 }, (_, n) => n),
  )
  t.same(messages.slice(0, 2), [
    { priority: '134', program: 'kezdesu-web', line: line(0) },
    { priority: '132', program: 'kezdesu-web', line: line(1) },
  ])
  post.take('{"level":"error","where":"web","error":"Error: x"}')
  await post.close()
  await until(it => it.length === 1001)
  t.equal(messages.at(-1)?.priority, '131', 'what waits at the end is sent before')
})

t.test('who is not the collector gets nothing: another certificate, or none', async t => {
  const stranger = await collector(t)
  let heard = ''
  const open = createServer(socket => {
    socket
      .on('error', () => {})
      .on('data', chunk => {
        heard += chunk.toString('latin1')
      })
    socket.write('220 hello\r\n')
  })
  await new Promise<void>(resolve => open.listen(0, '127.0.0.1', resolve))
  t.teardown(() => open.close())
  const { port } = open.address() as { port: number }
  for (const place of [
    { host: '127.0.0.1', port: stranger.port },
    { ...here(stranger.port), name: 'logs.example' },
    here(port),
  ]) {
    const fault = await new Promise<Error>(resolve => {
      const post = openLogPost(place, 'x', error => resolve(error as Error), 60_000)
      t.teardown(() => post.close())
      post.take(line(1))
    })
    t.ok(fault instanceof Error)
  }
  t.same(stranger.messages, [])
  t.notMatch(heard, /said/)
})

t.test('a collector that wants to know who sends is shown the certificate of this machine', async t => {
  const strict = await collector(t, { wantsIdentity: true })
  const post = openLogPost({ ...here(strict.port), identity: pem }, 'x', error => t.fail(String(error)))
  post.take(line(1))
  await strict.until(it => it.length === 1)
  await post.close()
})

t.test(
  'while the collector is away lines wait, the oldest go when there is no room, and it is said how many',
  async t => {
    const first = await collector(t)
    const faults: unknown[] = []
    const post = openLogPost(here(first.port), 'x', error => faults.push(error), 5)
    post.take(line(0))
    await first.until(it => it.length === 1)
    await first.stop()
    // what a broken line has swallowed before it is seen to be broken nobody knows (RFC 5425, section 4.4): until it is seen
    while (faults.length === 0) {
      post.take(line(0))
      await new Promise(resolve => setImmediate(resolve))
    }
    for (let n = 1; n <= 10_700; n++) post.take(line(n))
    const second = await collector(t, { port: first.port })
    await second.until(it => numbers(it).at(-1) === 10_700)
    await post.close()
    const told = second.messages.map(it => JSON.parse(it.line) as { lost?: number; n?: number })
    const lost = told.find(it => it.lost !== undefined)?.lost ?? 0
    t.ok(lost >= 700, `${lost} lost`)
    const got = numbers(second.messages).filter(n => n !== undefined)
    t.same(
      got,
      Array.from({ length: 10_000 }, (_, n) => n + 701),
      'the newest 10,000 in their order',
    )
    t.equal(faults.length, 1, 'an outage is told of once')
  },
)

t.test(
  'a collector that hangs up on whoever does not prove themselves swallows nothing, and it is said once',
  async t => {
    // by TLS 1.3 a line is open to its client before the server has looked at the client's certificate
    const strict = createTls({ key: pem, cert: pem, ca: pem, requestCert: true, rejectUnauthorized: true })
    await new Promise<void>(resolve => strict.listen(0, '127.0.0.1', resolve))
    const { port } = strict.address() as { port: number }
    const faults: unknown[] = []
    const post = openLogPost(here(port), 'x', error => faults.push(error), 5)
    for (let n = 1; n <= 500; n++) post.take(line(n))
    await new Promise<void>(resolve => {
      let refused = 0
      strict.on('tlsClientError', () => ++refused === 5 && strict.close(() => resolve()))
    })
    const lenient = await collector(t, { port })
    await lenient.until(it => numbers(it).at(-1) === 500)
    await post.close()
    t.same(
      numbers(lenient.messages),
      Array.from({ length: 500 }, (_, n) => n + 1),
    )
    t.equal(faults.length, 1)
  },
)
