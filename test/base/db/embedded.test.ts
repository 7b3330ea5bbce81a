import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { codeOf } from '../../../src/base/db/errors.ts'
import { openLiteApart } from '../../../src/base/db/lite.ts'
import { type Database, openDatabase } from '../../../src/base/db/open.ts'

t.test('the embedded database in memory speaks as a server does', async t =>
  speaksAsAServer(t, await openDatabase({ memory: true })),
)

t.test('so does one in a folder, in a thread of its own', async t => {
  const folder = t.testdir()
  await speaksAsAServer(t, await openDatabase({ folder }))
})

t.test('a thread that ended leaves no question waiting', async t => {
  const folder = t.testdir({ postgres: 'not a folder' })
  await t.rejects(openLiteApart(folder), 'it says so when it does not come up')

  const lite = await openLiteApart(t.testdir())
  await lite.close()
  await lite.close()
  await t.rejects(lite.ask(new Uint8Array([0x53, 0, 0, 0, 4])), 'it says so when it is gone')
})

async function speaksAsAServer(t: Test, { db, close }: Database): Promise<void> {
  t.teardown(close)
  await sql`create table notes (id int primary key, text text not null, constraint a_note_says_something check (text <> ''))`.execute(
    db,
  )
  const put = (id: number, text: string) => sql`insert into notes values (${id}, ${text})`.execute(db)
  const count = async () => (await sql<{ count: number }>`select count(*) from notes`.execute(db)).rows[0]?.count

  // the third time the plan is one that was kept
  for (let id = 1; id <= 4; id++) await put(id, `note ${id}`)
  t.equal(await count(), 4)

  for (let again = 0; again < 3; again++)
    t.match(await put(5, '').catch(error => error), { code: '23514', constraint: 'a_note_says_something' })
  t.equal(await count(), 4, 'goes on after an error')

  const long = 'ә'.repeat(3_000_000)
  await put(6, long)
  const { rows } = await sql<{ text: string }>`select text from notes where id = 6`.execute(db)
  t.ok(rows[0]?.text === long, 'six megabytes there and back')

  const failed = await db
    .transaction()
    .execute(async trx => {
      await sql`insert into notes values (7, 'lost')`.execute(trx)
      await sql`insert into notes values (1, 'twice')`.execute(trx)
    })
    .catch(error => error)
  t.equal(codeOf(failed), '23505')
  t.equal(await count(), 5, 'all or nothing')

  const both = await Promise.all([
    db.transaction().execute(async trx => {
      await sql`insert into notes values (8, 'one')`.execute(trx)
      await sql`select pg_sleep(0.05)`.execute(trx)
      return (await sql<{ count: number }>`select count(*) from notes`.execute(trx)).rows[0]?.count
    }),
    count(),
  ])
  t.strictSame(both, [6, 6], 'who comes during a transaction waits for its end')
}
