import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t from 'tap'
import { migrate } from '../../src/base/db/migrate.ts'
import { type Db, openDatabase } from '../../src/base/db/open.ts'
import { settingOf } from '../../src/base/db/settings.ts'
import { backup } from '../../src/tools/backup.ts'
import { tablesInOrder } from '../../src/tools/dump/contents.ts'
import { headOf, restore } from '../../src/tools/restore.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { monday } from '../cast.ts'
import { freshDatabase } from '../database.ts'
import { server } from '../postgres.ts'

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

t.test('what is no backup is refused in one line', async t => {
  await t.rejects(headOf(import.meta.filename), { message: /is no backup or is damaged/ })
})
