import { sql } from 'kysely'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { followWishes } from '../../src/talks/wish-actions.ts'
import { server, world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

const postgres = server()
if (!postgres) t.plan(0, 'no PostgreSQL here')
else {
  const here = await world(t, postgres)
  const named = await names(here)
  const { db, clock } = here
  const id = named.speaker('zhunisov')
  const follow = () =>
    followWishes(db, sleeping, clock.now, error => {
      throw error
    })

  t.test('a wish that is being stored while a worker follows the one before is followed, too', async t => {
    const number = await ask(here, named, { windows: [{ from: '2026-11-24', to: '2026-12-23' }] })
    const talkId = await bookedTalk(here, named, number, '2026-12-10T10:20', ['zhunisov'])
    await db.updateTable('speakers').set({ reminder_hours: 3 }).where('id', '=', id).execute()
    const second = await db.startTransaction().execute()
    await second.updateTable('speakers').set({ reminder_hours: 1 }).where('id', '=', id).execute()
    let over = false
    const following = follow().finally(() => {
      over = true
    })
    const waits = sql<{ n: number }>`select count(*)::int as n from pg_locks l
      join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`
    while (!over && (await waits.execute(db)).rows[0]?.n === 0);
    await second.commit().execute()
    await following
    await follow()
    const { due_at } = await db
      .selectFrom('messages')
      .select('due_at')
      .where('talk_id', '=', talkId)
      .where('kind', '=', 'reminder-hours')
      .where('recipient', '=', `speaker:${id}`)
      .executeTakeFirstOrThrow()
    t.equal(due_at.setZone('Asia/Almaty').toFormat('dd.MM HH:mm'), '10.12 09:20')
    t.same(await db.selectFrom('wish_marks').selectAll().execute(), [])
  })
}
