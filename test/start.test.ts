import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { collector, collectorFile, type Message } from './base/collector.ts'
import { freshDatabase } from './database.ts'
import { server } from './postgres.ts'

const source = path.join(import.meta.dirname, '../src')
const secret = 'a secret of the tests, 32 characters or more'

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise<void>(resolve => probe.close(() => resolve()))
  return port
}

/** A command of the product as a process; killed with the test at the latest. */
function command(t: Test, file: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(source, file)], {
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  const errors = text(child.stderr)
  let said = ''
  const saying = (part: string) =>
    new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk
        if (said.includes(part)) resolve()
      })
      ended.then(async code => reject(new Error(`ended with ${code}: ${await errors}`)), reject)
    })
  return { child, ended, errors, saying, said: () => said }
}

t.test('npm start sets everything up, answers, refuses a second process and ends in order', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-start-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const port = await freePort()
  const environment = { DATA_DIR: folder, PORT: String(port) }
  const first = command(t, 'start.ts', environment)
  await first.saying(`http://127.0.0.1:${port}/sign-in/first/`)
  t.match(first.said(), new RegExp(`^Kezdesu: http://127\\.0\\.0\\.1:${port}\\n`))
  t.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200)
  t.same(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json(), {
    database: 'ok',
    schema: 'ok',
    mail: 'ok',
    oldestLetterWaits: 0,
    backup: 'none',
  })
  t.equal((await fetch(`http://127.0.0.1:${port}/dev/mail`)).status, 404)

  const second = command(t, 'start.ts', { ...environment, PORT: String(port + 1) })
  t.equal(await second.ended, 2)
  t.match(
    await second.errors,
    /^[^\n]* is in use by process \d+: stop it first, or set DATABASE_URL to share one PostgreSQL\n$/,
  )

  first.child.kill('SIGTERM')
  t.equal(await first.ended, 0)
  t.equal(await first.errors, '')
})

t.test('mistakes of whoever starts it are told in one line each, without a stack', async t => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['start.ts', { PORT: 'x', SMTP_URL: 'y' }, /^PORT .*\nSMTP_URL .*\n$/],
    ['web.ts', {}, /^DATABASE_URL is required[^\n]*\n$/],
    ['worker.ts', {}, /^DATABASE_URL is required[^\n]*\n$/],
    [
      'worker.ts',
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x', APP_SECRET: secret },
      /^the database does not answer: check DATABASE_URL\n$/,
    ],
    ['start.ts', { DATA_DIR: '/dev/null/data' }, /^DATA_DIR cannot be used: ENOTDIR[^\n]*\n$/],
    ['tools/migrate.ts', { DATA_DIR: '/dev/null/data' }, /^DATA_DIR cannot be used: ENOTDIR[^\n]*\n$/],
    ['tools/demo.ts', { DEMO_JSON: '/dev/null/said.json' }, /^DEMO_JSON cannot be written: ENOTDIR[^\n]*\n$/],
  ]
  for (const [file, environment, errors] of cases) {
    const started = command(t, file, environment)
    t.equal(await started.ended, 2, file)
    t.match(await started.errors, errors, file)
  }
})

const on = server()
t.test(
  'web and worker share a PostgreSQL, send their log away as well, end in order, and say when a port is taken',
  { skip: on ? false : 'needs a PostgreSQL' },
  async t => {
    const database = await freshDatabase(on)
    t.teardown(() => database.close())
    const port = await freePort()
    const logs = await collector(t)
    const environment = {
      DATABASE_URL: database.url ?? '',
      APP_SECRET: secret,
      PORT: String(port),
      DRAIN_SECONDS: '0',
      LOG_LEVEL: 'info',
      LOG_TO: `tls://127.0.0.1:${logs.port}`,
      NODE_EXTRA_CA_CERTS: collectorFile,
      DATA_DIR: path.join(tmpdir(), 'kezdesu-nowhere'),
    }
    const nowhere = new URL(environment.DATABASE_URL)
    nowhere.pathname = '/no_such_database'
    const lost = command(t, 'web.ts', { ...environment, DATABASE_URL: nowhere.href })
    t.equal(await lost.ended, 2)
    t.match(await lost.errors, /^database "no_such_database" does not exist: check DATABASE_URL\n$/)
    const foreign = command(t, 'web.ts', { ...environment, HOST: '192.0.2.1' })
    t.equal(await foreign.ended, 2)
    t.match(await foreign.errors, /^HOST 192\.0\.2\.1 is no address of this machine\n$/)
    const web = command(t, 'web.ts', environment)
    const worker = command(t, 'worker.ts', environment)
    await Promise.all([web.saying('web: '), worker.saying('worker: ready')])
    t.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200)
    const form = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }
    t.equal((await fetch(`http://127.0.0.1:${port}/sign-out`, form)).status, 403)
    const turned = (it: Message) => it.line.includes('"what":"forged"')
    await logs.until(it => it.some(turned))
    t.match(logs.messages.find(turned), { priority: '132', program: 'kezdesu-web' })
    t.match(web.said(), '"what":"forged"', 'and it stands in the standard output as ever')
    const other = command(t, 'web.ts', environment)
    t.equal(await other.ended, 2)
    t.match(await other.errors, /^port \d+ is in use: stop the other program or set PORT\n$/)
    web.child.kill('SIGTERM')
    worker.child.kill('SIGTERM')
    t.same(await Promise.all([web.ended, worker.ended]), [0, 0])
    t.same(
      logs.messages.filter(it => !it.line.startsWith('{"level":')),
      [],
    )
  },
)
