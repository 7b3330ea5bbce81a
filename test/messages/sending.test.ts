import { setTimeout as pause } from 'node:timers/promises'
import { DateTime } from 'luxon'
import t from 'tap'
import { openDatabase } from '../../src/base/db/open.ts'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { listMailer, type Mail } from '../../src/base/mail.ts'
import { deliver, deliverDue } from '../../src/messages/actions.ts'
import { keepClaims } from '../../src/messages/delivery-store.ts'
import { startPostman, TakenOver } from '../../src/messages/postman.ts'
import type { NewMessage } from '../../src/messages/rules.ts'
import { tell } from '../../src/messages/store.ts'
import { type Asked, sortOut } from '../../src/messages/take-rules.ts'
import { cast, monday } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { server, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, mails } = here
const start = DateTime.fromISO(monday, { zone: 'utc' })
const account = `account:${named.actor.accountId}`

const added = (n: number, given: Partial<NewMessage> = {}): NewMessage => ({
  houseId: named.house,
  kind: 'account-added',
  cause: `test:${n}`,
  version: 1,
  recipient: `test:${n}`,
  address: `reader${n}@kezdesu.example`,
  language: 'kk',
  dueAt: clock.now,
  accountId: named.actor.accountId,
  ...given,
})
const told = (messages: NewMessage[]) => transact(db, trx => tell(trx, sleeping, clock.now, messages))
const states = async () =>
  (await db.selectFrom('messages').select(['cause', 'state', 'attempt']).orderBy('cause').execute()).map(
    it => `${it.cause} ${it.state} ${it.attempt}`,
  )

t.beforeEach(() => {
  clock.now = start
  mails.length = 0
})
t.afterEach(async () => {
  await db.deleteFrom('messages').execute()
})

t.test('a reminder goes where its reader can be reached when it leaves', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
  await here.deliver()
  mails.length = 0
  const speaker = named.speaker('zhunisov')
  await db.updateTable('speakers').set({ email: 'corrected@kezdesu.example' }).where('id', '=', speaker).execute()
  clock.now = start.set({ day: 25, hour: 13, minute: 0 })
  await here.deliver()
  t.ok(mails.some(mail => mail.kind === 'reminder-day' && mail.to.address === 'corrected@kezdesu.example'))
  const row = await db
    .selectFrom('messages')
    .select(['address', 'state'])
    .where('talk_id', '=', talk)
    .where('kind', '=', 'reminder-day')
    .where('recipient', '=', `speaker:${speaker}`)
    .executeTakeFirstOrThrow()
  t.same(row, { address: 'corrected@kezdesu.example', state: 'sent' })
})

t.test('the limit counts letters to the address of today, by whatever address they were planned', async t => {
  await told(Array.from({ length: 20 }, (_, n) => added(n, { recipient: account, address: 'old@kezdesu.example' })))
  await here.deliver()
  await told(
    Array.from({ length: 12 }, (_, n) => added(20 + n, { recipient: account, address: 'new@kezdesu.example' })),
  )
  await here.deliver()
  t.equal(mails.length, 30)
  t.same(new Set(mails.map(mail => mail.to.address)), new Set([cast.coordinator]))
  t.equal((await states()).filter(it => it.includes('held')).length, 2)
})

t.test('who has no address any more is told nothing', async t => {
  const contact = await db.selectFrom('contacts').select(['id', 'email']).executeTakeFirstOrThrow()
  await db.updateTable('contacts').set({ email: null }).where('id', '=', contact.id).execute()
  await told([added(1, { recipient: `contact:${contact.id}` })])
  await here.deliver()
  await db.updateTable('contacts').set({ email: contact.email }).where('id', '=', contact.id).execute()
  t.same(await db.selectFrom('messages').select(['state', 'reason']).execute(), [
    { state: 'superseded', reason: 'gone' },
  ])
})

t.test(
  'a hanging letter holds up nobody but itself, and what waited too long behind four of them is judged anew',
  async t => {
    await told(Array.from({ length: 12 }, (_, n) => added(n)))
    const hanging = Promise.withResolvers<void>()
    const sent: string[] = []
    let hang = 4
    const faults: unknown[] = []
    const post = {
      ...here.post,
      onFault: (error: unknown) => faults.push(error),
      mailer: {
        send: async (mail: Mail) => {
          if (hang-- > 0) await hanging.promise
          sent.push(mail.messageId)
          return { sent: '250' }
        },
        close: () => {},
      },
    }
    const postman = startPostman(post)
    await postman.wake()
    await pause(3500)
    t.same(sent, [])
    hanging.resolve()
    await postman.idle()
    while ((await states()).some(it => !it.includes('sent'))) await pause(50)
    await postman.stop()
    t.equal(new Set(sent).size, 12)
    t.equal(sent.length, 12)
    t.same(
      (await states()).map(it => it.split(' ').at(-1)),
      Array.from({ length: 12 }, () => '1'),
      'an hour in our own hands is no attempt',
    )
    t.same(faults, [])
  },
)

t.test('a worker that lives keeps its letter; of one that died it is free after half a minute', async t => {
  await told([added(1)])
  const [{ id } = { id: '' }] = await db.selectFrom('messages').select('id').execute()
  const faults: unknown[] = []
  let inside: string[] = []
  const post = {
    ...here.post,
    onFault: (error: unknown) => faults.push(error),
    mailer: {
      send: async () => {
        const { claim } = await db.selectFrom('messages').select('claim').executeTakeFirstOrThrow()
        clock.now = start.plus({ seconds: 29 })
        await keepClaims(db, [{ id, claim: claim ?? '' }], clock.now.plus({ seconds: 30 }))
        clock.now = start.plus({ seconds: 40 })
        inside = [await deliver(here.post, id, 'early')]
        clock.now = start.plus({ seconds: 60 })
        inside.push(await deliver(here.post, id, 'late'))
        return { sent: '250' }
      },
      close: () => {},
    },
  }
  const postman = startPostman(post)
  await postman.wake()
  await postman.idle()
  await postman.stop()
  t.same(inside, ['left', 'sent'])
  t.same(
    faults.map(it => it instanceof TakenOver && it.letters),
    [[id]],
    'whose note came too late says so',
  )
})

t.test('a look that failed is over, and the next one sends what waits', async t => {
  await told([added(1)])
  const faults: string[] = []
  let away = true
  const postman = startPostman({
    ...here.post,
    now: async db => {
      if (away) throw new Error('the database is away')
      return here.post.now(db)
    },
    onFault: error => faults.push(String(error)),
  })
  // a sweep that waited for ever would never sweep again
  await Promise.all([postman.wake(), postman.wake()])
  t.same(faults, ['Error: the database is away'])
  away = false
  await postman.wake()
  await postman.idle()
  await postman.stop()
  t.same(await states(), ['test:1 sent 1'])
})

t.test('a postman that is stopped gives back what it has not begun, and takes nothing more', async t => {
  // more than it takes at once: it waits for room when it is stopped
  await told(Array.from({ length: 90 }, (_, n) => added(n)))
  let begun = 0
  const postman = startPostman({
    ...here.post,
    mailer: {
      send: async () => {
        begun++
        await pause(300)
        return { sent: '250' }
      },
      close: () => {},
    },
  })
  void postman.wake()
  while ((await states()).filter(it => it.includes('sending')).length < 64) await pause(5)
  await postman.stop()
  const now = await states()
  t.equal(now.filter(it => it.includes('sent 1')).length, begun)
  t.equal(now.filter(it => it.includes('waiting 0')).length, 90 - begun)
})

t.test(
  'letters go on while a note waits, and no more of them than may come twice',
  { skip: server() ? false : 'needs a PostgreSQL' },
  async t => {
    const there = await world(t, server())
    const its = await names(there)
    const other = await openDatabase({ url: there.url ?? '' })
    t.teardown(other.close)
    const tellSome = (from: number, to: number) =>
      transact(there.db, trx =>
        tell(
          trx,
          sleeping,
          start,
          Array.from({ length: to - from }, (_, n) =>
            added(from + n, { houseId: its.house, accountId: its.actor.accountId }),
          ),
        ),
      )
    const [free, locked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let held: Promise<unknown> | undefined
    const sent: string[] = []
    const postman = startPostman({
      ...there.post,
      mailer: {
        send: async mail => {
          held ??= other.db.transaction().execute(async trx => {
            await trx.selectFrom('messages').select('id').where('state', '=', 'sending').forUpdate().execute()
            locked.resolve()
            await free.promise
          })
          if (sent.push(mail.to.address) === 1) await locked.promise
          return { sent: '250' }
        },
        close: () => {},
      },
    })
    await tellSome(0, 1)
    await postman.wake()
    // a letter that is noted before the first one's note waits would not count among those that are not
    await locked.promise
    await tellSome(1, 2)
    await postman.wake()
    await tellSome(2, 20)
    while (sent.length < 12) await postman.wake()
    await postman.wake()
    t.equal(sent.length, 12)
    free.resolve()
    await Promise.all([held, postman.idle()])
    await postman.stop()
    t.equal(new Set(sent).size, 20)
    const rows = await there.db.selectFrom('messages').select(['state', 'attempt']).distinct().execute()
    t.strictSame(rows, [{ state: 'sent', attempt: 1 }])
  },
)

t.test(
  'several workers at once keep to the limit of an address',
  { skip: server() ? false : 'needs a PostgreSQL' },
  async t => {
    const there = await world(t, server())
    const its = await names(there)
    const one = { houseId: its.house, accountId: its.actor.accountId, address: 'one@kezdesu.example' }
    const many = Array.from({ length: 45 }, (_, n) => added(n, one))
    await transact(there.db, trx => tell(trx, sleeping, start, many))
    const sent: Mail[] = []
    const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: there.url ?? '' })))
    t.teardown(() => Promise.all(others.map(other => other.close())))
    const post = { ...there.post, mailer: listMailer(sent) }
    for (let n = 0; n < 3; n++) await Promise.all(others.map(each => deliverDue({ ...post, db: each.db })))
    const rows = await there.db.selectFrom('messages').select('state').execute()
    t.equal(sent.length, 30)
    t.equal(rows.filter(it => it.state === 'held').length, 15)
  },
)

t.test('what goes as one letter goes as the same letter again', async t => {
  const row = (id: string, given: Partial<Asked> = {}): Asked => ({
    id,
    kind: 'reminder-day',
    state: 'waiting',
    dueAt: start,
    notAfter: null,
    nextTryAt: null,
    claimedUntil: null,
    createdAt: start,
    channel: 'mail',
    recipient: 'speaker:1',
    attempt: 0,
    bundle: null,
    joins: null,
    outdone: false,
    left: [],
    quiet: undefined,
    zone: 'Asia/Almaty',
    current: 'one@kezdesu.example',
    hour: 0,
    day: 0,
    bound: 0,
    ...given,
  })
  const letters = (picked: string[], rows: Asked[]) =>
    sortOut(picked, rows, start).letters.map(each => each.map(it => it.id).join('+'))
  t.same(letters(['a'], [row('b'), row('a')]), ['a+b'], 'whichever row is picked')
  t.same(letters(['b'], [row('b'), row('a')]), ['a+b'])
  t.same(letters(['a', 'b'], [row('a', { attempt: 1 }), row('b')]), ['a'], 'what was tried alone goes alone')
  t.same(letters(['b'], [row('a', { attempt: 1 }), row('b')]), ['b'])
  const [a, b] = [row('a', { bundle: 'a', bound: 2, attempt: 1 }), row('b', { bundle: 'a', bound: 2, attempt: 1 })]
  t.same(letters(['b'], [b, a, row('c')]), ['a+b'], 'a bundle takes nobody more along')
  t.same(letters(['b'], [b]), [], 'a part of it that somebody else is changing keeps all of it')
  t.same(letters(['a'], [a, { ...b, state: 'sending', claimedUntil: start.plus({ seconds: 9 }) }]), [])
  t.same(letters(['a'], [a, { ...b, outdone: true }]), ['a'], 'what became pointless leaves it')
  const two = { kind: 'invitation' }
  t.same(letters(['a', 'b'], [row('a', two), row('b', two)]), ['a'], 'a reader gets one letter at a time')
  t.same(
    letters(['a', 'b'], [row('a', { ...two, hour: 29 }), row('b', { ...two, hour: 29, recipient: 'account:2' })]),
    ['a'],
  )
})
