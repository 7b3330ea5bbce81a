import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import { noteRun } from '../../src/backups/store.ts'
import { masked } from '../../src/base/mask.ts'
import { readConfig } from '../../src/config.ts'
import { readEnvironment, settingNames } from '../../src/environment.ts'
import { examine, type Finding, openLine } from '../../src/tools/doctor.ts'
import { collector, pem } from '../base/collector.ts'
import { cast } from '../cast.ts'
import { server } from '../postgres.ts'
import { world } from '../world.ts'

const root = path.join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

t.test('the page for operators names every setting and what is usual', async t => {
  const rows = [...read('.docs/operators.md').matchAll(/^\| `([A-Z_]+)` \| (.*?) \|/gm)]
  t.same(rows.map(([, name]) => name).sort(), settingNames.toSorted())
  for (const [name, usual] of Object.entries(readEnvironment({}).env))
    if (usual) t.equal(rows.find(([, other]) => other === name)?.[2], usual, name)
  const example = read('.env.example')
  for (const name of settingNames) if (!name.startsWith('DEMO_')) t.match(example, new RegExp(`^(# )?${name}=`, 'm'))
  for (const [, name = ''] of read('.deploy/environment').matchAll(/^([A-Z_]+)=/gm))
    t.ok(settingNames.includes(name), name)
  for (const [, metric = ''] of read('.docs/operators.md').matchAll(/^\| `(kezdesu_\w+)/gm))
    t.ok(read('src/running/metrics-routes.ts').includes(metric), metric)
})

t.test('a setting may come as a file of systemd, and a place for backups needs a passphrase', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-credentials-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, 'BACKUP_PASSPHRASE'), 'a passphrase in a file\n')
  const before = { ...process.env }
  Object.assign(process.env, { CREDENTIALS_DIRECTORY: folder, BACKUP_DIR: folder })
  t.teardown(() => {
    process.env = before
  })
  t.same(readConfig().backup, { folder, at: '02:30', passphrase: 'a passphrase in a file' })
  t.throws(() => readConfig({ BACKUP_DIR: folder }), /^BACKUP_PASSPHRASE .* together with BACKUP_DIR$/)
  t.equal(readConfig({ DATABASE_URL: 'postgres://x', APP_SECRET: 'x'.repeat(32) }).backup.folder, undefined)
  const found = await examine({
    ...readConfig({ DATA_DIR: path.join(folder, 'data') }),
    databaseUrl: 'postgres://x@127.0.0.1:1/x',
  })
  t.match(
    found.find(({ what }) => what === 'backups'),
    { found: /^none in .* yet/ },
  )
  t.same(
    [
      undefined,
      'postgres://x@127.0.0.1/x',
      'postgres://x@db.example/x?sslmode=verify-full',
      'postgres://x@db.example/x',
      'postgres://x@10.0.0.7/x?sslmode=require',
    ].map(url => openLine(url).map(({ todo }) => todo !== undefined)),
    [[], [], [false], [true], [true]],
  )
  const log = (findings: Finding[]) => findings.find(({ what }) => what === 'log')
  t.match(log(found), { found: /^stays on this machine/, todo: undefined })
  const { port } = await collector(t)
  const sent = readConfig({ DATA_DIR: path.join(folder, 'data'), LOG_TO: `tls://127.0.0.1:${port}` })
  const away = { ...sent, databaseUrl: 'postgres://x@127.0.0.1:1/x' }
  t.match(log(await examine(away)), { found: /self-signed/, todo: /^check LOG_TO/ })
  const trusted = { ...away, logTo: { host: '127.0.0.1', port, ca: pem } }
  t.match(log(await examine(trusted)), { found: /^goes to 127\.0\.0\.1 as well, TLSv1\.3$/, todo: undefined })
})

t.test(
  'the units are what systemd takes',
  { skip: has('systemd-analyze') ? false : 'needs systemd-analyze' },
  async t => {
    for (const file of globSync('.deploy/*.service', { cwd: root })) {
      const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path.join(root, file)], {
        encoding: 'utf8',
      })
      // nothing is installed here
      t.same(
        stderr.split('\n').filter(line => line.includes('kezdesu') && !line.includes('is not executable')),
        [],
        file,
      )
    }
  },
)

t.test('units, commands and benchmarks start a process in the same way', async t => {
  const wished = (text: string) =>
    [...text.matchAll(/--(?:max|heap|expose)-[a-z-]+(?:=\d+)?|(MALLOC_\w+)(?:=|: ')(\d+)/g)]
      .map(([flag, name, value]) => (name ? `${name}=${value}` : flag))
      .sort()
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const start = wished(scripts['start'] ?? '')
  t.equal(start.length, 6)
  for (const command of ['web', 'worker', 'demo']) t.same(wished(scripts[command] ?? ''), start, command)
  for (const file of [...globSync('.deploy/*.service', { cwd: root }), 'src/tools/bench/running.ts'])
    t.same(wished(read(file)), start, file)
})

t.test('the example is what nginx takes', { skip: has('nginx') ? false : 'needs nginx' }, async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-nginx-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const site = read('.deploy/nginx.conf')
    .replace(/^ *ssl_certificate.*$/gm, '')
    .replace('443 ssl', '127.0.0.1:28443')
    .replace('80;', '127.0.0.1:28080;')
    .replaceAll('/var/log/nginx', folder)
  writeFileSync(path.join(folder, 'x.conf'), `pid ${folder}/pid;\nevents {}\nhttp {\n${site}\n}\n`)
  t.doesNotThrow(() =>
    execFileSync('nginx', ['-t', '-e', path.join(folder, 'e'), '-c', path.join(folder, 'x.conf')], { stdio: 'ignore' }),
  )
})

t.test('what the log says of a person or a key cannot be read', async t => {
  const secret = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-AbCdE'
  for (const [text, said] of [
    ['to aigul.n@mektep.kz: 550', 'to a…@mektep.kz: 550'],
    ['call +7 701 123 45 67 now', 'call +… now'],
    ['GET /r/short?x', 'GET /r/…?x'],
    [`no ${secret} here`, 'no … here'],
    ['smtp://me:pass@mail.example', 'smtp://me:…@mail.example'],
    ['talk 018f3b1c-8a4e-7c1d-9b2a-3c4d5e6f7a8b', 'talk 018f3b1c-8a4e-7c1d-9b2a-3c4d5e6f7a8b'],
    ['constraint a_speaker_is_at_one_place', 'constraint a_speaker_is_at_one_place'],
  ] as const)
    t.equal(masked(text), said)
})

t.test('an administrator sees how the system is, in three languages, and nobody else', async t => {
  const { app, db, clock, signIn } = await world(t, server())
  const get = async (as: string, language = 'kk') =>
    app.inject({ url: `/admin?l=${language}`, headers: { cookie: await signIn(as) } })
  t.equal((await get(cast.coordinator)).statusCode, 404)
  t.match((await get(cast.administrator)).body, 'Түнгі сақтық көшірме жасалмайды')
  Object.assign(app.config, { backup: { folder: '/nonexistent', at: '02:30', passphrase: undefined } })
  const at = clock.now.minus({ hours: 6 })
  const run = {
    kind: 'backup',
    file: 'kezdesu-20261122T213000Z.backup',
    sealed: false,
    at,
    endedAt: at,
    rows: 1234,
    bytes: 5e6,
    fault: null,
  } as const
  await noteRun(db, run)
  await noteRun(db, { ...run, kind: 'trial', fault: 'no room' })
  const ru = (await get(cast.administrator, 'ru')).body
  t.match(ru, 'kezdesu-20261122T213000Z.backup')
  t.match(ru, '23.11.2026, 02:45')
  t.match(ru, 'Копии не зашифрованы')
  t.match(ru, 'Пробное восстановление не удалось. Причина: no room')
  t.match((await get(cast.administrator, 'en')).body, 'in order')
  const ready = await app.inject('/readyz')
  t.equal(ready.json().backup, 'late', 'by the clock of the database, days later')
  t.match(ready.headers['x-request-id'], /^\d{8}$/)
  app.leaving = true
  const leaving = await app.inject('/readyz')
  t.equal(leaving.statusCode, 503)
  t.equal((await app.inject('/kk')).headers.connection, 'close')
  t.equal(existsSync('/nonexistent'), false)
})
