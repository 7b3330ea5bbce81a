import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { expire } from '../../src/requests/expiry-actions.ts'
import { world } from '../world.ts'

t.test('a request ends when nobody can fulfil it any more, and not before', async t => {
  const { db, clock } = await world(t)
  const house = await db.selectFrom('houses').select('id').where('slug', '=', 'almaty').executeTakeFirstOrThrow()
  const host = await db
    .selectFrom('hosts')
    .select('id')
    .where('house_id', '=', house.id)
    .limit(1)
    .executeTakeFirstOrThrow()
  const topic = await db
    .selectFrom('topics')
    .select('id')
    .where('house_id', '=', house.id)
    .limit(1)
    .executeTakeFirstOrThrow()
  const ask = async (
    number: number,
    state: 'waiting' | 'unconfirmed' | 'booked',
    latest: string | null,
    lastWish: string,
    daysAgo: number,
  ) => {
    const { id } = await db
      .insertInto('requests')
      .values({
        house_id: house.id,
        number,
        host_id: host.id,
        topic_id: topic.id,
        audience: 'pupils',
        heads: 25,
        state,
        source: 'form',
        language: 'kk',
        nonce: `n${number}`,
        token_hash: `h${number}`,
        asked_at: clock.now.minus({ days: daysAgo }),
        latest_on: latest,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('request_windows')
      .values({
        request_id: id,
        position: 1,
        from_on: '2026-11-02',
        to_on: lastWish,
        from_time: '09:00',
        to_time: '12:00',
      })
      .execute()
  }
  await ask(9001, 'waiting', '2026-11-22', '2026-11-20', 20)
  await ask(9002, 'waiting', '2026-11-23', '2026-11-02', 20)
  await ask(9003, 'waiting', null, '2026-11-08', 20)
  await ask(9004, 'waiting', null, '2026-11-09', 20)
  await ask(9005, 'unconfirmed', null, '2026-12-09', 4)
  await ask(9006, 'unconfirmed', null, '2026-12-09', 2)
  await ask(9007, 'booked', '2026-11-02', '2026-11-02', 20)

  t.equal(await expire(db, sleeping, clock.now), 3)
  t.equal(await expire(db, sleeping, clock.now), 0, 'once')
  const ended = await db
    .selectFrom('requests')
    .select('number')
    .where('state', '=', 'expired')
    .orderBy('number')
    .execute()
  t.same(
    ended.map(row => row.number),
    [9001, 9003, 9005],
  )
})
