import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { brokenConstraint, codeOf } from '../../../src/base/db/errors.ts'
import type { Database, Db } from '../../../src/base/db/open.ts'
import { type Trx, transact } from '../../../src/base/db/transact.ts'
import { openJobs } from '../../../src/base/jobs.ts'
import { freshDatabase } from '../../database.ts'
import { server } from '../../postgres.ts'

const now = DateTime.fromISO('2026-11-23T08:45:00+05:00', { zone: 'utc' })
const add = (db: Db | Trx, key: string) => db.insertInto('limits').values({ key, starts_at: now, count: 1 }).execute()
const keys = async (db: Db) =>
  (await db.selectFrom('limits').select('key').orderBy('key').execute()).map(row => row.key)

for (const on of [undefined, server()].slice(0, server() ? 2 : 1))
  t.test(on ? 'on PostgreSQL' : 'on the embedded database', async t => {
    const database = await freshDatabase(on)
    t.teardown(database.close)
    await transactions(t, database)
  })

async function transactions(t: Test, database: Database): Promise<void> {
  const { db } = database

  await t.test('all of it stands, or none of it', async t => {
    await transact(db, async trx => {
      await add(trx, 'a')
      await add(trx, 'b')
    })
    const broken = await transact(db, async trx => {
      await add(trx, 'c')
      await add(trx, 'a')
    }).catch(error => error)
    t.equal(brokenConstraint(broken), 'limits_pkey')
    t.same(await keys(db), ['a', 'b'])
  })

  await t.test(
    'a query, a transaction or a job that goes past the transaction is an error, not a wait for ever',
    async t => {
      const queue = await openJobs(database, error => t.comment(error.message))
      const slips: ((trx: Trx) => Promise<unknown>)[] = [
        () => db.selectFrom('limits').select('key').execute(),
        () => sql`select 1`.execute(db),
        () => transact(db, async () => 1),
        ...(database.embedded ? [() => queue.wake()] : []),
      ]
      for (const slip of slips)
        await t.rejects(transact(db, slip), { message: /inside a transaction does not go through it/ })
      await transact(db, trx => queue.deliver(trx, '0196f8a4-7c6e-4c1b-9d39-0b1f1d0f6a11'))
      await queue.stop()
    },
  )

  await t.test('what runs after the transaction may use the outer handle again', async t => {
    await transact(db, trx => add(trx, 'd'))
    t.same(await keys(db), ['a', 'b', 'd'])
  })

  await t.test('a job is there with its transaction and is not without it', async t => {
    const queue = await openJobs(database, error => t.comment(error.message))
    const jobs = async () =>
      (
        await sql<{
          id: string
        }>`select data->>'messageId' as id from pgboss.job where name = 'messages' order by 1`.execute(db)
      ).rows.map(row => row.id)
    const before = await jobs()
    const undone = transact(db, async trx => {
      await queue.deliver(trx, '00000000-0000-4000-8000-000000000001')
      throw new Error('thought better of it')
    })
    await t.rejects(undone, { message: 'thought better of it' })
    t.same(await jobs(), before)
    await transact(db, trx => queue.deliver(trx, '00000000-0000-4000-8000-000000000002'))
    t.same(await jobs(), ['00000000-0000-4000-8000-000000000002', ...before].sort())
    await queue.stop()
  })

  await t.test('a serialization failure runs the whole work again, at most three times', async t => {
    let runs = 0
    const third = await transact(db, async trx => {
      runs++
      if (runs < 3) await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(trx)
      return runs
    })
    t.equal(third, 3)
    runs = 0
    const error = await transact(db, async trx => {
      runs++
      await sql`do $$ begin raise exception 'again' using errcode = '40P01'; end $$`.execute(trx)
    }).catch(error => error)
    t.same([codeOf(error), runs], ['40P01', 3])
  })
}
