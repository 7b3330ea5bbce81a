import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { type Form, transactOnce } from '../../../src/base/db/once.ts'
import type { Db } from '../../../src/base/db/open.ts'
import type { Trx } from '../../../src/base/db/transact.ts'
import { freshDatabase } from '../../database.ts'
import { server } from '../../postgres.ts'

const now = DateTime.fromISO('2026-11-23T08:45:00+05:00', { zone: 'utc' })
const form: Form = {
  key: 'a-key-of-one-page',
  url: '/kk/request/contact',
  by: '127.0.0.1',
  body: { topic: 'family' },
  now,
}
const count = async (db: Db) => (await db.selectFrom('limits').select('key').execute()).length
let serial = 0
const done = (trx: Trx) => {
  const key = `row ${serial++}`
  return trx
    .insertInto('limits')
    .values({ key, starts_at: now, count: 1 })
    .execute()
    .then(() => ({ location: `/done/${key}` }))
}

for (const on of [undefined, server()].slice(0, server() ? 2 : 1))
  t.test(on ? 'on PostgreSQL' : 'on the embedded database', async t => {
    const { db, close } = await freshDatabase(on)
    t.teardown(close)
    serial = 0
    await forms(t, db)
  })

async function forms(t: Test, db: Db): Promise<void> {
  await t.test('a form sent twice is done once and answered alike', async t => {
    const first = await transactOnce(db, form, done)
    t.same(first, { location: '/done/row 0' })
    t.same(await transactOnce(db, form, done), first)
    t.equal(await count(db), 1)
  })

  await t.test('the same key on another page, from another person or with other answers is another form', async t => {
    await transactOnce(db, { ...form, url: '/kk/request/check' }, done)
    await transactOnce(db, { ...form, by: '127.0.0.2' }, done)
    await transactOnce(db, { ...form, body: { topic: 'law' } }, done)
    t.equal(await count(db), 4)
  })

  await t.test('a form without a key is done each time', async t => {
    await transactOnce(db, { ...form, key: undefined }, done)
    await transactOnce(db, { ...form, key: undefined }, done)
    t.equal(await count(db), 6)
  })

  await t.test('a refused form leaves nothing behind and may be sent again', async t => {
    const refused = await transactOnce(db, { ...form, key: 'b' }, async trx => {
      await done(trx)
      return { refused: 'too-late' as const }
    })
    t.same(refused, { refused: 'too-late' })
    t.equal(await count(db), 6)
    t.match(await transactOnce(db, { ...form, key: 'b' }, done), { location: /^\/done\// })
    t.equal(await count(db), 7)
  })

  await t.test('of twenty at once one is done and all get its answer', async t => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => transactOnce(db, { ...form, key: 'c' }, done)))
    t.equal(new Set(answers.map(answer => JSON.stringify(answer))).size, 1)
    t.equal(await count(db), 8)
  })
}
