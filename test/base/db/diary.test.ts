import { sql } from 'kysely'
import t from 'tap'
import { forgetOldMarks, keptWithDiary } from '../../../src/base/db/diary.ts'
import { server } from '../../postgres.ts'
import { ask, names } from '../../talks/situation.ts'
import { world } from '../../world.ts'
import { othersDone } from './others.ts'

for (const on of [undefined, ...(server() ? [server()] : [])])
  t.test(`what changes with every talk, on ${on ? 'PostgreSQL' : 'the embedded database'}`, async t => {
    const here = await world(t, on)
    const { db } = here
    const named = await names(here)
    let reads = 0
    const count = keptWithDiary('requests', async (database, houseId, state: 'waiting' | 'declined') => {
      reads++
      const rows = await database
        .selectFrom('requests')
        .select('number')
        .where('house_id', '=', houseId)
        .where('state', '=', state)
        .execute()
      return rows.length
    })
    const asked = async () => {
      const before = reads
      const found = await count(db, named.house, 'waiting')
      return { found, read: reads - before }
    }
    await othersDone(db)
    t.strictSame(await asked(), { found: 0, read: 1 })
    t.strictSame(await asked(), { found: 0, read: 0 }, 'nothing changed, nothing is read')
    const number = await ask(here, named)
    await othersDone(db)
    t.strictSame(await asked(), { found: 1, read: 1 }, 'a change is seen at once')
    t.strictSame(await asked(), { found: 1, read: 0 })

    await t.test('a transaction sees its own and leaves nothing behind when it fails', async t => {
      await t.rejects(
        db.transaction().execute(async trx => {
          await trx.updateTable('requests').set({ state: 'withdrawn' }).where('number', '=', number).execute()
          t.equal(await count(trx, named.house, 'waiting'), 0)
          throw new Error('no')
        }),
        { message: 'no' },
      )
      t.equal((await asked()).found, 1)
    })

    if (on)
      await t.test('what was read beside an open transaction is read again when that one is done', async t => {
        const wrote = Promise.withResolvers<void>()
        const go = Promise.withResolvers<void>()
        const open = db.transaction().execute(async trx => {
          await trx.updateTable('requests').set({ state: 'withdrawn' }).where('number', '=', number).execute()
          wrote.resolve()
          await go.promise
        })
        await wrote.promise
        // a later transaction has left its mark already when the older one is still open
        await db
          .updateTable('requests')
          .set({ heads: 41 })
          .where('number', '=', number + 1)
          .execute()
        t.equal((await asked()).found, 1)
        go.resolve()
        await open
        t.equal((await asked()).found, 0)
        await db.updateTable('requests').set({ state: 'waiting' }).where('number', '=', number).execute()
        t.equal((await asked()).found, 1)
      })

    await t.test('marks are numbers: 1000 comes after 999', async t => {
      await sql`insert into diary_marks (house_id, written) values (${named.house}, '99')`.execute(db)
      const before = (await asked()).found
      await ask(here, named)
      t.equal((await asked()).found, before + 1)
    })

    await t.test('only the newest mark of a House stays, and none of another server', async t => {
      await sql`insert into diary_marks (house_id, written) values (${named.house}, '99999999999')`.execute(db)
      await othersDone(db)
      await forgetOldMarks(db)
      const { rows } = await sql<{
        count: number
      }>`select count(*)::int as count from diary_marks where house_id = ${named.house}`.execute(db)
      t.strictSame(rows, [{ count: 1 }])
      await asked()
      t.strictSame((await asked()).read, 0)
    })
  })
