import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { publish } from '../../src/calendars/publish.ts'
import { deskOf } from '../../src/calendars/texts.ts'
import { lockPair, moveAll } from '../../src/hosts/edit-store.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { server, type TestWorld, world } from '../world.ts'
import { feedPath } from './feed-path.ts'

const here = await world(t)
const fault = (error: unknown) => {
  throw error
}
const named = await names(here)
const { app, db } = here
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const windows = [{ from: '2026-11-24', to: '2026-11-27' }]
const openTalk = async (it: TestWorld, number: number, startsAt: string, speaker: string) => {
  const talk = await bookedTalk(it, await names(it), number, startsAt, [speaker])
  await it.db.updateTable('talks').set({ public: true }).where('id', '=', talk).execute()
  return talk
}
const group = await db
  .selectFrom('group_members')
  .innerJoin('groups', 'groups.id', 'group_id')
  .select('group_id')
  .where('house_id', '=', named.house)
  .where('speaker_id', '=', named.speaker('baizhan'))
  .executeTakeFirstOrThrow()
const owner = { kind: 'group' as const, houseId: named.house, ownerId: group.group_id }

t.test('who comes into a group changes its feed for readers that go by the date alone', async t => {
  const stopped = here.clock.now
  t.teardown(() => {
    here.clock.now = stopped
  })
  here.clock.now = DateTime.utc()
  // marked last days ago: its date is that of the last midnight
  const feed = await feedPath(db, app.config.secret, owner, here.clock.now.minus({ days: 3 }))
  const since = String((await get(feed)).headers['last-modified'])
  t.equal((await get(feed, { 'if-modified-since': since })).statusCode, 304)
  const [stranger = ''] = (
    await db
      .selectFrom('speakers')
      .select('id')
      .where('house_id', '=', named.house)
      .where('id', 'not in', db.selectFrom('group_members').select('speaker_id').where('group_id', '=', group.group_id))
      .limit(1)
      .execute()
  ).map(({ id }) => id)
  await db.insertInto('group_members').values({ group_id: group.group_id, speaker_id: stranger }).execute()
  t.equal((await get(feed, { 'if-modified-since': since })).statusCode, 200)
})

t.test('a closed talk leaves the feed of a group whose member declined, and shows no way in before', async t => {
  const feed = await feedPath(db, app.config.secret, owner, here.clock.now)
  const number = await ask(here, named, { host: 'school-912', mode: 'online', windows })
  const talk = await bookedTalk(here, named, number, '2026-11-25T10:20', ['baizhan'])
  await db.updateTable('hosts').set({ kind: 'custody' }).where('id', '=', named.host('school-912')).execute()
  await db.updateTable('talks').set({ link: 'https://meet.example/room' }).where('id', '=', talk).execute()
  const before = await get(feed)
  t.match(before.body, talk)
  t.notMatch(before.body, 'CONFERENCE')
  const own = { kind: 'speaker' as const, houseId: named.house, ownerId: named.speaker('baizhan') }
  t.match((await get(await feedPath(db, app.config.secret, own, here.clock.now))).body, 'CONFERENCE')
  await db
    .updateTable('assignments')
    .set({ state: 'declined', answered_at: here.clock.now, ended_at: here.clock.now })
    .where('talk_id', '=', talk)
    .execute()
  const after = await get(feed, { 'if-none-match': String(before.headers.etag) })
  t.equal(after.statusCode, 200)
  t.notMatch(after.body, talk)
})

t.test('after two entries of one host became one, its feed has the talks of both though they read alike', async t => {
  const [stays, goes] = [named.host('school-907'), named.host('school-908')]
  await sql`update hosts a set (name_kk, name_ru, name_en, district, address_kk, address_ru, lat, lon) =
    (select name_kk, name_ru, name_en, district, address_kk, address_ru, lat, lon from hosts where id = ${stays}) where id = ${goes}`.execute(
    db,
  )
  const talk = await openTalk(
    here,
    await ask(here, named, { host: 'school-908', windows }),
    '2026-11-26T10:20',
    'zhunisov',
  )
  const feed = await feedPath(
    db,
    app.config.secret,
    { kind: 'host', houseId: named.house, ownerId: stays },
    here.clock.now,
  )
  t.notMatch((await get(feed)).body, talk)
  await transact(db, trx => moveAll(trx, goes, stays, 'one'))
  t.match((await get(feed)).body, talk)
})

const postgres = server()
if (postgres)
  t.test('with two processes', async t => {
    const two = await world(t, postgres)
    const desk = deskOf(two.app.config)
    const { house } = await names(two)
    const now = two.clock.now
    const public_ = async () => (await two.app.inject('/public/almaty.ics')).body

    const waiting = async (count: number) => {
      for (;;) {
        const { rows } = await sql<{ count: number }>`
          select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(two.db)
        if (rows[0]?.count === count) return
      }
    }

    await t.test('what one wrote of a moment ago goes with what the other knows now', async t => {
      const number = await ask(two, await names(two), { windows })
      const talk = await openTalk(two, number, '2026-11-26T10:20', 'baizhan')
      await publish(two.db, desk, house, now, fault)
      await two.db.updateTable('talks').set({ public: false }).where('id', '=', talk).execute()
      await publish(two.db, desk, house, now, fault)
      await two.db.updateTable('talks').set({ public: true }).where('id', '=', talk).execute()
      const lock = sql`select from talk_calendars where talk_id = ${talk} for update`
      const later: Promise<unknown>[] = []
      const second = Promise.withResolvers<void>()
      await two.db.transaction().execute(async first => {
        await lock.execute(first)
        later.push(
          two.db.transaction().execute(async trx => {
            await lock.execute(trx)
            await second.promise
          }),
        )
        await waiting(1)
        // knows that the talk is open
        later.push(publish(two.db, desk, house, now, fault))
        await waiting(2)
        await first.updateTable('talks').set({ public: false }).where('id', '=', talk).execute()
      })
      // knows that it is open no longer
      later.push(publish(two.db, desk, house, now, fault))
      await waiting(2)
      second.resolve()
      await Promise.all(later)
      t.notMatch(await public_(), talk)
    })

    await t.test('texts are written while somebody makes two hosts one', async t => {
      const it = await names(two)
      const number = await ask(two, it, { host: 'school-912', windows })
      const talk = await openTalk(two, number, '2026-11-27T10:20', 'zhunisov')
      await two.db.transaction().execute(async trx => {
        await lockPair(trx, house, it.host('school-912'), it.host('school-913'))
        t.match(await public_(), talk)
      })
    })

    await t.test('a change of names marks talks in the order in which texts are written', async t => {
      const it = await names(two)
      const wide = [{ from: '2026-12-01', to: '2026-12-10' }]
      for (const [at, day] of ['01', '02', '03', '04', '08', '09', '10'].entries()) {
        const host = at % 2 ? 'school-912' : 'school-907'
        const number = await ask(two, it, { host, mode: 'online', windows: wide })
        await bookedTalk(two, it, number, `2026-12-${day}T10:20`, [['bekuly', 'baizhan', 'zhunisov'][at % 3] ?? ''])
      }
      await publish(two.db, desk, house, now, fault)
      const rows = (which: 'first' | 'others') => sql`
        select from talk_calendars where (talk_id = (select min(talk_id::text) from talk_calendars)::uuid) = ${which === 'first'} for update nowait`
      let renamed: Promise<unknown> | undefined
      await two.db.transaction().execute(async trx => {
        await rows('first').execute(trx)
        renamed = two.db.updateTable('houses').set({ name_kk: 'Үй' }).where('id', '=', house).execute()
        await waiting(1)
        await t.resolves(rows('others').execute(trx), 'whoever waits for the first has none of the others')
      })
      await renamed
    })
  })
