import { DateTime } from 'luxon'
import t from 'tap'
import { dropSetting, keepSetting } from '../../src/base/db/settings.ts'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { tell } from '../../src/messages/store.ts'
import { cast, monday } from '../cast.ts'
import { names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { app, db, clock } = here
clock.now = DateTime.fromISO(monday, { zone: 'utc' })
const cookies = new Map([
  [cast.coordinator, await here.signIn(cast.coordinator)],
  [cast.coordinatorOfAnotherHouse, await here.signIn(cast.coordinatorOfAnotherHouse)],
])
const inbox = async (who: 'zhaqsybek@kezdesu.example' | 'orazbaeva@kezdesu.example') =>
  (await app.inject({ url: '/app?l=en', headers: { cookie: cookies.get(who) } })).body
const line = /class="flash late[^>]*>[\s\S]*?<b>([^<]*)<\/b>/

t.test('a letter that should have left ten minutes ago stands in red on the inbox of its House', async t => {
  await transact(db, trx =>
    tell(trx, sleeping, clock.now, [
      {
        houseId: named.house,
        kind: 'account-added',
        cause: 'test:1',
        version: 1,
        recipient: `account:${named.actor.accountId}`,
        address: cast.coordinator,
        language: 'ru',
        dueAt: clock.now,
        accountId: named.actor.accountId,
      },
    ]),
  )
  t.notMatch(await inbox(cast.coordinator), line)
  clock.now = clock.now.plus({ minutes: 10, seconds: 1 })
  t.equal(line.exec(await inbox(cast.coordinator))?.[1], 'Oldest letter in the queue, minutes: 10')
  t.notMatch(await inbox(cast.coordinatorOfAnotherHouse), line)
  await db.updateTable('messages').set({ state: 'waiting', reason: 'quiet' }).execute()
  t.notMatch(await inbox(cast.coordinator), line, 'who is asleep keeps nobody waiting')
  await db.updateTable('messages').set({ state: 'sending', reason: null }).execute()
  t.match(await inbox(cast.coordinator), line, 'a worker that died has not sent it')
  await here.deliver()
  await db.updateTable('messages').set({ state: 'sent', sent_at: clock.now }).execute()
  t.notMatch(await inbox(cast.coordinator), line)
})

t.test('mail on hold is said, too, and the operator reads both', async t => {
  const ready = async () => (await app.inject('/readyz')).json()
  t.match(await ready(), { mail: 'ok', database: 'ok' })
  await keepSetting(db, 'mail_hold', '1')
  t.equal(line.exec(await inbox(cast.coordinator))?.[1], 'Mail is on hold: the data were restored from a backup.')
  t.match(await ready(), { mail: 'on hold' })
  await dropSetting(db, 'mail_hold')
  await db
    .updateTable('messages')
    .set({ state: 'waiting', sent_at: null, due_at: DateTime.utc().minus({ minutes: 11 }) })
    .execute()
  t.match(await ready(), { mail: 'late' })
  const outside = await app.inject({ url: '/readyz', remoteAddress: '203.0.113.5' })
  t.same([outside.statusCode, outside.body], [200, 'ok\n'], 'strangers read no details')
})
