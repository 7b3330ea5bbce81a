import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { backup } from '../../src/backups/backup.ts'
import { sumOf, tablesInOrder } from '../../src/backups/contents.ts'
import { headOf, type Line, type Proved, prove, writeFileOf } from '../../src/backups/file.ts'
import { backUp, tryOne } from '../../src/backups/nightly.ts'
import { restore } from '../../src/backups/restore.ts'
import { isDue, nameAt, standing, superfluous } from '../../src/backups/rules.ts'
import { lastRuns } from '../../src/backups/store.ts'
import { migrate } from '../../src/base/db/migrate.ts'
import { databaseNow } from '../../src/base/db/moment.ts'
import { type Database, type Db, openDatabase } from '../../src/base/db/open.ts'
import { settingOf } from '../../src/base/db/settings.ts'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { listMailer, type Mail } from '../../src/base/mail.ts'
import { Mistake } from '../../src/config.ts'
import { makers } from '../../src/letters.ts'
import { deliver, deliverDue } from '../../src/messages/actions.ts'
import { releaseMail } from '../../src/messages/ledger-actions.ts'
import { tell } from '../../src/messages/store.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { monday } from '../cast.ts'
import { damaged } from '../damaged.ts'
import { freshDatabase } from '../database.ts'
import { server } from '../postgres.ts'
import { booked } from '../talks/booked.ts'

const secret = 'a secret of the tests, 32 characters or more'
const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-backup-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))
const seeded = path.join(folder, 'seeded.backup')
const file = path.join(folder, 'house.backup')

const empty = async (db: Db) => {
  for (const table of (await tablesInOrder(db)).toReversed()) await sql`delete from ${sql.table(table)}`.execute(db)
}
const passphrase = 'a passphrase of the tests'
/** Of all tables but the two that a restore marks. */
const sums = async (db: Db) => {
  const found: Record<string, unknown> = {}
  for (const table of await tablesInOrder(db))
    if (table !== 'messages' && table !== 'settings') found[table] = await sumOf(db, table)
  return found
}
const servers = [undefined, server()].slice(0, server() ? 2 : 1)

/** As at night: written, noted, and restored for a try. */
async function night(t: Test, into: Database & { url?: string }, rows: number) {
  const nights = path.join(folder, 'nights')
  const config = { databaseUrl: into.url, secret, backup: { folder: nights, at: '02:30', passphrase } }
  const keeping = { db: into.db, embedded: into.embedded, config }
  const now = await databaseNow(into.db)
  await backUp(keeping, nights, now)
  const { good } = (await lastRuns(into.db)).backup
  t.match(good, { file: nameAt(now), sealed: true, rows: rows + 2, fault: null })
  await tryOne(keeping, path.join(nights, nameAt(now)), now)
  await t.rejects(tryOne(keeping, path.join(nights, 'gone'), now.plus({ seconds: 1 })))
  const { trial } = await lastRuns(into.db)
  t.equal(trial.good?.rows, rows + 2)
  t.match(trial.last?.fault, /gone cannot be read/)
  t.same(readdirSync(nights), [nameAt(now)], 'what was made for the try is gone')
}

t.test('a backup holds every row, and both databases give it and take it back unchanged', async t => {
  const first = await openDatabase({ memory: true })
  await migrate(first.db)
  await seedDemonstration(first.db, {
    size: 'small',
    seed: 3,
    now: DateTime.fromISO(monday, { zone: 'utc' }),
    secret,
    say: () => {},
  })
  const before = await sums(first.db)
  const { rows } = await backup(first, { file: seeded, passphrase, secret })
  t.equal(
    (await sql`select from pg_class where relname like 'copy_of_%'`.execute(first.db)).rows.length,
    0,
    'the copies are gone',
  )
  await first.close()
  t.equal(statSync(seeded).mode & 0o777, 0o600)
  t.equal((await prove(seeded, passphrase)).secret, secret)
  const bytes = readFileSync(seeded)
  t.notOk(bytes.includes(secret) || bytes.includes('almaty'), 'nothing can be read in it')
  t.same(readdirSync(folder), ['seeded.backup'])

  for (const on of servers)
    await t.test(`into ${on ? 'PostgreSQL' : 'the embedded database'}, and on from there`, async t => {
      const into = await freshDatabase(on)
      t.teardown(into.close)
      await t.rejects(restore(into.db, seeded, passphrase), { message: /has Houses already/ })
      await empty(into.db)
      t.equal((await restore(into.db, seeded, passphrase)).rows, rows)
      t.same(await sums(into.db), before)
      t.equal(await settingOf(into.db, 'mail_hold'), 'restored')
      const states = await into.db.selectFrom('messages').select('state').distinct().execute()
      t.notOk(states.some(({ state }) => state === 'sending'))
      const next = await into.db
        .insertInto('changes')
        .values({
          house_id: (await into.db.selectFrom('houses').select('id').limit(1).executeTakeFirstOrThrow()).id,
          kind: 'x',
          at: DateTime.utc(),
          by_whom: 'system',
          detail: '{}',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      t.equal(next.id, (before['changes'] as { rows: number }).rows + 1)

      if (on === servers.at(-1)) await night(t, into, rows)
    })
})

t.test('a restored House sends nothing that was sent before, also when the hold has ended', async t => {
  const first = await freshDatabase()
  const now = await databaseNow(first.db)
  const talk = await booked(first.db, now, { day: now.plus({ days: 3 }).toISODate() ?? '', team: [] })
  const letter = (n: number, dueAt: DateTime) => ({
    houseId: talk.houseId,
    kind: 'talk-booked' as const,
    cause: `talk:${talk.talkId}`,
    version: 1,
    recipient: `contact:${n}`,
    address: `host${n}@mektep.example`,
    language: 'kk' as const,
    dueAt,
    talkId: talk.talkId,
    requestId: talk.requestId,
  })
  const mails: Mail[] = []
  const desk = { publicUrl: 'http://127.0.0.1:3000', secret, mailFrom: 'kezdesu@kezdesu.example' }
  const postOf = (db: Db, at: typeof databaseNow) => ({ db, mailer: listMailer(mails), makers, desk, now: at })
  const past = now.minus({ minutes: 5 })
  const messages = [letter(1, past), letter(2, past), letter(3, past), letter(4, now.plus({ days: 2 }))]
  await transact(first.db, trx => tell(trx, sleeping, past, messages))
  const { id } = await first.db
    .selectFrom('messages')
    .select('id')
    .where('recipient', '=', 'contact:1')
    .executeTakeFirstOrThrow()
  await deliver(postOf(first.db, databaseNow), id, 'before')
  // one is in hand while the backup is made, one waits; both leave right after it
  const claimed = { state: 'sending', claim: 'x#0', claimed_until: now.plus({ minutes: 1 }), attempt: 1 } as const
  await first.db.updateTable('messages').set(claimed).where('recipient', '=', 'contact:2').execute()
  await backup(first, { file, passphrase, secret })
  await first.db.updateTable('messages').set({ state: 'waiting' }).where('recipient', '=', 'contact:2').execute()
  await deliverDue(postOf(first.db, databaseNow))
  await first.close()
  const before = mails.splice(0).map(mail => mail.messageId)
  t.equal(before.length, 3)

  const into = await freshDatabase()
  t.teardown(into.close)
  await empty(into.db)
  await restore(into.db, file, passphrase)
  t.equal(await deliverDue(postOf(into.db, databaseNow)), 0)
  await releaseMail(into.db)
  t.equal(await deliverDue(postOf(into.db, databaseNow)), 0)
  await deliverDue(postOf(into.db, async () => now.plus({ days: 2, minutes: 1 })))
  t.same(
    mails.map(mail => [mail.to.address, before.includes(mail.messageId)]),
    [['host4@mektep.example', false]],
  )
  const states = await into.db
    .selectFrom('messages')
    .select(['recipient', 'state', 'reason'])
    .orderBy('recipient')
    .execute()
  t.same(
    states.map(it => `${it.recipient} ${it.state} ${it.reason}`),
    ['contact:1 sent null', 'contact:2 held restored', 'contact:3 held restored', 'contact:4 sent null'],
  )
})

t.test('what cannot be restored whole is refused in one line, and the database stays as it was', async t => {
  const whole = readFileSync(seeded)
  const { key } = await prove(seeded, passphrase)
  const at = whole.indexOf(10) + 1
  const bad = path.join(folder, 'bad')
  const refused = async (bytes: Uint8Array | string, message: RegExp) => {
    writeFileSync(bad, bytes)
    await t.rejects(prove(bad, passphrase, key), { constructor: Mistake, message })
  }
  await refused(whole.subarray(0, whole.length / 2), /damaged or was cut off/)
  await refused(whole.subarray(0, -1), /damaged or was cut off/)
  await refused(whole.subarray(0, at), /damaged or was cut off/)
  // pieces are 64 KB and a tag: whole pieces taken away at the end, or two in another order
  const piece = 65_552
  t.ok(whole.length > at + 2 * piece)
  await refused(whole.subarray(0, at + piece), /damaged or was cut off/)
  const [one, two] = [whole.subarray(at, at + piece), whole.subarray(at + piece, at + 2 * piece)]
  const turned = Buffer.concat([whole.subarray(0, at), two, one, whole.subarray(at + 2 * piece)])
  await refused(turned, /damaged or was cut off/)
  for (const where of [at, at + 70_000, whole.length - 1]) {
    const flipped = Buffer.from(whole)
    flipped[where] = (flipped[where] ?? 0) ^ 1
    await refused(flipped, /damaged or was cut off/)
  }
  const head = (change: (text: string) => string) =>
    Buffer.concat([Buffer.from(change(whole.subarray(0, at).toString())), whole.subarray(at)])
  await refused(
    head(text => text.replace('"at":"2', '"at":"3')),
    /damaged or was cut off/,
  )
  await refused(
    head(text => text.replace('"kezdesu":2', '"kezdesu":3')),
    /newer version of Kezdesu: update first/,
  )
  await fc.assert(
    fc.asyncProperty(damaged(whole, whole.subarray(0, at + 3 * piece)), async bytes => {
      if (!bytes.equals(whole)) await refused(bytes, /damaged or was cut off|is no backup of Kezdesu|newer version/)
    }),
    { numRuns: 30 },
  )
  await refused(readFileSync(import.meta.filename), /is no backup of Kezdesu/)
  await refused(readFileSync(process.execPath).subarray(0, 100_000), /is no backup of Kezdesu/)
  await refused('', /is no backup of Kezdesu/)

  const into = await freshDatabase()
  t.teardown(into.close)
  await backup(into, { file: bad, passphrase: undefined, secret })
  t.equal((await headOf(bad)).head.sealed, false)
  t.equal((await prove(bad, undefined)).secret, secret)
  await empty(into.db)
  const untouched = async (from: string, phrase: string | undefined, message: RegExp, known?: Proved) => {
    await t.rejects(restore(into.db, from, phrase, known ? { known } : {}), { constructor: Mistake, message })
    t.equal((await into.db.selectFrom('houses').select('id').execute()).length, 0)
    t.equal(await settingOf(into.db, 'mail_hold'), undefined)
  }
  await untouched(seeded, 'another passphrase', /BACKUP_PASSPHRASE is not that of/)
  await untouched(seeded, undefined, /is sealed: set BACKUP_PASSPHRASE/)
  writeFileSync(
    bad,
    head(text => text.replace('202611220900-regions', '209911220900-regions')),
  )
  await untouched(bad, passphrase, /newer version of Kezdesu: update first/)
  writeFileSync(bad, whole.subarray(0, whole.length / 2))
  await untouched(bad, passphrase, /damaged or was cut off/)

  // without a passphrase anybody can make a file that proves whole
  const { at: madeAt, migrations } = (await headOf(seeded)).head
  const forge = (lines: Line[]) =>
    writeFileOf(bad, { at: madeAt, migrations }, undefined, async function* (sums) {
      yield* lines
      yield { kind: 'end', sums }
    })
  const rows = (table: string, ...rows: string[]): Line => ({ kind: 'rows', table, rows })
  const ours: Line = { kind: 'secret', secret }
  for (const forged of [[{ kind: 'secret', secret: 5 as never }], [ours, rows('Houses', '{}')]] satisfies Line[][])
    await t.rejects(forge(forged), { constructor: Mistake, message: /damaged or was cut off/ })
  for (const row of ['{', '{"colour":"red"}', '{"id":"x"}'])
    await untouched(
      bad,
      undefined,
      /^the backup is damaged: it holds what is no row of houses$/,
      await forge([ours, rows('houses', row)]),
    )
})

t.test('seven days, four weeks and six months are kept, whatever was made when', async () => {
  const from = DateTime.fromISO('2025-01-01T21:30:00Z', { zone: 'utc' })
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 600 * 24 }), { maxLength: 300 }), hours => {
      const names = hours.map(each => nameAt(from.plus({ hours: each })))
      const gone = superfluous([...names, 'my own.backup', 'kezdesu-x.backup'])
      const left = names.filter(name => !gone.includes(name)).sort()
      const newest = names.toSorted().at(-1)
      return (
        gone.every(name => names.includes(name)) &&
        left.length <= 17 &&
        left.at(-1) === newest &&
        superfluous(left).length === 0 &&
        left.length >=
          Math.min(7, new Set(hours.map(it => from.plus({ hours: it }).setZone('Asia/Almaty').toISODate())).size)
      )
    }),
  )
  // night after night: a year later there are those of six months, four weeks and seven days, some of them the same
  let kept: string[] = []
  for (let night = 0; night < 365; night++) {
    kept.push(nameAt(from.plus({ days: night })))
    const gone = superfluous(kept)
    kept = kept.filter(name => !gone.includes(name))
  }
  t.same(
    kept.map(name => name.slice(8, 16)),
    // by the days of Almaty one later
    [
      ...['20250830', '20250929', '20251030', '20251129', '20251213', '20251220'],
      ...['20251225', '20251226', '20251227', '20251228', '20251229', '20251230', '20251231'],
    ],
  )
})

t.test('a backup is due once a night, what was slept through is made up for, and a fault waits an hour', async t => {
  const at = (text: string) => DateTime.fromISO(text, { zone: 'Asia/Almaty' })
  const run = (text: string, fault: string | null = null) => ({ at: at(text), fault })
  const began = at('2026-11-23T12:00')
  t.equal(isDue('02:30', at('2026-11-23T23:59'), began, undefined, undefined), false)
  t.equal(isDue('02:30', at('2026-11-24T02:29'), began, undefined, undefined), false)
  t.equal(isDue('02:30', at('2026-11-24T02:30'), began, undefined, undefined), true)
  const good = run('2026-11-24T02:31')
  t.equal(isDue('02:30', at('2026-11-25T02:00'), began, good, good), false)
  t.equal(isDue('02:30', at('2026-11-27T11:00'), at('2026-11-27T10:59'), good, good), true)
  const bad = run('2026-11-27T11:00', 'no room')
  t.equal(isDue('02:30', at('2026-11-27T11:59'), began, good, bad), false)
  t.equal(isDue('02:30', at('2026-11-27T12:00'), began, good, bad), true)
  t.equal(standing(true, at('2026-11-25T12:00'), good, good), 'ok')
  t.equal(standing(true, at('2026-11-25T15:00'), good, good), 'late')
  t.equal(standing(true, at('2026-11-25T15:00'), good, bad), 'failed')
  t.equal(standing(false, at('2026-11-25T15:00'), good, good), 'off')
})
