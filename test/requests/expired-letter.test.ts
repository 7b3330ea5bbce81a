import { DateTime } from 'luxon'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { planDigests } from '../../src/reminders/digest-actions.ts'
import { expire } from '../../src/requests/expiry-actions.ts'
import { cast } from '../cast.ts'
import { ask, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, mails } = here
const almaty = (text: string) => DateTime.fromISO(`${text}+05:00`, { zone: 'utc' })
const wanted = { windows: [{ from: '2026-11-24', to: '2026-11-25' }], latest: '2026-11-30' }

const [told, silent, unconfirmed] = [
  await ask(here, named, wanted),
  await ask(here, named, { ...wanted, email: null }),
  await ask(here, named, { ...wanted, state: 'unconfirmed' }),
]
const written = () =>
  db
    .selectFrom('messages')
    .innerJoin('requests', 'requests.id', 'messages.request_id')
    .select(['requests.number', 'channel', 'address', 'due_at'])
    .where('kind', '=', 'request-expired')
    .orderBy('number')
    .execute()

t.test(
  'whose request ended by itself is told, once and not at night; who never confirmed or left no address is not',
  async t => {
    clock.now = almaty('2026-12-01T00:10')
    t.equal(await expire(db, sleeping, clock.now), 3)
    t.equal(await expire(db, sleeping, clock.now), 0)
    const rows = await written()
    t.same(
      rows.map(({ number, address }) => [number, address]),
      [[told, 'school@kezdesu.example']],
      `and not ${silent} or ${unconfirmed}`,
    )
    t.equal(rows[0]?.due_at.toMillis(), almaty('2026-12-01T07:00').toMillis())
    await here.deliver()
    t.same(mails, [])
    clock.now = almaty('2026-12-01T07:01')
    await here.deliver()
    t.same(
      mails.map(({ kind, subject }) => [kind, subject]),
      [['request-expired', `Өтінімнің мерзімі өтті: № ${told}`]],
    )
    t.match(mails[0]?.text, /Құрметті Сәуле Мұхтарқызы![\s\S]*Кешіріңіз[\s\S]*Уважаемые|Просим прощения/)
    t.match(mails[0]?.text, '/r/')
    t.match(mails[0]?.html, 'Просим прощения')
  },
)

t.test('who has short messages alone gets one', async t => {
  await db
    .insertInto('gateways')
    .values({ house_id: named.house, sealed_address: 'x', nonce: 'n', kept_at: clock.now, secret_at: clock.now })
    .execute()
  await db.updateTable('contacts').set({ channel: 'webhook' }).where('email', 'is', null).execute()
  const number = await ask(here, named, { ...wanted, email: null })
  await db.updateTable('contacts').set({ channel: 'webhook' }).where('email', 'is', null).execute()
  t.equal(await expire(db, sleeping, clock.now), 1)
  t.same(
    (await written()).filter(row => row.number === number).map(({ channel, address }) => [channel, address]),
    [['webhook', '+77010000031']],
  )
})

t.test(
  'the coordinators read in the morning how many requests expired, without those that nobody confirmed',
  async t => {
    mails.length = 0
    clock.now = almaty('2026-12-01T07:31')
    await planDigests(db, sleeping, clock.now)
    await here.deliver()
    const mine = mails.find(mail => mail.kind === 'digest-day' && mail.to.address === cast.coordinator)
    t.match(mine?.text, /Заявки, срок которых истёк за сутки: 3\n\S+state=expired\n/)
    t.match(mine?.html, '/app/requests?state=expired')
  },
)
