import t from 'tap'
import { allowed } from '../../src/base/limits.ts'
import { server, world } from '../world.ts'

const secret = 'a secret of the tests, 32 characters or more'
const isOk = (answer: Awaited<ReturnType<typeof allowed>>) => 'ok' in answer

t.test('a limit counts by what and by whom, and lets in again when the hour has passed', async t => {
  const { db, clock } = await world(t)
  const tries = async (key: string, count: number) => {
    const answers = []
    for (let at = 0; at < count; at++) answers.push(isOk(await allowed(db, secret, 'sign-in-address', key, clock.now)))
    return answers
  }
  t.same(await tries('a@c.kz', 5), [true, true, true, false, false])
  t.same(await tries('b@c.kz', 1), [true], 'another address has its own')
  t.ok(isOk(await allowed(db, secret, 'request-address', 'a@c.kz', clock.now)), 'and so has another thing')
  const refused = await allowed(db, secret, 'sign-in-address', 'a@c.kz', clock.now)
  const wait = 'retryAfterSeconds' in refused ? refused.retryAfterSeconds : 0
  t.ok(wait > 3600 - 601 && wait <= 4200, `told to wait for ${wait} s`)
  clock.now = clock.now.plus({ seconds: wait - 1 })
  t.same(await tries('a@c.kz', 1), [false])
  clock.now = clock.now.plus({ seconds: 1 })
  t.same(await tries('a@c.kz', 4), [true, true, true, false], 'refused tries were not counted')
  const rows = await db.selectFrom('limits').select('key').execute()
  t.ok(
    rows.every(({ key }) => /^[0-9a-f]{32}$/.test(key)),
    'no address is stored',
  )
})

t.test('addresses of one IPv6 customer count together', async t => {
  const { db, clock } = await world(t)
  for (let host = 1; host <= 10; host++)
    t.ok(isOk(await allowed(db, secret, 'sign-in-ip', `2001:db8:1:2::${host}`, clock.now)))
  t.notOk(isOk(await allowed(db, secret, 'sign-in-ip', '2001:db8:1:2:9:9:9:9', clock.now)))
  t.ok(isOk(await allowed(db, secret, 'sign-in-ip', '2001:db8:1:3::1', clock.now)))
})

const postgres = server()
t.test(
  'of a hundred tries at once exactly as many pass as may',
  { skip: postgres ? false : 'no PostgreSQL' },
  async t => {
    const { db, clock } = await world(t, postgres)
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => allowed(db, secret, 'sign-in-ip', '203.0.113.7', clock.now)),
    )
    t.equal(answers.filter(isOk).length, 10)
  },
)
