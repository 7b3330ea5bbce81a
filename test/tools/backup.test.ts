import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t from 'tap'
import { migrate } from '../../src/base/db/migrate.ts'
import { databaseNow } from '../../src/base/db/moment.ts'
import { type Db, openDatabase } from '../../src/base/db/open.ts'
import { settingOf } from '../../src/base/db/settings.ts'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { listMailer, type Mail } from '../../src/base/mail.ts'
import { makers } from '../../src/letters.ts'
import { deliver, deliverDue } from '../../src/messages/actions.ts'
import { releaseMail } from '../../src/messages/ledger-actions.ts'
import { tell } from '../../src/messages/store.ts'
import { backup } from '../../src/tools/backup.ts'
import { tablesInOrder } from '../../src/tools/dump/contents.ts'
import { headOf, restore } from '../../src/tools/restore.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { monday } from '../cast.ts'
import { freshDatabase } from '../database.ts'
import { server } from '../postgres.ts'
import { booked } from '../talks/booked.ts'

const secret = 'a secret of the tests, 32 characters or more'
const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-backup-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))
const file = path.join(folder, 'house.gz')

const empty = async (db: Db) => {
  for (const table of (await tablesInOrder(db)).toReversed()) await sql`delete from ${sql.table(table)}`.execute(db)
}
const sums = async (db: Db) => {
  const found: Record<string, unknown> = {}
  for (const table of await tablesInOrder(db)) {
    if (table === 'messages' || table === 'settings') continue
    const { rows } =
      await sql`select count(*) as count, md5(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text)) as sum from ${sql.table(table)} t`.execute(
        db,
      )
    found[table] = rows[0]
  }
  return found
}

t.test('a backup holds every row, and both databases take it back unchanged', async t => {
  const { db, close } = await openDatabase({ memory: true })
  await migrate(db)
  await seedDemonstration(db, {
    size: 'small',
    seed: 3,
    now: DateTime.fromISO(monday, { zone: 'utc' }),
    secret,
    say: () => {},
  })
  const before = await sums(db)
  const rows = await backup(db, file, secret)
  await close()
  t.equal(statSync(file).mode & 0o777, 0o600)
  t.equal((await headOf(file)).secret, secret)

  for (const on of [undefined, server()].slice(0, server() ? 2 : 1))
    await t.test(`into ${on ? 'PostgreSQL' : 'the embedded database'}`, async t => {
      const into = await freshDatabase(on)
      t.teardown(into.close)
      await t.rejects(restore(into.db, file), { message: /has Houses already/ })
      await empty(into.db)
      t.equal(await restore(into.db, file), rows)
      t.same(await sums(into.db), before)
      t.equal(await settingOf(into.db, 'mail_hold'), 'restored')
      const states = await into.db
        .selectFrom('messages')
        .select(['state', eb => eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .orderBy('state')
        .execute()
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
      t.equal(next.id, Number((before['changes'] as { count: number }).count) + 1)
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
  await backup(first.db, file, secret)
  await first.db.updateTable('messages').set({ state: 'waiting' }).where('recipient', '=', 'contact:2').execute()
  await deliverDue(postOf(first.db, databaseNow))
  await first.close()
  const before = mails.splice(0).map(mail => mail.messageId)
  t.equal(before.length, 3)

  const into = await freshDatabase()
  t.teardown(into.close)
  await empty(into.db)
  await restore(into.db, file)
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

t.test('what is no backup is refused in one line', async t => {
  await t.rejects(headOf(import.meta.filename), { message: /is no backup or is damaged/ })
})
