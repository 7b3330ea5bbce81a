import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { tablesInOrder } from '../../src/backups/contents.ts'
import { prove } from '../../src/backups/file.ts'
import { openDatabase } from '../../src/base/db/open.ts'
import { cast, furnish } from '../cast.ts'
import { freshDatabase, freshFolder } from '../database.ts'
import { freePort } from '../free-port.ts'
import { server } from '../postgres.ts'
import { command, secret, session, source } from './process.ts'

const programs = globSync('/usr/lib/postgresql/*/bin/').sort().at(-1)
const passphrase = 'a passphrase of the tests'
const post = { method: 'POST', redirect: 'manual' } as const
const form = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }

/** A PostgreSQL that this test may stop. */
async function cluster(folder: string) {
  const data = path.join(folder, 'data')
  const port = await freePort(26_000)
  chmodSync(folder, 0o777)
  const run = (program: string, ...words: string[]) => {
    const file = path.join(programs ?? '', program)
    const own = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', file, ...words] : [file, ...words]
    execFileSync(own[0] ?? '', own.slice(1), { cwd: '/', stdio: 'ignore' })
  }
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8')
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c fsync=off`
  const start = () => run('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start')
  start()
  const stop = () => run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, start, stop }
}

t.test(
  'npm start outlives its database, tells no secret to its log, and a full disk leaves the old backup',
  { skip: programs ? false : 'needs the programs of PostgreSQL' },
  async t => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-outage-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const postgres = await cluster(folder)
    t.teardown(() => postgres.stop())
    const port = await freePort(27_000)
    const home = path.join(folder, 'home')
    const site = `http://127.0.0.1:${port}`
    const environment = {
      ...{ DATABASE_URL: postgres.url, APP_SECRET: secret, DATA_DIR: home, PORT: String(port), LOG_LEVEL: 'trace' },
      ...{ DRAIN_SECONDS: '0', METRICS_TOKEN: 'a-token-of-the-tests', BACKUP_PASSPHRASE: passphrase },
    }
    const running = command(t, ['start.ts'], environment)
    await running.saying('Kezdesu: ')
    const { db, close } = await openDatabase({ url: postgres.url })
    await furnish(db)
    const cookie = await session(db, cast.administrator)
    await close()

    const mails = () => readdirSync(path.join(home, 'mail')).filter(name => name.endsWith('.json'))
    const signIn = (email: string) =>
      fetch(`${site}/sign-in`, { ...post, headers: form, body: new URLSearchParams({ email }) })
    mkdirSync(path.join(home, 'mail'), { recursive: true })
    t.equal((await signIn(cast.coordinator)).status, 303)
    for (let wait = 0; mails().length === 0 && wait < 200; wait++) await pause(50)
    const letter = readFileSync(path.join(home, 'mail', mails()[0] ?? ''), 'utf8')
    const link = /\/sign-in\/([\w-]{20,})/.exec(letter)?.[1] ?? ''
    t.ok(link)
    const code = /\b\d{3}[ \u00a0]?\d{3}\b/.exec(JSON.parse(letter).text)?.[0] ?? 'no code'
    t.equal((await fetch(`${site}/sign-in/${link}`)).status, 200)
    const feed = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-AbCdE'
    for (const address of [`/f/${feed}.ics`, `/r/${feed}`, `/i/${feed}`, `/o/${feed}`, '/app?request=x', '/%zz'])
      t.ok((await fetch(site + address, { headers: { cookie } })).status < 500)

    const page = await fetch(`${site}/admin`, { headers: { cookie } })
    t.equal(page.status, 200)
    t.match(page.headers.get('x-request-id'), /^\d{8}$/)
    const figures = await (await fetch(`${site}/metrics`)).text()
    t.match(figures, /kezdesu_http_request_seconds_count\{method="GET",route="\/admin",status="200"\} 1\n/)
    t.match(figures, /kezdesu_messages\{state="waiting"\} \d+\n/)
    t.notOk(figures.includes(feed) || figures.includes('@'))
    const outside = { 'x-forwarded-for': '192.0.2.1' }
    const metrics = async (headers: Record<string, string>) => (await fetch(`${site}/metrics`, { headers })).status
    t.same(
      [
        await metrics(outside),
        await metrics({ ...outside, authorization: 'Bearer another-token-here' }),
        await metrics({ ...outside, authorization: 'Bearer a-token-of-the-tests' }),
      ],
      [404, 404, 200],
    )

    const kept = path.join(folder, 'kept.backup')
    const backup = (before: string[] = []) => {
      const [program = '', ...words] = [...before, process.execPath, path.join(source, 'tools/backup.ts'), kept]
      return spawnSync(program, words, {
        env: { ...process.env, ...environment, LOG_LEVEL: 'silent' },
        encoding: 'utf8',
      })
    }
    const done = backup()
    t.match(done.stdout, /^\d+ rows in .*kept\.backup, read back and compared; sealed\n$/, done.stderr)
    const { sums } = await prove(kept, passphrase)
    // as on a full disk: no file may have more than so many blocks, and the program hears of it
    const full = backup(['bash', '-c', 'trap "" XFSZ; ulimit -f 8; exec "$@"', '--'])
    t.equal(full.status, 2)
    t.match(full.stderr, /^no room for .*: the backups before it stay as they are\n$/)
    t.same((await prove(kept, passphrase)).sums, sums)
    t.same(
      readdirSync(folder).filter(name => name.includes('.part')),
      [],
    )

    postgres.stop()
    for (const answer of [
      await fetch(`${site}/kk`),
      await fetch(`${site}/account`, { ...post, headers: { ...form, cookie }, body: 'theme=dark' }),
      await fetch(`${site}/readyz`),
    ]) {
      t.equal(answer.status, 503, answer.url)
      t.equal(answer.headers.get('retry-after'), '5')
      const said = await answer.text()
      if (!answer.url.endsWith('/readyz')) t.ok(said.includes(answer.headers.get('x-request-id') ?? '?'))
    }
    t.match(await (await fetch(`${site}/metrics`)).text(), /kezdesu_database_up 0\n/)
    await pause(1500)
    postgres.start()
    const since = performance.now()
    let status = 0
    while (status !== 200 && performance.now() - since < 10_000) {
      status = (await fetch(`${site}/app`, { headers: { cookie } })).status
      if (status !== 200) await pause(50)
    }
    t.ok(performance.now() - since < 2000, `back after ${Math.round(performance.now() - since)} ms`)
    const before = mails().length
    t.equal((await signIn(cast.viewer)).status, 303)
    // the queue may have slept on a broken connection: the sweep finds the letter
    for (let wait = 0; mails().length === before && wait < 600; wait++) await pause(50)
    t.ok(mails().length > before, 'the worker goes on')

    running.child.kill('SIGTERM')
    t.equal(await running.ended, 0)
    const log = running
      .said()
      .replaceAll(/^Kezdesu: .*$/gm, '')
      .replaceAll(/^The first administrator.*$/gm, '')
    t.ok(log.includes('"route":"/sign-in/:token"'))
    t.ok(log.includes(`"reqId":"${page.headers.get('x-request-id')}"`))
    for (const each of [
      secret,
      passphrase,
      link,
      feed,
      code,
      cookie.slice(4),
      cast.coordinator,
      cast.viewer,
      'a-token-of-the-tests',
    ])
      t.notOk(log.includes(each), `the log does not say ${each.slice(0, 4)}…`)
  },
)

t.test('a running embedded House is backed up by its own process, and goes on in PostgreSQL or elsewhere', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-door-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const environment = { DATA_DIR: path.join(folder, 'home'), PORT: String(await freePort(28_000)) }
  await freshFolder(path.join(environment.DATA_DIR, 'database'))
  const running = command(t, ['start.ts'], environment)
  await running.saying('Kezdesu: ')
  const run = async (words: string[], more: Record<string, string> = {}) => {
    const { ended, said } = command(t, words, { ...environment, ...more })
    return [await ended, said()] as const
  }
  const file = path.join(folder, 'x.backup')
  t.same(await run(['tools/backup.ts', file]), [
    2,
    'set BACKUP_PASSPHRASE, or say --plain for a file that whoever has it can read\n',
  ])
  const sealed = { BACKUP_PASSPHRASE: passphrase }
  const [code, said] = await run(['tools/backup.ts', file], sealed)
  t.equal(code, 0, said)
  t.match(said, /^\d+ rows in .*x\.backup, read back and compared; sealed \(by the running process\)\n$/)
  t.same(await run(['tools/backup.ts', path.join(folder, 'none', 'x')], sealed), [
    2,
    `${path.join(folder, 'none', 'x')} cannot be written: ENOENT\n`,
  ])
  // killed, not ended: what stands in the folder is no hindrance to the next one
  running.child.kill('SIGKILL')
  await running.ended
  const own = readFileSync(path.join(folder, 'home/secret'), 'utf8')
  t.same(await run(['tools/restore.ts', file, '--key'], sealed), [0, `${own}\n`])
  const other = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x', APP_SECRET: secret }
  t.match(await run(['tools/restore.ts', file], { ...sealed, ...other }), [2, /^APP_SECRET is not that of the backup/])
  // on from there: in PostgreSQL with the key of the backup, else in another folder, which takes the key over
  const on = server()
  const home = path.join(folder, 'elsewhere')
  if (!on) await freshFolder(path.join(home, 'database'))
  const into = on
    ? await freshDatabase(on)
    : await openDatabase({ folder: path.join(home, 'database') }, undefined, false)
  for (const table of (await tablesInOrder(into.db)).toReversed())
    await sql`delete from ${sql.table(table)}`.execute(into.db)
  if (on) t.teardown(into.close)
  else await into.close()
  const url = 'url' in into ? String(into.url) : ''
  const place: Record<string, string> = on ? { DATABASE_URL: url, APP_SECRET: own } : { DATA_DIR: home }
  const [restored, told] = await run(['tools/restore.ts', file], { ...sealed, ...place })
  t.equal(restored, 0, told)
  t.match(told, /^\d+ rows restored and compared, as they were at .*; all mail is on hold/)
  if (!on) t.equal(readFileSync(path.join(home, 'secret'), 'utf8'), own, 'links in letters go on working')
  const again = command(t, ['start.ts'], environment)
  await again.saying('Kezdesu: ')
  await pause(200)
  again.child.kill('SIGTERM')
  t.equal(await again.ended, 0, again.said())
})
