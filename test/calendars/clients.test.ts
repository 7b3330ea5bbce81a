import { type ChildProcess, spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { cancel, move } from '../../src/talks/change-actions.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'
import { feedPath } from './feed-path.ts'
import { lacking } from './programs.ts'

const here = await world(t)
const { db, clock, app } = here
const { secret } = app.config
const named = await names(here)
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const windows = [{ from: '2026-11-24', to: '2026-12-11' }]
const talks = [
  await bookedTalk(here, named, await ask(here, named, { windows }), '2026-11-26T10:20', ['zhunisov']),
  await bookedTalk(here, named, await ask(here, named, { host: 'school-912', windows }), '2026-11-27T10:20', [
    'baizhan',
  ]),
  await bookedTalk(here, named, await ask(here, named, { host: 'school-917', windows }), '2026-12-01T10:20', [
    'bekuly',
  ]),
]
const [first = '', second = '', third = ''] = talks
clock.now = clock.now.plus({ minutes: 1 })
await cancel(db, sleeping, { by, talkId: third, location: '/x', reason: 'weather' }, clock.now)
const feed = await feedPath(db, secret, { kind: 'house', houseId: named.house }, clock.now)
await app.listen({ port: 0, host: '127.0.0.1' })
const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-clients-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

/** What the rows hold: instants, state and sequence of each talk. */
async function rows() {
  const found = await db.selectFrom('talks').select(['id', 'during', 'state', 'sequence']).orderBy('id').execute()
  return found.map(row => ({
    uid: `talk-${row.id}@kezdesu.example`,
    from: row.during.from.toMillis(),
    to: row.during.to.toMillis(),
    status: row.state === 'cancelled' ? 'CANCELLED' : 'TENTATIVE',
    sequence: String(row.sequence),
  }))
}

t.test(
  'vdirsyncer takes each talk as one item, and nothing twice',
  { skip: lacking('vdirsyncer', existsSync('/usr/bin/vdirsyncer')) },
  async t => {
    const home = path.join(folder, 'vdirsyncer')
    const items = path.join(home, 'items')
    mkdirSync(items, { recursive: true })
    const config = path.join(home, 'config')
    writeFileSync(
      config,
      `[general]
status_path = "${home}/status"

[pair kezdesu]
a = "feed"
b = "items"
collections = null

[storage feed]
type = "http"
url = "${address}${feed}"

[storage items]
type = "filesystem"
path = "${items}"
fileext = ".ics"
`,
    )
    const sync = async (...words: string[]) => (await run('vdirsyncer', ['-c', config, ...words], { HOME: home })).said
    const kept = () =>
      Object.fromEntries(readdirSync(items).map(name => [name, readFileSync(path.join(items, name), 'utf8')]))
    await sync('discover', 'kezdesu')
    await sync('sync')
    const once = kept()
    t.same(said(once), ['20261126T102000 TENTATIVE 0', '20261127T102000 TENTATIVE 0', '20261201T102000 CANCELLED 1'])

    clock.now = clock.now.plus({ hours: 2 })
    t.notMatch(await sync('sync'), /Copying|Deleting/)
    t.same(kept(), once, 'the same rows, hours later: nothing changes')

    await move(db, sleeping, secret, { by, talkId: first, location: '/x', startsAt: at('2026-11-30T10:20') }, clock.now)
    await sync('sync')
    const moved = kept()
    t.same(exchanged(once, moved), [['20261126T102000 TENTATIVE 0'], ['20261130T102000 TENTATIVE 1']])

    clock.now = clock.now.plus({ minutes: 1 })
    await cancel(db, sleeping, { by, talkId: second, location: '/x', reason: 'illness' }, clock.now)
    await sync('sync')
    t.same(exchanged(moved, kept()), [['20261127T102000 TENTATIVE 0'], ['20261127T102000 CANCELLED 1']])
  },
)

/** Items by what they say: vdirsyncer names what it reads from an address by a hash of its content. */
function said(items: Record<string, string>): string[] {
  return Object.values(items)
    .map(text =>
      [/DTSTART;TZID=Asia\/Almaty:(\w+)/, /STATUS:(\w+)/, /SEQUENCE:(\w+)/]
        .map(pattern => pattern.exec(text)?.[1])
        .join(' '),
    )
    .sort()
}

/** What is gone and what is new; all else is the same to the byte. */
function exchanged(before: Record<string, string>, after: Record<string, string>): string[][] {
  const only = (those: Record<string, string>, other: Record<string, string>) =>
    said(Object.fromEntries(Object.entries(those).filter(([name, text]) => other[name] !== text)))
  return [only(before, after), only(after, before)]
}

t.test(
  'Thunderbird keeps the instants of the database',
  { skip: lacking('thunderbird', existsSync('/usr/bin/thunderbird')) },
  async t => {
    const profile = path.join(folder, 'thunderbird')
    mkdirSync(profile)
    const calendar = 'calendar.registry.0a1b2c3d-0000-4000-8000-000000000001'
    writeFileSync(
      path.join(profile, 'user.js'),
      Object.entries({
        [`${calendar}.type`]: 'ics',
        [`${calendar}.uri`]: `${address}${feed}`,
        [`${calendar}.name`]: 'Kezdesu',
        [`${calendar}.readOnly`]: true,
        [`${calendar}.cache.enabled`]: true,
        // the reader sits elsewhere: only the zone that the file defines can be right
        'calendar.timezone.local': 'America/New_York',
        'app.update.enabled': false,
        'datareporting.policy.dataSubmissionEnabled': false,
        'toolkit.telemetry.enabled': false,
        'network.captive-portal-service.enabled': false,
        'network.connectivity-service.enabled': false,
        'mail.provider.suppress_dialog_on_startup': true,
      })
        .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
        .join(''),
    )
    const program = spawn('/usr/bin/thunderbird', ['--headless', '--no-remote', '-profile', profile], {
      env: { HOME: profile, PATH: process.env['PATH'], TZ: 'America/New_York' },
      stdio: 'ignore',
      detached: true,
    })
    t.teardown(() => ended(program))
    const cache = path.join(profile, 'calendar-data/cache.sqlite')
    const expected = await rows()
    await until(() => countedIn(cache) >= expected.length)
    await ended(program)
    const store = new DatabaseSync(cache, { readOnly: true })
    const kept = store
      .prepare(
        `select id as uid, event_start / 1000 as "from", event_end / 1000 as "to", ical_status as status,
        (select cast(value as text) from cal_properties where item_id = id and key = 'SEQUENCE') as sequence
      from cal_events order by id`,
      )
      .all()
      .map(row => ({ ...row }))
    const zones = store.prepare('select distinct event_start_tz as start, event_end_tz as "end" from cal_events').all()
    store.close()
    t.same(kept, expected)
    t.same(
      zones.map(row => ({ ...row })),
      [{ start: 'Asia/Almaty', end: 'Asia/Almaty' }],
    )
  },
)

/** A program that must succeed, without stopping our own server meanwhile. */
function run(program: string, words: string[], env: Record<string, string>): Promise<{ said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(`/usr/bin/${program}`, words, { env: { ...env, PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()))
    child.once('error', reject)
    child.once('exit', code =>
      code === 0 ? resolve({ said }) : reject(new Error(`${program} ended with ${code}: ${said}`)),
    )
  })
}

/** How many events a cache holds by now. Thunderbird locks it as long as it runs, so a copy is read, with what isn't in the main file yet. */
function countedIn(cache: string): number {
  const copy = path.join(folder, 'copy.sqlite')
  try {
    for (const end of ['', '-wal']) {
      rmSync(`${copy}${end}`, { force: true })
      if (existsSync(`${cache}${end}`)) copyFileSync(`${cache}${end}`, `${copy}${end}`)
    }
    const store = new DatabaseSync(copy)
    try {
      return Number(store.prepare('select count(*) as events from cal_events').get()?.['events'])
    } finally {
      store.close()
    }
  } catch {
    // not there yet, or copied in the middle of a write
    return 0
  }
}

/** A program that doesn't say when it is ready is looked after, for a minute and a half at most. */
async function until(isReady: () => boolean): Promise<void> {
  for (let look = 0; look < 180; look++) {
    if (isReady()) return
    await pause(500)
  }
}

/** Ends a program of ours with all its children. */
async function ended(program: ChildProcess): Promise<void> {
  if (program.pid === undefined || program.exitCode !== null || program.signalCode !== null) return
  const gone = new Promise(resolve => program.once('exit', resolve))
  process.kill(-program.pid, 'SIGTERM')
  await gone
}
